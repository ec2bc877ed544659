import type { FeedEvent } from "../../../../shared/contract/feed.ts";
import type { ServerStatus } from "../../../../shared/model/mail-server.ts";
import { describeFault } from "../describe-fault.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { isoTime, print, table } from "../output.ts";
import { findStore, required, take } from "../take.ts";
import type { Verb, VerbContext } from "../verb.ts";

/** The longest one round of checks may take, in milliseconds. */
const roundLimitMs = 120_000;

export const status: Verb = {
  name: "status",
  usage: [
    ["status --store NAME", "check a store's servers once; exit code 4 when a server is offline"],
    ["status --store NAME --watch", "keep checking and print each change until Ctrl+C"],
  ],
  options: { store: { type: "string" }, watch: { type: "boolean" } },
  async run(context) {
    const client = await context.client();
    const store = await findStore(client, required(context, "store"));
    const stop = new AbortController();
    const signal = AbortSignal.any([context.signal, stop.signal, ...(context.options["watch"] === true ? [] : [AbortSignal.timeout(roundLimitMs)])]);
    const events = await client.servers.watch({ storeId: store.id }, { signal });
    const startedAt = Date.now();
    try {
      if (context.options["watch"] === true) return await watch(context, events);
      take(await client.servers.check({ storeId: store.id, names: null }));
      return report(context, await round(events, startedAt));
    } finally {
      stop.abort();
    }
  },
};

/** Rows of one round: waits until every server was checked since `startedAt`. */
async function round(events: AsyncIterable<FeedEvent<ServerStatus>>, startedAt: number): Promise<readonly ServerStatus[]> {
  const rows = new Map<string, ServerStatus>();
  const done = (row: ServerStatus) => row.activity === "paused" || (row.lastCheckAt !== null && row.lastCheckAt >= startedAt);
  try {
    for await (const event of events) {
      merge(rows, event);
      if ([...rows.values()].every(done)) break;
    }
  } catch (error) {
    // Out of time: what is known by now is the answer.
    if (!(error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError"))) throw error;
  }
  return [...rows.values()];
}

function merge(rows: Map<string, ServerStatus>, event: FeedEvent<ServerStatus>): readonly ServerStatus[] {
  if (event.type === "snapshot") {
    rows.clear();
    for (const { key, value } of event.entries) rows.set(key, value);
    return event.entries.map(({ value }) => value);
  }
  for (const key of event.removed) rows.delete(key);
  for (const { key, value } of event.set) rows.set(key, value);
  return event.set.map(({ value }) => value);
}

async function watch(context: VerbContext, events: AsyncIterable<FeedEvent<ServerStatus>>): Promise<ExitCode> {
  const rows = new Map<string, ServerStatus>();
  const told = new Map<string, string>();
  try {
    for await (const event of events) {
      for (const row of merge(rows, event)) {
        const words = `${row.health.state} ${reason(row) ?? ""}`;
        if (told.get(row.name) === words) continue;
        told.set(row.name, words);
        print(context, row, () => [isoTime(Date.now()), row.name, row.health.state, reason(row)].filter((part) => part !== null).join("  "));
      }
    }
  } catch (error) {
    if (!context.signal.aborted) throw error;
  }
  return exitCodes.ok;
}

function report(context: VerbContext, rows: readonly ServerStatus[]): ExitCode {
  const sorted = rows.toSorted((one, other) => one.name.localeCompare(other.name));
  print(context, sorted, () =>
    sorted.length === 0
      ? "No servers are listed: servers --store NAME --sync asks for them."
      : table(
          ["Server", "Status", "ms", "Last check", "Reason"],
          sorted.map((row) => [row.name, row.health.state, row.health.state === "online" ? Math.round(row.health.ms) : null, isoTime(row.lastCheckAt), reason(row)]),
        ),
  );
  return sorted.some((row) => row.health.state === "offline") ? exitCodes.unreachable : exitCodes.ok;
}

function reason(row: ServerStatus): string | null {
  switch (row.health.state) {
    case "offline":
    case "unstable":
      return describeFault(row.health.reason);
    case "unknown":
      return row.health.why;
    case "online":
    case "unchecked":
      return null;
    default:
      return row.health satisfies never;
  }
}
