/** What was last seen of each store's directory and servers. It accompanies saves and counts as none. */
import { sightingSchema, type Sighting } from "../../shared/model/comparison.ts";
import { parseJson } from "../../shared/json.ts";
import { succeed } from "../../shared/fault.ts";
import type { Changes } from "./changes.ts";
import { textOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { all, get, run } from "./steps.ts";
import type { Sightings } from "./types.ts";

/** What another version wrote, and what nobody of this console's kind wrote, is as if nothing had been seen. */
function readSighting(content: string): Sighting | null {
  const read = sightingSchema.safeParse(parseJson(content));
  return read.success ? read.data : null;
}

export function createSightings({ engine, changes }: { readonly engine: Engine; readonly changes: Changes }): Sightings {
  return {
    newest: () => engine.editionOf("sightings"),
    read: async () => {
      const rows = await engine.read(() => all("SELECT store_id, content FROM sighting"));
      return new Map(
        rows.flatMap((row) => {
          const sighting = readSighting(textOf(row, "content"));
          return sighting === null ? [] : [[textOf(row, "store_id"), sighting] as const];
        }),
      );
    },
    change: async (storeId, edit) => {
      const changed = await engine.note<Sighting | null>(function* changeSighting() {
        const row = yield* get("SELECT content FROM sighting WHERE store_id = ?", storeId);
        const before = row === null ? null : readSighting(textOf(row, "content"));
        const after = edit(before);
        if (after === null) return succeed(before);
        // A store that was deleted meanwhile leaves nothing to keep.
        yield* run(
          `INSERT INTO sighting (store_id, changed, content) SELECT id, (SELECT coalesce(max(changed), 0) + 1 FROM sighting), ? FROM identity_store WHERE id = ?
           ON CONFLICT (store_id) DO UPDATE SET changed = excluded.changed, content = excluded.content`,
          JSON.stringify(after), storeId,
        );
        return succeed(after);
      }, { wait: true });
      if (changed.ok) changes.announce();
      return changed;
    },
  };
}
