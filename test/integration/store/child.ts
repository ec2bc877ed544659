/**
 * A process of its own that saves until it is killed or done. Told by JSON in its first argument; says each acknowledged
 * save on standard output, synchronously, only after the store has acknowledged it.
 */
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Result } from "../../../shared/fault.ts";
import { openTeamStore } from "../../../main/store/index.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { documentNamed, draftWith, messagingWith, noteBy, open, systemClock, take } from "../../unit/main/store/support.ts";

const ordersSchema = z.object({
  folder: z.string(),
  /** Whether it saves in the team's database that the file belongs to. */
  team: z.boolean().default(false),
  storeId: z.string(),
  who: z.string(),
  /** How many saves to make; null: until killed. */
  saves: z.number().nullable(),
  servers: z.number(),
  drafts: z.boolean(),
});

/** Another one held the lock for a second, or the server went away: whoever saves tries again. */
async function isToBeRepeated(result: Result<unknown>): Promise<boolean> {
  if (result.ok || result.fault.kind !== "not-stored") return false;
  if (result.fault.why === "unreachable") await sleep(50);
  return result.fault.why === "locked" || result.fault.why === "unreachable";
}

const orders = ordersSchema.parse(JSON.parse(process.argv[2] ?? ""));
const say = (line: string) => fs.writeSync(1, `${line}\n`);

const file = await open({ folder: orders.folder });
const store = orders.team ? take(await openTeamStore({ home: file.home, clock: systemClock, logger: silentLogger })) : file;
say("ready");
for (let count = 1; orders.saves === null || count <= orders.saves; ) {
  const current = store.identityStores.get(orders.storeId);
  if (current === null) throw new Error("the identity store is gone");
  const marker = `${orders.who} ${count}`;
  if (orders.drafts) {
    const draft = draftWith(messagingWith(orders.servers, { marker }), current.revision);
    const put = await store.drafts.put(orders.storeId, { ...draft, version: store.drafts.version(orders.storeId) ?? 0 });
    if (await isToBeRepeated(put)) continue;
    if (!put.ok) throw new Error(JSON.stringify(put.fault));
    say(`draft ${marker}`);
  }
  const document = documentNamed("Contoso", messagingWith(orders.servers, { marker }));
  // Every other save leaves the draft, so that killing hits both.
  const saved = await store.identityStores.save(orders.storeId, document, current.revision, noteBy(orders.who), count % 2 === 0 ? "dropped" : "kept");
  if (saved.ok) {
    say(`saved ${saved.value.revision} ${marker}`);
    count += 1;
  } else if (saved.fault.kind === "conflict") {
    say(`conflict ${saved.fault.revision}`);
  } else if (!(await isToBeRepeated(saved))) {
    throw new Error(JSON.stringify(saved.fault));
  }
}
await store.close();
if (store !== file) await file.close();
