/** `jobs task`: the schedule of a job as a task of Windows, for machines on which no console stays open. */
import path from "node:path";
import { say } from "../../../../renderer/text/text.ts";
import { scheduledTask } from "../../../../shared/rules/task-scheduler.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable } from "../output.ts";
import { writeMade } from "../prepared-file.ts";
import { required, take, word } from "../take.ts";
import { UsageError, type VerbContext } from "../verb.ts";
import { findJob } from "./find.ts";

export async function task(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const { id, name, storeId, storeName } = await findJob(client, context, word(context, 0), ["jobs", "task"]);
  const { job } = take(await client.jobs.get({ storeId, job: id }));
  const { schedule } = job;
  if (schedule === null) throw new UsageError(`the job ${name} has no schedule`, ["jobs", "task"]);
  const file = word(context, 1);
  await writeMade(file, () => {
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const args = ["jobs", "run", name, "--store", storeName];
    const content = take(scheduledTask(schedule, { command: required(context, "program"), args, words: name, timeZone }, Date.now()));
    return Promise.resolve({ content, made: null });
  });
  print(context, { store: storeName, job: name, file: path.resolve(file) }, () => printable(say("job-verbs.task", { name, file })));
  return exitCodes.ok;
}
