/** Tells a bookkeeper of every write to a store's draft, with what was there before and after. */
import type { SealedMessaging, Store, StoredDraft } from "../../main/store/types.ts";
import type { Result } from "../../shared/fault.ts";
import { engineUnderTest } from "./engine-under-test.ts";

type Call = "put" | "remove" | "save";

export interface DraftWrite {
  readonly call: Call;
  readonly before: StoredDraft | null;
  readonly after: StoredDraft | null;
  /** What is saved, for a save. */
  readonly kept: SealedMessaging | null;
}

/** Drafts as they were written, by version, over all hosts of a database. */
export class DraftVersions {
  readonly #written = new Map<number, StoredDraft>();

  wrote(draft: StoredDraft): void {
    this.#written.set(draft.version, draft);
  }

  at(version: number): StoredDraft | null {
    return this.#written.get(version) ?? null;
  }

  /** The one who is told so took it away. */
  takeAway(version: number): StoredDraft | null {
    const draft = this.at(version);
    this.#written.delete(version);
    return draft;
  }
}

/** The file's engine has written when a call comes back, and nobody else has yet. */
function watchFile({ drafts, identityStores }: Store, storeId: string, told: (write: DraftWrite) => void): void {
  const [put, remove, save] = [drafts.put, drafts.remove, identityStores.save];
  const watched = async <T>(call: Call, write: () => Promise<Result<T>>): Promise<Result<T>> => {
    const before = drafts.get(storeId);
    const writing = write();
    const [after, saved] = [drafts.get(storeId), identityStores.get(storeId)];
    const result = await writing;
    if (result.ok) told({ call, before, after, kept: saved?.document.messaging ?? null });
    return result;
  };
  drafts.put = (...input) => watched("put", () => put(...input));
  drafts.remove = (...input) => watched("remove", () => remove(...input));
  identityStores.save = (...input) => watched("save", () => save(...input));
}

/** A team's database says what was there by the version that it compared in the transaction. */
function watchTeam({ drafts, identityStores }: Store, versions: DraftVersions, told: (write: DraftWrite) => void): void {
  const [put, remove, save] = [drafts.put, drafts.remove, identityStores.save];
  drafts.put = async (storeId, draft) => {
    const result = await put(storeId, draft);
    if (!result.ok) return result;
    versions.wrote(result.value);
    told({ call: "put", before: versions.at(draft.version), after: result.value, kept: null });
    return result;
  };
  drafts.remove = async (storeId, version) => {
    const result = await remove(storeId, version);
    if (result.ok) told({ call: "remove", before: versions.takeAway(version), after: null, kept: null });
    return result;
  };
  identityStores.save = async (...input) => {
    const [, document, , , fate] = input;
    const result = await save(...input);
    const version = typeof fate === "object" ? fate.version : null;
    if (result.ok && version !== null) told({ call: "save", before: versions.takeAway(version), after: null, kept: document.messaging });
    return result;
  };
}

/** `versions` are those of all hosts on one database; what is there now is one of them. */
export function watchDraft(store: Store, storeId: string, versions: DraftVersions, told: (write: DraftWrite) => void): void {
  const now = store.drafts.get(storeId);
  if (now !== null) versions.wrote(now);
  if (engineUnderTest().isTeam) watchTeam(store, versions, told);
  else watchFile(store, storeId, told);
}
