/** The editor as a page uses it, for tests that need a draft and are about something else: it has always seen what stands there. */
import type { EditorService } from "../../main/services/editor.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { EditorState } from "../../shared/contract/editor.ts";
import type { DraftAnswer, DraftChange, DraftMark, DraftSight, DraftView } from "../../shared/model/draft.ts";
import type { FieldValue } from "../../shared/model/messaging.ts";
import type { ServerEntry } from "../../shared/model/mail-server.ts";
import type { ProviderChoice } from "../../shared/model/provider-choice.ts";

/** What is written: a choice, and values, ticks and priorities of one form. */
export interface Written {
  readonly choice?: ProviderChoice;
  /** Whose values they are; the chosen provider's when absent. */
  readonly provider?: string;
  readonly values?: Readonly<Record<string, FieldValue>>;
  readonly servers?: readonly Pick<ServerEntry, "name" | "ticked" | "priority">[];
}

interface Address {
  readonly storeId: string;
  readonly provider: string;
  readonly field: string;
}

export function markOf(draft: DraftView | null): DraftMark | null {
  return draft === null ? null : { id: draft.id, version: draft.version };
}

/** What somebody sees who has just opened the page. */
export function sightOf(state: EditorState, window = "window of a test"): DraftSight {
  return { window, revision: state.store.revision, draft: markOf(state.draft) };
}

/** The changes that write something over what is seen. */
export function changesOf({ choice, provider, values = {}, servers = [] }: Written, state: EditorState): DraftChange[] {
  const seen = state.draft?.version ?? 0;
  const id = provider ?? choice?.provider ?? state.draft?.choice.provider ?? state.saved?.provider ?? "";
  return [
    ...(choice === undefined ? [] : [{ kind: "choice", ...choice, seen } as const]),
    ...Object.entries(values).map(([field, value]) => ({ kind: "value", provider: id, field, value, seen }) as const),
    ...servers.map(({ name, priority }) => ({ kind: "server", provider: id, name, to: priority ?? "none", seen }) as const),
  ];
}

export interface DraftPage {
  write(storeId: string, written: Written): Promise<Result<DraftView>>;
  setSecret(address: Address, value: string | null): Promise<Result<DraftView>>;
  setCertificate(address: Address, file: string | null): Promise<Result<DraftView>>;
  chooseIdentity(address: Address, thumbprint: string | null): Promise<Result<DraftView>>;
  save(storeId: string, expectedRevision: number): ReturnType<EditorService["save"]>;
  discardDraft(storeId: string): Promise<Result<null>>;
}

export function draftPage(editor: EditorService): DraftPage {
  const stateOf = (storeId: string) => {
    const opened = editor.open(storeId);
    if (!opened.ok) throw new Error(`unexpected fault: ${JSON.stringify(opened.fault)}`);
    return opened.value;
  };
  /** The whole draft, whichever part of it was answered. */
  const whole = (storeId: string, answer: Result<DraftAnswer>): Result<DraftView> => {
    if (!answer.ok) return answer;
    const { draft } = stateOf(storeId);
    if (answer.value.refused.length > 0) throw new Error(`unexpected differences: ${JSON.stringify(answer.value.refused)}`);
    return draft === null ? fail({ kind: "not-found", what: "draft" }) : succeed(draft);
  };
  const seen = (address: Address) => ({ ...address, sight: sightOf(stateOf(address.storeId)) });
  return {
    write: async (storeId, written) => {
      const state = stateOf(storeId);
      return whole(storeId, await editor.change(storeId, sightOf(state), changesOf(written, state)));
    },
    setSecret: async (address, value) => whole(address.storeId, await editor.secrets.setSecret(seen(address), value)),
    setCertificate: async (address, file) => whole(address.storeId, await editor.secrets.setCertificate(seen(address), file)),
    chooseIdentity: async (address, thumbprint) => whole(address.storeId, await editor.secrets.chooseIdentity(seen(address), thumbprint)),
    save: async (storeId, expectedRevision) => editor.save(storeId, expectedRevision, markOf(stateOf(storeId).draft)),
    discardDraft: async (storeId) => editor.discardDraft(storeId, stateOf(storeId).draft?.version ?? 0),
  };
}
