/** What carry-in probes said of mail servers: one row a server, of which the newest by the probe's own moment stands. */
import { succeed, type Result } from "../../shared/fault.ts";
import { parseJson } from "../../shared/json.ts";
import { probedSchema } from "../../shared/model/mail-server.ts";
import type { Changes } from "./changes.ts";
import { textOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { all, run } from "./steps.ts";
import type { Probes, StoredProbe } from "./types.ts";

export function createProbes({ engine, changes }: { readonly engine: Engine; readonly changes: Changes }): Probes {
  return {
    newest: () => engine.editionOf("probes"),
    all: async () => {
      const rows = await engine.read(() => all("SELECT store_id, server, provider, content FROM probed"));
      return rows.flatMap((row): readonly StoredProbe[] => {
        const probed = probedSchema.safeParse(parseJson(textOf(row, "content")));
        // Of another version of the console.
        return probed.success ? [{ storeId: textOf(row, "store_id"), server: textOf(row, "server"), provider: textOf(row, "provider"), probed: probed.data }] : [];
      });
    },
    put: async (found) => {
      const kept: Result<number> = await engine.write<number>(function* putProbes() {
        let count = 0;
        for (const { storeId, server, provider, probed } of found) {
          count += yield* run(
            `INSERT INTO probed (store_id, server, provider, at, content) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (store_id, server) DO UPDATE SET provider = excluded.provider, at = excluded.at, content = excluded.content WHERE excluded.at > probed.at`,
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
