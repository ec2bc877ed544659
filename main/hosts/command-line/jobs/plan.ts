/** What a run of a job would do. Nothing is written for it. */
import { workProgress } from "../../../../renderer/text/progress.ts";
import { actionText, reasonsOfRow } from "../../../../renderer/text/jobs.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { JobSummary } from "../../../../shared/contract/jobs.ts";
import type { JobPlan, PlannedAction, PlannedRow } from "../../../../shared/model/job-plan.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable, table } from "../output.ts";
import { finish, word } from "../take.ts";
import type { ConsoleClient, VerbContext } from "../verb.ts";
import { everyRow, findJob } from "./find.ts";
import { haltLines, licencesText, plannedLines } from "./words.ts";

/** Plans a run, which the console holds for whoever applies it. Fails as the plan does. */
export async function planRun({ signal, progress }: VerbContext, client: ConsoleClient, { id, storeId }: JobSummary): Promise<JobPlan> {
  const plan = await finish(await client.jobs.plan({ storeId, job: id }, { signal }), (event) => progress(printable(workProgress(event))));
  progress(null);
  return plan;
}

function rowsOf(client: ConsoleClient, { plan }: JobPlan, actions: readonly PlannedAction[]): Promise<readonly PlannedRow[]> {
  return everyRow((place) => client.jobs.planned({ plan, actions: [...actions], search: "", ...place }));
}

export async function plan(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const job = await findJob(client, context, word(context, 0), ["jobs", "plan"]);
  const planned = await planRun(context, client, job);
  try {
    const isWhole = context.options["rows"] === true;
    const rows = await rowsOf(client, planned, isWhole ? [] : ["refused"]);
    const { plan: _held, job: _id, ...facts } = planned;
    print(context, { store: job.storeName, job: job.name, ...facts, rows }, () => planText(job, planned, rows, isWhole));
    return planned.halts.length > 0 ? exitCodes.halted : exitCodes.ok;
  } finally {
    await client.jobs.release({ plan: planned.plan });
  }
}

function planText({ name, storeName, source: { path } }: JobSummary, { source, counts, halts, seats }: JobPlan, rows: readonly PlannedRow[], isWhole: boolean): string {
  const partNumberOf = (id: string) => seats.find(({ product }) => product === id)?.partNumber ?? id;
  return [
    printable(say("job-verbs.planned-of", { job: name, store: storeName, count: source.rows, source: path })),
    ...plannedLines(counts),
    ...(seats.length === 0 ? [] : ["", seatsTable(seats)]),
    ...(rows.length === 0 ? [] : ["", ...(isWhole ? [] : [say("job-verbs.refused")]), rowsTable(rows, partNumberOf)]),
    "",
    ...(halts.length === 0 ? [say("job-verbs.no-halt")] : haltLines(halts)),
  ].join("\n");
}

function seatsTable(seats: JobPlan["seats"]): string {
  const titles = [say("subscriptions.column-part-number"), say("job-run.seats-needed"), say("subscriptions.column-free")];
  return table(titles, seats.map(({ partNumber, needed, free }) => [partNumber, needed, free]));
}

function rowsTable(rows: readonly PlannedRow[], partNumberOf: (id: string) => string): string {
  const titles = [say("job-run.column-row"), say("job-run.csv-key"), say("job-run.csv-name"), say("job-run.column-action"), say("job-verbs.column-licences"), say("job-run.column-why")];
  return table(
    titles,
    rows.map((row) => {
      const { give = [], take = [], usageLocation = null } = row.licences ?? {};
      return [row.row, row.key, row.name, actionText(row.action), licencesText(give.map(partNumberOf), take.map(partNumberOf), usageLocation), reasonsOfRow(row).join(" ")];
    }),
  );
}
