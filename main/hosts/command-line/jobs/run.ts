/** Runs of jobs: begun by the plan that was just made, gone on with, and told of. */
import { setTimeout as pause } from "node:timers/promises";
import { say } from "../../../../renderer/text/text.ts";
import type { WorkEvent } from "../../../../shared/contract/progress.ts";
import type { JobRow, JobRowState, JobRun } from "../../../../shared/model/job-run.ts";
import { jobRowStateSchema } from "../../../../shared/model/job-run.ts";
import { needsPassword } from "../../../../shared/rules/mail-types.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { firstPassword } from "../first-password.ts";
import { followCall, POLL_MS } from "../mail-objects/follow.ts";
import { print } from "../output.ts";
import { take, word } from "../take.ts";
import { VerbFailure, type ConsoleClient, type VerbContext } from "../verb.ts";
import { everyRow, findJob } from "./find.ts";
import { planRun } from "./plan.ts";
import { resumeLines, rowsTable, runLines } from "./words.ts";

const NOT_DONE = jobRowStateSchema.options.filter((state) => state !== "done");

/** Rows of a run; every one where no state is named. */
export function rowsOfRun(client: ConsoleClient, run: string, states: readonly JobRowState[]): Promise<readonly JobRow[]> {
  return everyRow((place) => client.jobs.rows({ run, states: [...states], search: "", ...place }));
}

/** Fails with `not-found`. */
export async function runOf(client: ConsoleClient, run: string): Promise<JobRun> {
  return take(await client.jobs.rows({ run, states: [], search: "", from: 0, most: 1 })).run;
}

export async function run(context: VerbContext): Promise<ExitCode> {
  const topic = ["jobs", "run"];
  const client = await context.client();
  const job = await findJob(client, context, word(context, 0), topic);
  const { plan, asksPassword, halts } = await planRun(context, client, job);
  const password = asksPassword && halts.length === 0 ? await firstPassword(context, topic) : null;
  return doRun(context, client, (signal) => client.jobs.apply({ plan, password }, { signal }));
}

export async function resume(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const begun = await runOf(client, word(context, 0));
  const open = await rowsOfRun(client, begun.id, NOT_DONE);
  const makesUsers = open.some(({ request, object }) => request !== null && needsPassword({ request, object }));
  const asks = makesUsers && (await isPasswordTyped(client, begun));
  const password = asks ? await firstPassword(context, ["jobs", "resume"]) : null;
  return doRun(context, client, (signal) => client.jobs.resume({ run: begun.id, password }, { signal }));
}

/** By the job as it is now, as main goes by it; a file of the run says nothing of one that was broken off before it wrote one. */
async function isPasswordTyped(client: ConsoleClient, { storeId, job }: JobRun): Promise<boolean> {
  const answer = await client.jobs.get({ storeId, job });
  // Passwords of a job that is gone are handed over to nobody.
  if (!answer.ok && answer.fault.kind === "not-found") return true;
  return take(answer).job.password.kind === "typed";
}

async function doRun(context: VerbContext, client: ConsoleClient, open: (signal: AbortSignal) => Promise<AsyncIterable<WorkEvent<JobRun>>>): Promise<ExitCode> {
  const followed = await followCall(context, { begins: "job-run-begun", open, idOf: ({ id }: JobRun) => id });
  const ended = context.signal.aborted ? await onceOver(client, followed.run) : await runOf(client, followed.run);
  const rows = await rowsOfRun(client, ended.id, NOT_DONE);
  print(context, { run: ended, rows }, () => runText(context, ended, rows));
  if (ended.state === "done") return exitCodes.ok;
  if (ended.state === "halted") return exitCodes.halted;
  if (context.signal.aborted) return exitCodes.stopped;
  const fault = ended.fault ?? followed.fault;
  if (fault !== null) throw new VerbFailure(fault);
  return exitCodes.failed;
}

/** A console that runs by itself ends the object that is under way after its caller has gone. */
async function onceOver(client: ConsoleClient, id: string): Promise<JobRun> {
  let current = await runOf(client, id);
  while (current.state === "running") {
    await pause(POLL_MS);
    current = await runOf(client, id);
  }
  return current;
}

function runText(context: VerbContext, ended: JobRun, rows: readonly JobRow[]): string {
  return [
    ...(rows.length === 0 ? [] : [`${say("job-run.failed-rows")}:`, rowsTable(rows), ""]),
    ...runLines(ended),
    ...resumeLines(context, ended),
  ].join("\n");
}
