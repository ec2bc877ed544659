/**
 * A process of its own that makes one group, and kills itself at one write of the journal. Told by JSON in its first argument; what it
 * reaches is the practice organisation of the process that started it.
 */
import { z } from "zod";
import type { Journal } from "../../../main/store/types.ts";
import { take } from "../../unit/main/store/support.ts";
import { end, servicesOn, waySchema } from "./killed-process.ts";
import { group, options } from "./practice-site.ts";

const ordersSchema = waySchema.extend({
  storeId: z.string(),
  name: z.string(),
  /** Which write it is, from 1 on, and on which side of it this process ends. */
  write: z.number(),
  when: z.enum(["before", "after"]),
});
export type KilledOrders = z.infer<typeof ordersSchema>;

const orders = ordersSchema.parse(JSON.parse(process.argv[2] ?? ""));

function dying(journal: Journal): Journal {
  let writes = 0;
  const wrap = <A extends unknown[], R>(write: (...given: A) => Promise<R>) => async (...given: A): Promise<R> => {
    writes += 1;
    if (writes !== orders.write) return write(...given);
    if (orders.when === "before") return end();
    await write(...given);
    return end();
  };
  const { begin, begun, ended, change, release } = journal;
  return { ...journal, begin: wrap(begin), begun: wrap(begun), ended: wrap(ended), change: wrap(change), release: wrap(release) };
}

const services = await servicesOn(orders, ({ journal }) => ({ journal: dying(journal) }));
const done = take(await services.mailObjects.apply(orders.storeId, group(orders.name), null, options()));
process.stdout.write(`${JSON.stringify(done)}\n`);
process.exit(0);
