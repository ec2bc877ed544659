/** Identity stores that are prepared only: nothing is asked for them from this computer. Kept in its file, whatever the console works on. */
import { succeed } from "../../shared/fault.ts";
import type { Changes } from "./changes.ts";
import type { Engine } from "./engine.ts";
import { get, run } from "./steps.ts";
import type { PrepareOnly } from "./types.ts";

/** `engine` and `changes` are those of the file. */
export function createPrepareOnly({ engine, changes }: { readonly engine: Engine; readonly changes: Changes }): PrepareOnly {
  return {
    has: (storeId) => engine.now(get("SELECT 1 AS found FROM prepare_only WHERE store_id = ?", storeId)) !== null,
    set: async (storeId, on) => {
      const written = await engine.write<null>(function* write() {
        yield* run("DELETE FROM prepare_only WHERE store_id = ?", storeId);
        if (on) yield* run("INSERT INTO prepare_only (store_id) VALUES (?)", storeId);
        return succeed(null);
      });
      if (written.ok) changes.announce();
      return written;
    },
    onChange: (callback) => changes.subscribe(callback),
  };
}
