/** What was last seen of each store's directory and servers. It accompanies saves and counts as none. */
import { sightingSchema, type Sighting } from "../../shared/model/comparison.ts";
import { parseJson } from "../../shared/json.ts";
import { succeed } from "../../shared/fault.ts";
import type { Changes } from "./changes.ts";
import { textOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { all, run } from "./steps.ts";
import type { Sightings } from "./types.ts";

/** What another version wrote, and what nobody of this console's kind wrote, is as if nothing had been seen. */
function readSighting(content: string): Sighting | null {
  const read = sightingSchema.safeParse(parseJson(content));
  return read.success ? read.data : null;
}

export function createSightings({ engine, changes }: { readonly engine: Engine; readonly changes: Changes }): Sightings {
  return {
    read: async () => {
      const rows = await engine.read(() => all("SELECT store_id, content FROM sighting"));
      return new Map(
        rows.flatMap((row) => {
          const sighting = readSighting(textOf(row, "content"));
          return sighting === null ? [] : [[textOf(row, "store_id"), sighting] as const];
        }),
      );
    },
    put: async (storeId, sighting) => {
      const written = await engine.note<number>(function* putSighting() {
        // A store that was deleted meanwhile leaves nothing to keep.
        return succeed(yield* run("INSERT INTO sighting (store_id, content) SELECT id, ? FROM identity_store WHERE id = ? ON CONFLICT (store_id) DO UPDATE SET content = excluded.content", JSON.stringify(sighting), storeId));
      }, { wait: true });
      if (!written.ok) return written;
      changes.announce();
      return succeed(null);
    },
  };
}
