/** A client of the editor that records its calls and answers as told. */
import { vi } from "vitest";
import type { EditorClient } from "../../../../renderer/stores/editor.ts";
import { succeed, type Result } from "../../../../shared/fault.ts";
import type { DraftContent, DraftView } from "../../../../shared/model/draft.ts";
import type { ServerEntry } from "../../../../shared/model/mail-server.ts";
import type { MessagingView, ProviderDescriptor } from "../../../../shared/model/messaging.ts";

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
});

export function draftOf(content: DraftContent, change: Partial<DraftView> = {}): DraftView {
  const forms = Object.fromEntries(Object.entries(content.forms).map(([id, form]) => [id, { ...view(), ...form }]));
  return { choice: content.choice, forms, baseRevision: 4, updatedAt: 1000, changes: 1, issues: [], ...change };
}

/** A client whose calls are recorded and answer as told. */
export function standIn(saved: MessagingView | null = view()) {
  const drafts: DraftContent[] = [];
  const order: string[] = [];
  const last = () => drafts.at(-1) ?? { choice: { provider: "exchange", variant: "2013" }, forms: { exchange: view() } };
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
    saveDraft: vi.fn(({ draft }: { draft: DraftContent }): Promise<Result<DraftView>> => {
      order.push("saveDraft");
      drafts.push(draft);
      return Promise.resolve(succeed(draftOf(draft)));
    }),
    setSecret: vi.fn(() => {
      order.push("setSecret");
      const answer = draftOf(last());
      return Promise.resolve(
        succeed({ ...answer, forms: { exchange: view({ values: {}, secrets: { password: { state: "changed", at: 5 } } }) } }),
      );
    }),
    discardDraft: vi.fn(() => Promise.resolve(succeed(null))),
    review: vi.fn(() => {
      order.push("review");
      return Promise.resolve(succeed({ changes: [], stops: [] }));
    }),
    save: vi.fn<(...input: never[]) => unknown>(),
    sync: vi.fn<(...input: never[]) => unknown>(),
    test: vi.fn<(...input: never[]) => unknown>(),
    setCertificate: vi.fn<(...input: never[]) => unknown>(),
  };
  const stores = { restore: vi.fn(() => Promise.resolve(succeed({ revision: 6 }))) };
  // The stand-in has the procedures that are called, not the types of the whole contract.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const client = { editor, stores } as unknown as EditorClient;
  return { client, editor, stores, drafts, order };
}
