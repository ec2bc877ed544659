import { explain } from "../../../../renderer/text/fault.ts";
import { findingSummary, findingsOf } from "../../../../renderer/text/finding.ts";
import type { FeedEvent } from "../../../../shared/contract/feed.ts";
import type { ServerStatus } from "../../../../shared/model/mail-server.ts";
import { wholeSnapshots } from "../../../../shared/rules/whole-snapshots.ts";
import { roundOutcome, type RoundEntry } from "../../../../shared/rules/server-round.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { storeOption } from "../options.ts";
import { isoTime, print, printable, table } from "../output.ts";
import { findStore, required, take } from "../take.ts";
import { UsageError, type ConsoleClient, type Verb, type VerbContext } from "../verb.ts";

/** The longest one round of checks may take unless said otherwise, in seconds. */
const ROUND_LIMIT_S = 120;
const LONGEST_LIMIT_S = 3_600;

const codes = { up: exitCodes.ok, down: exitCodes.unreachable, "not-known": exitCodes.notKnown } as const;

/** A server's live row with its place in the saved configuration. */
type Row = ServerStatus & RoundEntry & { readonly priority: number | null };

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
        "checked or looked at. Others are shown; those of a draft alone are counted nowhere.",
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
  const { id } = await findStore(client, required(context, "store"));
  const places = await savedPlaces(client, id);
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal, ...(limit === null ? [] : [AbortSignal.timeout(limit * 1000)])]);
  try {
    const events = wholeSnapshots(await client.servers.watch({ storeId: id }, { signal }));
    if (limit === null) return await watch(context, events, places);
    const askForCheck = async (names: readonly string[]) => void take(await client.servers.check({ storeId: id, names: [...names] }));
    const { checked, drafted } = await round(events, askForCheck);
    return report(context, { rows: rowsOf(checked, places), drafted, limit });
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

interface Round {
  readonly checked: readonly Checked[];
  /** How many servers stand in a draft alone. */
  readonly drafted: number;
}

/** Asks for a check once the saved servers are known, and waits until one ended for each. What the signal cuts off stays unchecked. */
async function round(events: AsyncIterable<FeedEvent<ServerStatus>>, askForCheck: (names: readonly string[]) => Promise<void>): Promise<Round> {
  const rows = new Map<string, ServerStatus>();
  const before = new Map<string, number | null>();
  const checked = (row: ServerStatus) => row.lastCheckAt !== (before.get(row.name) ?? null);
  const saved = () => [...rows.values()].filter(({ inForce }) => inForce);
  let asked = false;
  try {
    for await (const event of events) {
      for (const row of merge(rows, event)) if (!asked) before.set(row.name, row.lastCheckAt);
      if (!asked) await askForCheck(saved().map(({ name }) => name));
      asked = true;
      if (saved().every(checked)) break;
    }
  } catch (error) {
    if (!(error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError"))) throw error;
  }
  return { checked: saved().map((row) => ({ status: row, checked: checked(row) })), drafted: rows.size - saved().length };
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
        const words = `${row.health.state} ${reason(row) ?? ""}`;
        if (told.get(row.name) === words) continue;
        told.set(row.name, words);
        const parts = [isoTime(Date.now()), printable(row.name), row.health.state, row.inUse ? null : "not in use", reason(row)];
        print(context, row, () => parts.filter((part) => part !== null).join("  "));
      }
    }
  } catch (error) {
    if (!context.signal.aborted) throw error;
  }
  return exitCodes.ok;
}

interface Report {
  readonly rows: readonly Row[];
  readonly drafted: number;
  readonly limit: number;
}

function report(context: VerbContext, told: Report): ExitCode {
  print(context, told.rows, () => [asText(told), ...(told.drafted === 0 ? [] : [`Not counted, in a draft alone: ${told.drafted}`])].join("\n"));
  return codes[roundOutcome(told.rows)];
}

function asText({ rows, limit }: Report): string {
  if (rows.length === 0) return "No servers are saved: servers --store NAME --sync --save asks for them and saves them.";
  const late = rows.filter(({ checked }) => !checked).map(({ name }) => name);
  return [
    table(
      ["Prio", "Server", "Status", "ms", "Last check", "Reason"],
      rows.map((row) => [
        row.inUse ? (row.priority ?? "in use") : null,
        row.name,
        row.health.state,
        row.health.state === "online" ? Math.round(row.health.ms) : null,
        isoTime(row.lastCheckAt),
        [reason(row), signedIn(row)].filter((part) => part !== null).join("; "),
      ]),
    ),
    ...(rows.some(({ inUse }) => inUse) ? [] : ["No server is in use: none of them is ticked."]),
    ...(late.length === 0 ? [] : [`Not checked within ${limit} s: ${printable(late.join(", "))}`]),
  ].join("\n");
}

/** The newest sign-in that passed, where the provider signs in at a pace of its own. */
function signedIn({ lastCheck }: ServerStatus): string | null {
  const passed = (lastCheck?.rungs ?? []).filter(({ rung, outcome }) => rung.endsWith("sign-in") && outcome.state === "passed");
  return passed.length === 0 ? null : `signed in at ${isoTime(Math.max(...passed.map(({ climbedAt }) => climbedAt ?? lastCheck?.at ?? 0))) ?? ""}`;
}

/** Why a server is in its state; of one that is online, what was noticed. */
function reason(row: ServerStatus): string | null {
  switch (row.health.state) {
    case "offline":
    case "unstable":
      return explain(row.health.reason).sentence;
    case "unknown":
      return row.health.why;
    case "online":
      return findingSummary(findingsOf(row.lastCheck));
    case "unchecked":
      return null;
    default:
      return row.health satisfies never;
  }
}
