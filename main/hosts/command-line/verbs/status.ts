import { say } from "../../../../renderer/text/text.ts";
import type { FeedEvent } from "../../../../shared/contract/feed.ts";
import type { ServerStatus } from "../../../../shared/model/mail-server.ts";
import { wholeSnapshots } from "../../../../shared/rules/whole-snapshots.ts";
import { roundOutcome } from "../../../../shared/rules/server-round.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { storeOption } from "../options.ts";
import { print } from "../output.ts";
import { changeText, inWords, reportText, type Row } from "../status-text.ts";
import { findStore, required, take } from "../take.ts";
import { UsageError, VerbFailure, type ConsoleClient, type Verb, type VerbContext } from "../verb.ts";

/** The longest one round of checks may take unless said otherwise, in seconds. */
const ROUND_LIMIT_S = 120;
const LONGEST_LIMIT_S = 3_600;

const codes = { up: exitCodes.ok, down: exitCodes.unreachable, "not-known": exitCodes.notKnown } as const;

export const status: Verb = {
  name: "status",
  forms: [
    {
      choice: null,
      meaning: "check a store's saved servers once",
      words: [],
      options: { store: storeOption, timeout: { value: "SECONDS", meaning: `the longest it may take, ${ROUND_LIMIT_S} unless said otherwise` } },
      notes: [
        "Servers in use (ticked) decide the exit code: 0 all are up, 4 one is offline, 8 one could not be",
        "checked or looked at. Others are shown; unsaved work is not looked at.",
      ],
      examples: [
        { line: 'messaging-console status --store "Contoso HQ"', meaning: "a table, and an exit code for a script" },
        { line: 'messaging-console status --store "Contoso HQ" --timeout 20 --json', meaning: "one JSON array after at most 20 seconds" },
      ],
      run: (context) => follow(context, limitOf(context)),
    },
    {
      choice: "--watch",
      meaning: "keep checking and print each change, until Ctrl+C ends it with 0",
      words: [],
      options: { store: storeOption },
      examples: [{ line: 'messaging-console status --watch --store "Contoso HQ" --json', meaning: "one JSON object for each change" }],
      run: (context) => follow(context, null),
    },
  ],
};

/** One round within a limit in seconds; null watches. */
async function follow(context: VerbContext, limit: number | null): Promise<ExitCode> {
  const client = await context.client();
  const { id, hasDraft } = await findStore(client, required(context, "store"));
  const places = await savedPlaces(client, id);
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal, ...(limit === null ? [] : [AbortSignal.timeout(limit * 1000)])]);
  try {
    const events = wholeSnapshots(await client.servers.watch({ storeId: id }, { signal }));
    if (limit === null) return await watch(context, events, places);
    const askForCheck = async (names: readonly string[]) => void take(await client.servers.check({ storeId: id, names: [...names] }));
    const rows = rowsOf(await round(context, events, askForCheck), places);
    print(context, rows, () => reportText({ rows, hasDraft, limit }));
    return codes[roundOutcome(rows)];
  } finally {
    stop.abort();
  }
}

/** Seconds for one round. Throws {@link UsageError} for what is no number of seconds. */
function limitOf({ options }: VerbContext): number {
  const given = options["timeout"];
  const limit = given === undefined ? ROUND_LIMIT_S : Number(given);
  if (limit >= 1 && limit <= LONGEST_LIMIT_S) return limit;
  throw new UsageError(`--timeout takes a number of seconds from 1 to ${LONGEST_LIMIT_S}`, ["status"]);
}

/** The saved servers in use, by name, with their priority. */
async function savedPlaces(client: ConsoleClient, storeId: string): Promise<ReadonlyMap<string, number | null>> {
  const { saved, providers } = take(await client.editor.open({ storeId }));
  const single = providers.find(({ id }) => id === saved?.provider)?.servers === "single";
  const inUse = (saved?.servers ?? []).filter(({ ticked }) => ticked || single);
  return new Map(inUse.map(({ name, priority }) => [name, priority]));
}

interface Checked {
  readonly status: ServerStatus;
  readonly checked: boolean;
}

/** Asks for a check once the saved servers are known, and waits until one ended for each. What a time limit cuts off stays unchecked. */
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

function rowsOf(checked: readonly Checked[], places: ReadonlyMap<string, number | null>): readonly Row[] {
  return checked
    .map((each) => rowOf(each.status, each.checked, places))
    .toSorted((one, other) => Number(other.inUse) - Number(one.inUse) || (one.priority ?? 0) - (other.priority ?? 0) || one.name.localeCompare(other.name));
}

function rowOf(row: ServerStatus, checked: boolean, places: ReadonlyMap<string, number | null>): Row {
  return { ...row, checked, inUse: places.has(row.name), priority: places.get(row.name) ?? null };
}

async function watch(context: VerbContext, events: AsyncIterable<FeedEvent<ServerStatus>>, places: ReadonlyMap<string, number | null>): Promise<ExitCode> {
  const rows = new Map<string, ServerStatus>();
  const told = new Map<string, string>();
  try {
    for await (const event of events) {
      for (const status of merge(rows, event)) {
        if (!status.inForce) continue;
        const row = rowOf(status, status.lastCheckAt !== null, places);
        if (told.get(row.name) === inWords(row)) continue;
        told.set(row.name, inWords(row));
        print(context, row, () => changeText(row, Date.now()));
      }
    }
  } catch (error) {
    if (!context.signal.aborted) throw error;
  }
  return exitCodes.ok;
}
