/**
 * A process of its own that plans and applies a job, and kills itself at one write of its run. Told by JSON in its first argument; what it
 * reaches is the practice organisation of the process that started it. One that comes through says how many writes there were.
 */
import { z } from "zod";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import type { Clock } from "../../../main/ports.ts";
import type { JobRuns, Journal } from "../../../main/store/types.ts";
import { take } from "../../unit/main/store/support.ts";
import { end, servicesOn, waySchema } from "../mail-objects/killed-process.ts";
import { options } from "../mail-objects/practice-site.ts";

const ordersSchema = waySchema.extend({
  storeId: z.string(),
  job: z.string(),
  password: z.string().nullable(),
  /** Which write it is, or which renewal of a hold, from 1 on, and on which side of it this process ends; 0 for none. */
  kind: z.enum(["write", "hold"]),
  at: z.number(),
  when: z.enum(["before", "after"]),
});
export type KilledJob = z.infer<typeof ordersSchema>;

const orders = ordersSchema.parse(JSON.parse(process.argv[2] ?? ""));
const made = { write: 0, hold: 0 };

function dying<A extends unknown[], R>(kind: KilledJob["kind"], write: (...given: A) => Promise<R>): (...given: A) => Promise<R> {
  return async (...given) => {
    made[kind] += 1;
    if (kind !== orders.kind || made[kind] !== orders.at) return write(...given);
    if (orders.when === "before") return end();
    await write(...given);
    return end();
  };
}

function dyingJournal(journal: Journal): Journal {
  const { begin, begun, ended, change, release, hold } = journal;
  return { ...journal, begin: dying("write", begin), begun: dying("write", begun), ended: dying("write", ended), change: dying("write", change), release: dying("write", release), hold: dying("hold", hold) };
}

function dyingRuns(runs: JobRuns): JobRuns {
  const { begin, notePasswordFile, changeRow, changeRows, release, hold } = runs;
  return { ...runs, begin: dying("write", begin), notePasswordFile: dying("write", notePasswordFile), changeRow: dying("write", changeRow), changeRows: dying("write", changeRows), release: dying("write", release), end: dying("write", runs.end), hold: dying("hold", hold) };
}

/** Holds are renewed every five seconds, for which no run here lasts long enough. */
const hurried: Clock = { ...systemClock, after: (ms, callback) => systemClock.after(ms === 5_000 ? 1 : ms, callback) };

const services = await servicesOn(orders, ({ journal, jobRuns }) => ({ journal: dyingJournal(journal), jobRuns: dyingRuns(jobRuns) }), orders.kind === "hold" ? { clock: hurried } : {});
const { plan } = take(await services.jobPlans.plan(orders.storeId, orders.job, options()));
const { id, state } = take(await services.jobRuns.apply(plan, orders.password, "person", options()));
process.stdout.write(`${JSON.stringify({ id, state, writes: made.write })}\n`);
process.exit(0);
