/** Two windows and one draft: what somebody saw against what others made of it meanwhile. */
import { isDeepStrictEqual } from "node:util";
import type { Fault } from "../../shared/fault.ts";
import type { DraftSight } from "../../shared/model/draft.ts";
import type { DraftTouch, Store, StoredDraft, StoredIdentityStore } from "../store/types.ts";

type DraftChanged = Extract<Fault, { kind: "draft-changed" }>;

/** Whether two revisions hold the same messaging configuration: a rename is nothing that a draft could lose. */
export async function isSameMessaging({ identityStores }: Store, { id }: StoredIdentityStore, one: number, other: number): Promise<boolean> {
  if (one === other) return true;
  const [before, after] = await Promise.all([one, other].map((number) => identityStores.revisionDocument(id, number)));
  return before != null && after != null && isDeepStrictEqual(before.messaging, after.messaging);
}

/**
 * What became of the draft that was seen, or, where none was, of the saved configuration; null while it is still there,
 * whatever was changed in it. Who discarded a draft is not kept.
 */
export async function whatBecameOf(store: Store, stored: StoredIdentityStore, draft: StoredDraft | null, sight: Pick<DraftSight, "revision" | "draft">): Promise<DraftChanged | null> {
  const isThere = sight.draft === null ? await isSameMessaging(store, stored, sight.revision, draft?.baseRevision ?? stored.revision) : draft?.id === sight.draft.id;
  if (isThere) return null;
  const since = (await store.identityStores.revisions(stored.id)).filter(({ number }) => number > sight.revision);
  const saved = since.find(({ action }) => sight.draft === null || action === "saved");
  return { kind: "draft-changed", how: saved === undefined ? "discarded" : "saved", by: saved?.who ?? null, at: saved?.at ?? null, revision: saved?.number ?? null };
}

/** The fault of a draft that is still there and says something else by now. */
export function changedDraft({ touched, updatedAt }: StoredDraft): DraftChanged {
  const last = Object.values(touched).reduce<DraftTouch | null>((latest, touch) => (latest === null || touch.at >= latest.at ? touch : latest), null);
  return { kind: "draft-changed", how: "changed", by: last?.by ?? null, at: updatedAt, revision: null };
}

/** Who changed a part of the draft after it was seen in version `seen`; null where nobody but the window itself did. */
export function changedBy({ touched }: StoredDraft, key: string, window: string, seen: number): DraftTouch | null {
  const touch = touched[key];
  return touch === undefined || touch.window === window || touch.after < seen ? null : touch;
}

/** The draft with a note of who changed a part of it. */
export function withTouch(draft: StoredDraft, key: string, touch: Omit<DraftTouch, "after">): StoredDraft {
  return { ...draft, touched: { ...draft.touched, [key]: { ...touch, after: draft.version } } };
}
