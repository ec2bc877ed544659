/** One round of checks over the saved servers of an identity store. */
import { say } from "../../../renderer/text/text.ts";
import type { FeedEvent } from "../../../shared/contract/feed.ts";
import type { ServerStatus } from "../../../shared/model/mail-server.ts";
import { wholeSnapshots } from "../../../shared/rules/whole-snapshots.ts";
import { take } from "./take.ts";
import { VerbFailure, type ConsoleClient, type VerbContext } from "./verb.ts";

/** The longest one round of checks may take unless said otherwise, in seconds. */
export const ROUND_LIMIT_S = 120;

export interface Checked {
  readonly status: ServerStatus;
  readonly checked: boolean;
}

/** Checks the saved servers of a store once within a limit in seconds. What it cuts off stays unchecked. Fails with `cancelled`. */
export async function checkOnce(context: VerbContext, client: ConsoleClient, storeId: string, limit: number): Promise<readonly Checked[]> {
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal, AbortSignal.timeout(limit * 1000)]);
  try {
    return await round(context, wholeSnapshots(await client.servers.watch({ storeId }, { signal })), async (names) => void take(await client.servers.check({ storeId, names: [...names] })));
  } finally {
    stop.abort();
  }
}

/** Asks for a check once the saved servers are known, and waits until one ended for each. */
async function round(context: VerbContext, events: AsyncIterable<FeedEvent<ServerStatus>>, askForCheck: (names: readonly string[]) => Promise<void>): Promise<readonly Checked[]> {
  const rows = new Map<string, ServerStatus>();
  const before = new Map<string, number | null>();
  const saved = () => [...rows.values()].filter(({ inForce }) => inForce).map((row) => ({ status: row, checked: row.lastCheckAt !== (before.get(row.name) ?? null) }));
  let asked = false;
  try {
    for await (const event of events) {
      for (const row of merge(rows, event)) if (!asked) before.set(row.name, row.lastCheckAt);
      if (!asked) await askForCheck(saved().map(({ status }) => status.name));
      asked = true;
      const done = saved().filter(({ checked }) => checked).length;
      context.progress(say("command-line.checking-servers", { done, total: saved().length }));
      if (done === saved().length) break;
    }
  } catch (error) {
    if (!(error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError"))) throw error;
    if (context.signal.aborted) throw new VerbFailure({ kind: "cancelled" });
  }
  return saved();
}

/** Takes an event into rows by name; answers those that it brought. */
export function merge(rows: Map<string, ServerStatus>, event: FeedEvent<ServerStatus>): readonly ServerStatus[] {
  if (event.type === "snapshot") {
    rows.clear();
    for (const { key, value } of event.entries) rows.set(key, value);
    return event.entries.map(({ value }) => value);
  }
  for (const key of event.removed) rows.delete(key);
  for (const { key, value } of event.set) rows.set(key, value);
  return event.set.map(({ value }) => value);
}
