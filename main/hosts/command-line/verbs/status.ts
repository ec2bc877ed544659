import type { ServerStatus } from "../../../../shared/model/mail-server.ts";
import { wholeSnapshots } from "../../../../shared/rules/whole-snapshots.ts";
import { serversInUse } from "../../../../shared/rules/servers-in-use.ts";
import { roundOutcome } from "../../../../shared/rules/server-round.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { storeOption } from "../options.ts";
import { print } from "../output.ts";
import { withVerdict } from "../probed-json.ts";
import { checkOnce, merge, ROUND_LIMIT_S, type Checked } from "../round.ts";
import { changeText, inWords, reportText, type Row } from "../status-text.ts";
import { findStore, required, take } from "../take.ts";
import { UsageError, type ConsoleClient, type Verb, type VerbContext } from "../verb.ts";

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
      run: (context) => once(context, limitOf(context)),
    },
    {
      choice: "--watch",
      meaning: "keep checking and print each change, until Ctrl+C ends it with 0",
      words: [],
      options: { store: storeOption },
      examples: [{ line: 'messaging-console status --watch --store "Contoso HQ" --json', meaning: "one JSON object for each change" }],
      run: watch,
    },
  ],
};

async function once(context: VerbContext, limit: number): Promise<ExitCode> {
  const client = await context.client();
  const { id, hasDraft } = await findStore(client, required(context, "store"));
  const places = await savedPlaces(client, id);
  const rows = rowsOf(await checkOnce(context, client, id, limit), places);
  print(context, rows.map(withVerdict), () => reportText({ rows, hasDraft, limit }));
  return codes[roundOutcome(rows)];
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
  const provider = providers.find(({ id }) => id === saved?.provider) ?? null;
  return new Map(serversInUse(saved, provider).map(({ name, priority }) => [name, priority]));
}

function rowsOf(checked: readonly Checked[], places: ReadonlyMap<string, number | null>): readonly Row[] {
  return checked
    .map((each) => rowOf(each.status, each.checked, places))
    .toSorted((one, other) => Number(other.inUse) - Number(one.inUse) || (one.priority ?? 0) - (other.priority ?? 0) || one.name.localeCompare(other.name));
}

function rowOf(row: ServerStatus, checked: boolean, places: ReadonlyMap<string, number | null>): Row {
  return { ...row, checked, inUse: places.has(row.name), priority: places.get(row.name) ?? null };
}

async function watch(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const { id } = await findStore(client, required(context, "store"));
  const places = await savedPlaces(client, id);
  const rows = new Map<string, ServerStatus>();
  const told = new Map<string, string>();
  try {
    for await (const event of wholeSnapshots(await client.servers.watch({ storeId: id }, { signal: context.signal }))) {
      for (const status of merge(rows, event)) {
        if (!status.inForce) continue;
        const row = rowOf(status, status.lastCheckAt !== null, places);
        if (told.get(row.name) === inWords(row)) continue;
        told.set(row.name, inWords(row));
        print(context, withVerdict(row), () => changeText(row, Date.now()));
      }
    }
  } catch (error) {
    if (!context.signal.aborted) throw error;
  }
  return exitCodes.ok;
}
