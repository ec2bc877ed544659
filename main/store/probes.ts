/** What carry-in probes said of mail servers: one row a server, of which the better word stands. */
import { succeed, type Result } from "../../shared/fault.ts";
import { parseJson } from "../../shared/json.ts";
import { probedSchema, type Probed } from "../../shared/model/mail-server.ts";
import { takesPlace } from "../../shared/rules/probed.ts";
import type { Changes } from "./changes.ts";
import { textOf, type Row } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { all, get, run } from "./steps.ts";
import type { Probes, StoredProbe } from "./types.ts";

/** Null for what another version of the console wrote. */
function probedIn(row: Row): Probed | null {
  const probed = probedSchema.safeParse(parseJson(textOf(row, "content")));
  return probed.success ? probed.data : null;
}

export function createProbes({ engine, changes }: { readonly engine: Engine; readonly changes: Changes }): Probes {
  return {
    newest: () => engine.editionOf("probes"),
    all: async () => {
      const rows = await engine.read(() => all("SELECT store_id, server, provider, content FROM probed"));
      return rows.flatMap((row): readonly StoredProbe[] => {
        const probed = probedIn(row);
        return probed === null ? [] : [{ storeId: textOf(row, "store_id"), server: textOf(row, "server"), provider: textOf(row, "provider"), probed }];
      });
    },
    put: async (found) => {
      const kept: Result<number> = await engine.write<number>(function* putProbes() {
        let count = 0;
        for (const { storeId, server, provider, probed } of found) {
          const row = yield* get("SELECT content FROM probed WHERE store_id = ? AND server = ?", storeId, server);
          const before = row === null ? null : probedIn(row);
          if (before !== null && !takesPlace(probed, before)) continue;
          count += yield* run(
            `INSERT INTO probed (store_id, server, provider, at, content) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (store_id, server) DO UPDATE SET provider = excluded.provider, at = excluded.at, content = excluded.content`,
            storeId, server, provider, Math.round(probed.at), JSON.stringify(probed),
          );
        }
        return succeed(count);
      });
      if (kept.ok && kept.value > 0) changes.announce();
      return kept;
    },
  };
}
