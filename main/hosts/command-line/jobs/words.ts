/** Rows of plans and runs of jobs in words. */
import { explain } from "../../../../renderer/text/fault.ts";
import { actionText, countLines, haltText, reasonsOfRow, rowStateText, runStateText } from "../../../../renderer/text/jobs.ts";
import { say } from "../../../../renderer/text/text.ts";
import { plannedActionSchema, type Halt } from "../../../../shared/model/job-plan.ts";
import { jobRowStateSchema, type JobRow, type JobRun } from "../../../../shared/model/job-run.ts";
import { canGoOn } from "../../../../shared/rules/job-run.ts";
import { commandAgain } from "../help.ts";
import { isoTime, printable, table } from "../output.ts";
import type { VerbContext } from "../verb.ts";

/** What came of a row, where it is not done. */
export function outcomeOf(row: JobRow): string {
  if (row.fault === null) return reasonsOfRow(row).join(" ");
  const { sentence, nextStep } = explain(row.fault);
  return `${sentence} ${nextStep}`;
}

/** `+ENTERPRISEPACK -EMS DE`, as the activity writes it; null where nothing changes. */
export function licencesText(give: readonly string[], take: readonly string[], location: string | null = null): string | null {
  const parts = [...give.map((name) => `+${name}`), ...take.map((name) => `-${name}`), ...(location === null ? [] : [location])];
  return parts.length === 0 ? null : parts.join(" ");
}

/** That a brake holds, and below it why and what to do. */
export function haltLines(halts: readonly Halt[]): readonly string[] {
  return [
    say("job-verbs.halted"),
    ...halts.map((halt) => {
      const { sentence, nextStep } = haltText(halt);
      return printable(`  ${sentence} ${nextStep}`);
    }),
  ];
}

/** `Create: 12`, for each action that there is any of. */
export function plannedLines(planned: Readonly<Record<string, number>>): readonly string[] {
  return countLines(plannedActionSchema.options, planned, actionText);
}

/** A run with what was planned and what came of it. */
export function runLines(run: JobRun): readonly string[] {
  const lines = [
    say("job-verbs.run-of", { job: run.jobName, store: run.storeName, state: runStateText(run.state), run: run.id, time: isoTime(run.at) ?? "", who: run.by }),
    say("job-verbs.planned", { counts: plannedLines(run.planned).join(", ") }),
    ...(run.state === "halted" ? haltLines(run.halts) : [say("job-verbs.outcomes", { counts: countLines(jobRowStateSchema.options, run.outcomes, rowStateText).join(", ") || say("job-verbs.outcomes-none") })]),
    ...run.passwordFiles.map((file) => say("job-verbs.password-file", { file })),
  ];
  return lines.map(printable);
}

/** How to go on with a run of which something is left to be done; nothing for every other one. */
export function resumeLines(context: Pick<VerbContext, "options">, run: JobRun): readonly string[] {
  return canGoOn(run) ? [say("command-line.run-resume", { command: commandAgain(context, ["jobs", "resume", run.id]) })] : [];
}

export function rowsTable(rows: readonly JobRow[]): string {
  const titles = [say("job-run.column-row"), say("job-run.csv-name"), say("job-run.column-action"), say("job-run.column-state"), say("job-run.csv-address"), say("job-verbs.column-licences"), say("job-run.column-why")];
  return table(titles, rows.map((row) => [row.row, row.name, actionText(row.action), rowStateText(row.state), row.address, licencesText(row.given, row.taken), outcomeOf(row)]));
}
