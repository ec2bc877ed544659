/** A client of the editor that records its calls and answers as told. */
import { vi } from "vitest";
import type { EditorClient } from "../../../../renderer/stores/editor.ts";
import { succeed, type Result } from "../../../../shared/fault.ts";
import type { DraftAnswer, DraftChange, DraftSight, DraftView } from "../../../../shared/model/draft.ts";
import type { ServerEntry } from "../../../../shared/model/mail-server.ts";
import type { FieldValue, MessagingView, ProviderDescriptor } from "../../../../shared/model/messaging.ts";

export const server = (name: string): ServerEntry => ({ name, version: null, build: null, roles: [], site: null, ticked: false, priority: null, vanished: false });

export function view(change: Partial<MessagingView> = {}): MessagingView {
  return {
    provider: "exchange",
    variant: "2013",
    values: { domain: "contoso.lab" },
    servers: [],
    syncedAt: null,
    notShown: [], complete: true,
    secrets: {},
    certificates: {},
    tested: { state: "untested" },
    ...change,
  };
}

const descriptor = (id: string, variants: readonly (string | null)[]): ProviderDescriptor => ({
  id,
  entries: variants.map((variant) => ({ provider: id, variant, supportEnds: null, available: true })),
  storeKinds: ["active-directory"],
  fields: [],
  notices: [],
  servers: "priority",
  testable: true,
  paces: {},
  prevents: [],
  rights: [],
});

export function draftOf(change: Partial<DraftView> = {}): DraftView {
  const choice = { provider: "exchange", variant: "2013" };
  return { id: "d", version: 1, choice, forms: { exchange: view() }, tested: { state: "untested" }, baseRevision: 4, updatedAt: 1000, changes: 1, issues: [], ...change };
}

/** The answer to changes that were all made: nothing but the facts, as main answers whoever has seen the newest. */
export function answerOf(change: Partial<DraftView> = {}): DraftAnswer {
  return { draft: draftOf({ forms: {}, ...change }), whole: false, refused: [] };
}

/** What was sent, without what it was sent over. */
export function valuesIn(changes: readonly DraftChange[] | undefined): Record<string, FieldValue> {
  return Object.fromEntries(changes?.flatMap((change) => (change.kind === "value" ? [[change.field, change.value] as const] : [])) ?? []);
}

/** A client whose calls are recorded and answer as told. */
export function standIn(saved: MessagingView | null = view()) {
  const sent: (readonly DraftChange[])[] = [];
  const order: string[] = [];
  let version = 0;
  const next = () => (version += 1);
  const choiceIn = (changes: readonly DraftChange[]) => changes.findLast((change) => change.kind === "choice") ?? { provider: "exchange", variant: "2013" };
  const editor = {
    open: vi.fn(() =>
      Promise.resolve(
        succeed({
          store: {
            id: "s",
            name: "S",
            connection: { kind: "entra-id", cloud: "worldwide", tenant: "contoso.lab" } as const,
            directoryPassword: { state: "not-set" } as const,
            revision: 4,
          },
          saved,
          draft: null as DraftView | null,
          providers: [descriptor("exchange", ["2013", "2016"]), descriptor("other", [null])],
        }),
      ),
    ),
    change: vi.fn(({ changes }: { sight: DraftSight; changes: readonly DraftChange[] }): Promise<Result<DraftAnswer>> => {
      if (changes.length === 0) return Promise.resolve(succeed(version === 0 ? { draft: null, whole: false, refused: [] } : answerOf({ version })));
      order.push("change");
      sent.push(changes);
      const { provider, variant } = choiceIn(sent.flat());
      return Promise.resolve(succeed(answerOf({ version: next(), choice: { provider, variant } })));
    }),
    setSecret: vi.fn((): Promise<Result<DraftAnswer>> => {
      order.push("setSecret");
      const values = { ...view().values, ...valuesIn(sent.flat()) };
      return Promise.resolve(
        succeed({ draft: draftOf({ version: next(), forms: { exchange: view({ values, secrets: { password: { state: "changed", at: 5 } } }) } }), whole: true, refused: [] }),
      );
    }),
    discardDraft: vi.fn(() => Promise.resolve(succeed(null))),
    review: vi.fn(() => {
      order.push("review");
      return Promise.resolve(succeed({ changes: [], stops: [], draft: version === 0 ? null : { id: "d", version } }));
    }),
    rebase: vi.fn<(...input: never[]) => unknown>(),
    save: vi.fn<(...input: never[]) => unknown>(),
    sync: vi.fn<(...input: never[]) => unknown>(),
    test: vi.fn<(...input: never[]) => unknown>(),
    setCertificate: vi.fn<(...input: never[]) => unknown>(),
  };
  const stores = { restore: vi.fn(() => Promise.resolve(succeed({ revision: 6, changed: true }))) };
  // The stand-in has the procedures that are called, not the types of the whole contract.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const client = { editor, stores } as unknown as EditorClient;
  return { client, editor, stores, sent, order };
}
