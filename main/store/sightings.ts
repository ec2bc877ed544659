/** What was last seen of each store's directory and servers. It accompanies saves and counts as none. */
import { sightingSchema, type Sighting } from "../../shared/model/comparison.ts";
import { parseJson } from "../../shared/json.ts";
import { succeed } from "../../shared/fault.ts";
import type { Changes } from "./changes.ts";
import { numberOf, textOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { all, get, run } from "./steps.ts";
import type { Sightings } from "./types.ts";

/** What another version wrote, and what nobody of this console's kind wrote, is as if nothing had been seen. */
function readSighting(content: string): Sighting | null {
  const read = sightingSchema.safeParse(parseJson(content));
  return read.success ? read.data : null;
}

/** Of two who write at once the one with the lower number may be there later: numbers go by the clock, and what is so recent is read again. */
const OVERLAP_MS = 60_000;

export function createSightings({ engine, changes }: { readonly engine: Engine; readonly changes: Changes }): Sightings {
  const { nowMs } = engine.words;
  // More than any before it, also than one that went with its store: by the clock, and past what is there.
  const next = `SELECT CASE WHEN coalesce(max(changed), 0) >= ${nowMs} THEN max(changed) + 1 ELSE ${nowMs} END FROM sighting`;
  return {
    newest: () => engine.editionOf("sightings"),
    read: async (since) => {
      const rows = await engine.read(() => all("SELECT store_id, changed, content FROM sighting WHERE changed > ?", since - OVERLAP_MS));
      const sightings = rows.flatMap((row) => {
        const sighting = readSighting(textOf(row, "content"));
        return sighting === null ? [] : [[textOf(row, "store_id"), sighting] as const];
      });
      return { sightings: new Map(sightings), last: Math.max(since, ...rows.map((row) => numberOf(row, "changed"))) };
    },
    change: async (storeId, edit) => {
      const changed = await engine.note<Sighting | null>(function* changeSighting() {
        for (;;) {
          // The row is held by changing it, where it is there; a first one is put in unless somebody else does so at the same time.
          const isThere = (yield* run("UPDATE sighting SET changed = changed WHERE store_id = ?", storeId)) > 0;
          const row = isThere ? yield* get("SELECT content FROM sighting WHERE store_id = ?", storeId) : null;
          const before = row === null ? null : readSighting(textOf(row, "content"));
          const after = edit(before);
          if (after === null) return succeed(before);
          const content = JSON.stringify(after);
          const written = isThere
            ? yield* run(`UPDATE sighting SET changed = (${next}), content = ? WHERE store_id = ?`, content, storeId)
            : yield* run(`INSERT INTO sighting (store_id, changed, content) SELECT id, (${next}), ? FROM identity_store WHERE id = ? ON CONFLICT (store_id) DO NOTHING`, content, storeId);
          // A store that was deleted meanwhile leaves nothing to keep.
          if (written > 0 || (yield* get("SELECT 1 AS found FROM identity_store WHERE id = ?", storeId)) === null) return succeed(after);
        }
      }, { wait: true });
      if (changed.ok) changes.announce();
      return changed;
    },
  };
}
