/** Runs of mail objects on the command line: begun, gone on with, and told of. */
import { journalStateText, doneBy, mailTypeText, requestName } from "../../../../renderer/text/mail-objects.ts";
import { say } from "../../../../renderer/text/text.ts";
import type { RunSummary } from "../../../../shared/contract/mail-objects.ts";
import type { WorkEvent } from "../../../../shared/contract/progress.ts";
import type { JournalEntry, JournalState } from "../../../../shared/model/mail-object.ts";
import { exitCodeOf, exitCodes, type ExitCode } from "../exit-codes.ts";
import { firstPassword } from "../first-password.ts";
import { commandAgain } from "../help.ts";
import { print, table } from "../output.ts";
import { findStore } from "../take.ts";
import { UsageError, VerbFailure, type ConsoleClient, type VerbContext } from "../verb.ts";
import { isStandardInput, withBatch, type ReadBatch } from "./batch.ts";
import { entriesOfRun, entryText, everyEntry, newestEntries } from "./entries.ts";
import { followRun, type Followed } from "./follow.ts";
import { tellBatch } from "./plan.ts";
import { prepareResult, type ResultFile } from "./result-file.ts";
import { isOver, isUserType, needsPassword } from "../../../../shared/rules/mail-types.ts";

/** What a run leaves to be gone on with, and what it may try again. */
const UNFINISHED: readonly JournalState[] = ["planned", "interrupted", "half-done", "cancelled"];
const TO_TRY_AGAIN: readonly JournalState[] = [...UNFINISHED, "failed"];

const isUser = ({ request: { type } }: Pick<JournalEntry, "request">) => isUserType(type);

export async function apply(context: VerbContext): Promise<ExitCode> {
  const topic = ["mail-objects", "apply"];
  if (isStandardInput(context) && context.options["secrets"] === true) throw new UsageError("--secrets comes on standard input, and so does the file", topic);
  return withResult(context, (result) =>
    withBatch(context, topic, async (read, client) => {
      if (read.batch.refused > 0) {
        tellBatch(context, read, () => "");
        return exitCodes.invalid;
      }
      const password = isStandardInput(context) || !read.batch.sample.some(isUser) ? null : await firstPassword(context, topic);
      return doRun(context, client, result, (signal) => client.mailObjects.applyBatch(questionOf(read, password), { signal }));
    }),
  );
}

function questionOf({ store, batch }: ReadBatch, password: string | null) {
  return { storeId: store.id, batch: batch.batch, password };
}

export async function resume(context: VerbContext): Promise<ExitCode> {
  const topic = ["mail-objects", "resume"];
  const { store, entry } = context.options;
  const [named] = context.words;
  if (named === undefined && typeof store !== "string") throw new UsageError("RUN is missing; without it --store names the identity store whose newest unfinished run is meant", topic);
  const client = await context.client();
  return withResult(context, async (result) => {
    const run = named ?? (await unfinishedRun(client, String(store)));
    const open = (await entriesOfRun(client, run)).filter((each) => !isOver(each) && (typeof entry !== "string" || each.id === entry));
    const password = open.some(needsPassword) ? await firstPassword(context, topic) : null;
    return doRun(context, client, result, (signal) => client.mailObjects.resume({ run, entry: typeof entry === "string" ? entry : null, password }, { signal }));
  });
}

/** The newest run of a store that was broken off; where there is none, the newest in which something failed. Fails with `not-found`. */
async function unfinishedRun(client: ConsoleClient, storeName: string): Promise<string> {
  const { id: storeId, name } = await findStore(client, storeName);
  for (const states of [UNFINISHED, TO_TRY_AGAIN]) {
    const [newest] = await newestEntries(client, { ...everyEntry, storeId, states }, 1);
    if (newest !== undefined) return newest.run;
  }
  throw new VerbFailure({ kind: "not-found", what: "unfinished-run", detail: name });
}

async function withResult(context: VerbContext, act: (result: ResultFile | null) => Promise<ExitCode>): Promise<ExitCode> {
  const { result: file } = context.options;
  const result = typeof file === "string" ? await prepareResult(file) : null;
  try {
    return await act(result);
  } finally {
    await result?.discard();
  }
}

async function doRun(context: VerbContext, client: ConsoleClient, result: ResultFile | null, open: (signal: AbortSignal) => Promise<AsyncIterable<WorkEvent<RunSummary>>>): Promise<ExitCode> {
  const followed = await followRun(context, client, open);
  const counts = countsOf(followed.entries);
  print(context, { run: followed.run, total: followed.entries.length, counts, entries: followed.entries }, () => runText(context, followed));
  await result?.write(followed.entries);
  if (followed.fault !== null) throw new VerbFailure(followed.fault);
  return codeOf(followed.entries, context.signal.aborted);
}

function countsOf(entries: readonly JournalEntry[]): Readonly<Partial<Record<JournalState, number>>> {
  const counts: Partial<Record<JournalState, number>> = {};
  for (const { state } of entries) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** Done where all of it is; else stopped, or the code of what kept the first object. */
function codeOf(entries: readonly JournalEntry[], isStopped: boolean): ExitCode {
  const open = entries.filter((entry) => !isOver(entry));
  if (open.length === 0) return exitCodes.ok;
  if (isStopped) return exitCodes.stopped;
  const fault = open.find((entry) => entry.fault !== null)?.fault ?? null;
  return fault === null ? exitCodes.failed : exitCodeOf(fault);
}

function runText(context: VerbContext, { run, entries }: Followed): string {
  const rows = entries.map((entry) => [requestName(entry.request), mailTypeText(entry.request.type), journalStateText(entry.state), entry.address, doneBy(entry)]);
  const titles = [say("mail-file.name"), say("mail-objects.type"), say("mail-journal.column-state"), say("mail-objects.column-address"), say("mail-journal.csv-server")];
  const told = entries.filter((entry) => !isOver(entry) && (entry.steps.length > 0 || entry.fault !== null));
  const isOpen = entries.some(({ state }) => TO_TRY_AGAIN.includes(state));
  return [
    table(titles, rows),
    "",
    ...told.flatMap((entry) => [entryText(entry), ""]),
    say("command-line.run-done", { done: entries.filter(isOver).length, total: entries.length, run }),
    ...(isOpen ? [say("command-line.run-resume", { command: commandAgain(context, ["mail-objects", "resume", run]) })] : []),
  ].join("\n");
}
