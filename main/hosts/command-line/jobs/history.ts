/** What became of runs of jobs. */
import { rowStateText, runStateText } from "../../../../renderer/text/jobs.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { JobRow, JobRun } from "../../../../shared/model/job-run.ts";
import { csvText } from "../csv-text.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { limitIn } from "../mail-objects/journal.ts";
import { isoTime, print, table } from "../output.ts";
import { writeMade } from "../prepared-file.ts";
import { take } from "../take.ts";
import { UsageError, type ConsoleClient, type VerbContext } from "../verb.ts";
import { findJob, PAGE } from "./find.ts";
import { rowsOfRun, runOf } from "./run.ts";
import { outcomeOf, resumeLines, rowsTable, runLines } from "./words.ts";

const topic = ["jobs", "history"];
/** Fixed words, as scripts read them: `action` and `state` are the contract's. */
const COLUMNS = ["row", "key", "name", "action", "state", "address", "given", "taken", "why"];

/** One line a row of a run. */
export function jobRowsCsv(rows: readonly JobRow[]): string {
  const cells = rows.map((row) => [String(row.row), row.key, row.name, row.action, row.state, row.address ?? "", row.given.join(" "), row.taken.join(" "), outcomeOf(row)]);
  return csvText([COLUMNS, ...cells]);
}

export async function history(context: VerbContext): Promise<ExitCode> {
  const { run, csv } = context.options;
  const [name] = context.words;
  if (typeof run === "string") {
    if (name !== undefined) throw new UsageError("JOB and --run exclude each other: a run is of one job", topic);
    return showRun(context, run, typeof csv === "string" ? csv : null);
  }
  if (csv !== undefined) throw new UsageError("--csv writes the rows of a run: say with --run of which", topic);
  const most = limitIn(context.options, topic);
  const client = await context.client();
  const job = name === undefined ? null : (await findJob(client, context, name, topic)).id;
  const runs = await newestRuns(client, job, most);
  print(context, runs, () => (runs.length === 0 ? say("job-verbs.no-runs") : runsTable(runs)));
  return exitCodes.ok;
}

async function newestRuns(client: ConsoleClient, job: string | null, most: number): Promise<readonly JobRun[]> {
  const runs: JobRun[] = [];
  let before: string | null = null;
  do {
    const page: { readonly runs: readonly JobRun[]; readonly next: string | null } = take(await client.jobs.runs({ job, before, most: Math.min(PAGE, most - runs.length) }));
    runs.push(...page.runs);
    before = page.next;
  } while (before !== null && runs.length < most);
  return runs;
}

function runsTable(runs: readonly JobRun[]): string {
  const titles = [say("jobs.runs-when"), say("jobs.runs-job"), say("jobs.column-store"), say("jobs.runs-state"), say("job-run.rows"), rowStateText("done"), say("jobs.runs-by"), say("job-verbs.column-run")];
  const doneOf = ({ outcomes }: JobRun) => `${outcomes["done"] ?? 0}/${Object.values(outcomes).reduce((sum, count) => sum + count, 0)}`;
  return table(titles, runs.map((run) => [isoTime(run.at), run.jobName, run.storeName, runStateText(run.state), run.rows, doneOf(run), run.by, run.id]));
}

async function showRun(context: VerbContext, id: string, file: string | null): Promise<ExitCode> {
  const client = await context.client();
  const shown = await runOf(client, id);
  const read = () => rowsOfRun(client, id, []);
  const rows = file === null ? await read() : await writeMade(file, async () => {
    const made = await read();
    return { content: jobRowsCsv(made), made };
  });
  print(context, { run: shown, rows }, () => [...(rows.length === 0 || file !== null ? [] : [rowsTable(rows), ""]), ...runLines(shown), ...resumeLines(context, shown)].join("\n"));
  return exitCodes.ok;
}
