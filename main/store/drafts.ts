/** Unsaved work, apart from what is saved. One draft for each identity store, in a team for each person too; nobody writes over what they have not seen. */
import { succeed, type Result } from "../../shared/fault.ts";
import type { Changes } from "./changes.ts";
import { numberOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { refuseChangedDraft, refuseInvalid, refuseMissingStore } from "./refusals.ts";
import { DamagedRow, readDraft, readDraftVersion, replaceDraft, type DraftRow } from "./revision-rows.ts";
import { secretsOfDraft, storedDraftSchema } from "./schemas.ts";
import { get, run, type Steps } from "./steps.ts";
import type { DraftSeals } from "./team/draft-seals.ts";
import type { Drafts, StoredDraft } from "./types.ts";
import { decodeWhole, keepUnknown } from "./unknown-fields.ts";

interface Dependencies {
  readonly engine: Engine;
  readonly changes: Changes;
  /** Null where nobody but this account has the data in hand. */
  readonly seals: DraftSeals | null;
}

/** Where others have the database in hand, what no console of the team wrote is no draft, and neither is what is damaged. */
function* readSealed(storeId: string, seals: DraftSeals): Steps<DraftRow | null> {
  try {
    const row = yield* readDraft(storeId);
    return row === null ? null : seals.open(row);
  } catch (error) {
    if (error instanceof DamagedRow) return null;
    throw error;
  }
}

export function createDrafts({ engine, changes, seals }: Dependencies): Drafts {
  const read = (storeId: string) => (seals === null ? readDraft(storeId) : readSealed(storeId, seals));

  // No function of its own in each call (see `saveStore` in identity-stores.ts).
  function* putDraft(storeId: string, { version: seen, ...draft }: StoredDraft, checked: Omit<StoredDraft, "version">): Steps<Result<StoredDraft>> {
    if ((yield* get("SELECT 1 AS found FROM identity_store WHERE id = ?", storeId)) === null) return refuseMissingStore();
    const before = yield* read(storeId);
    if ((before?.version ?? 0) !== seen) return refuseChangedDraft(before?.updatedAt);
    const sent = keepUnknown(storedDraftSchema, draft, checked);
    const whole = before === null ? sent : keepUnknown(storedDraftSchema, JSON.parse(before.content), sent);
    // In the transaction that writes.
    const version = numberOf((yield* get(engine.words.nextVersion)) ?? {}, "number");
    const written = { storeId, version, updatedAt: draft.updatedAt, content: JSON.stringify(whole) };
    const row = seals === null ? succeed(written) : yield* seals.seal(written);
    if (!row.ok) return row;
    yield* replaceDraft(row.value);
    yield* run("DELETE FROM draft_secret WHERE store_id = ?", storeId);
    for (const id of secretsOfDraft(draft)) yield* run("INSERT INTO draft_secret (store_id, secret_id) VALUES (?, ?)", storeId, id);
    return succeed({ ...whole, version });
  }

  const put = async (storeId: string, draft: StoredDraft): Promise<Result<StoredDraft>> => {
    const { version: _version, ...content } = draft;
    const checked = storedDraftSchema.safeParse(content);
    return checked.success ? engine.write(() => putDraft(storeId, draft, checked.data), storeId) : refuseInvalid(checked.error);
  };

  return {
    get: (storeId) => {
      const row = engine.now(read(storeId));
      return row === null ? null : { ...decodeWhole(storedDraftSchema, row.content).value, version: row.version };
    },
    editing: (storeId) => engine.editing(storeId),
    version: (storeId) => (seals === null ? engine.now(readDraftVersion(storeId)) : (engine.now(read(storeId))?.version ?? null)),
    put: async (storeId, draft) => {
      const result = await put(storeId, draft);
      if (result.ok) changes.announce();
      return result;
    },
    remove: async (storeId, version) => {
      const result = await engine.write<number>(function* removeDraft() {
        const stored = yield* readDraftVersion(storeId);
        if (stored !== null && stored !== version) return refuseChangedDraft();
        return succeed(yield* run("DELETE FROM draft WHERE store_id = ?", storeId));
      }, storeId);
      if (!result.ok) return result;
      if (result.value > 0) changes.announce();
      return succeed(null);
    },
  };
}
