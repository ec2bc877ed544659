/** Rows of plans and runs of jobs in words. */
import { explain } from "../../../../renderer/text/fault.ts";
import { formatCount } from "../../../../renderer/text/format.ts";
import { haltNextStep, haltSentence } from "../../../../renderer/text/job-halt.ts";
import { mailIssueText } from "../../../../renderer/text/mail-objects.ts";
import { say, sayIfKnown } from "../../../../renderer/text/text.ts";
import type { Issue } from "../../../../shared/fault.ts";
import { plannedActionSchema, type Halt, type PlannedRow } from "../../../../shared/model/job-plan.ts";
import { jobRowStateSchema, type JobRow, type JobRun } from "../../../../shared/model/job-run.ts";
import { commandAgain } from "../help.ts";
import { isoTime, printable, table } from "../output.ts";
import type { VerbContext } from "../verb.ts";

/** With the field that it is of, in the pages' words. */
function issueText(issue: Issue): string {
  const name = String(issue.path[0] ?? "");
  const field = sayIfKnown(`mail-objects.column-${name}`) ?? sayIfKnown(`job-verbs.target-${name}`);
  return field === null ? mailIssueText(issue) : say("job-verbs.field", { field, issue: mailIssueText(issue) });
}

/** Why a row is refused or left alone; empty for every other one. */
export function whyOf({ why, issues }: Pick<PlannedRow, "why" | "issues">): string {
  const reason = why === null ? [] : [sayIfKnown(`job-verbs.why-${why}`) ?? why];
  return [...reason, ...issues.map(issueText)].join(" ");
}

/** What came of a row, where it is not done. */
export function outcomeOf(row: JobRow): string {
  if (row.fault === null) return whyOf(row);
  const { sentence, nextStep } = explain(row.fault);
  return `${sentence} ${nextStep}`;
}

/** `+ENTERPRISEPACK -EMS DE`, as the activity writes it; null where nothing changes. */
export function licencesText(give: readonly string[], take: readonly string[], location: string | null = null): string | null {
  const parts = [...give.map((name) => `+${name}`), ...take.map((name) => `-${name}`), ...(location === null ? [] : [location])];
  return parts.length === 0 ? null : parts.join(" ");
}

/** Indented, below what says that a brake holds. */
export function haltLines(halts: readonly Halt[]): readonly string[] {
  return halts.map((halt) => printable(`  ${say("job-verbs.halt-line", { sentence: haltSentence(halt), next: haltNextStep(halt) })}`));
}

/** `Create: 12`, for each action that there is any of. */
export function plannedLines(planned: Readonly<Record<string, number>>): readonly string[] {
  return plannedActionSchema.options.flatMap((action) => countLine(say(`job-verbs.action-${action}`), planned[action]));
}

function outcomeLines({ outcomes }: JobRun): readonly string[] {
  return jobRowStateSchema.options.flatMap((state) => countLine(say(`job-verbs.row-${state}`), outcomes[state]));
}

function countLine(what: string, count = 0): readonly string[] {
  return count === 0 ? [] : [say("job-verbs.count-of", { what, number: formatCount(count) })];
}

/** A run with what was planned and what came of it. */
export function runLines(run: JobRun): readonly string[] {
  const state = say(`job-verbs.state-${run.state}`);
  return [
    say("job-verbs.run-of", { job: run.jobName, store: run.storeName, state, run: run.id, time: isoTime(run.at) ?? "", who: run.by }),
    [...plannedLines(run.planned)].join(", "),
    ...(run.state === "halted" ? [say("job-verbs.halted"), ...haltLines(run.halts)] : [outcomeLines(run).join(", ")]),
    ...(run.passwordFile === null ? [] : [say("job-verbs.password-file", { file: run.passwordFile })]),
  ]
    .filter((line) => line !== "")
    .map(printable);
}

/** How to go on with a run of which something is left to be done; nothing for every other one. */
export function resumeLines(context: Pick<VerbContext, "options">, { id, state }: JobRun): readonly string[] {
  if (state === "done" || state === "halted" || state === "running") return [];
  return [say("command-line.run-resume", { command: commandAgain(context, ["jobs", "resume", id]) })];
}

export function rowsTable(rows: readonly JobRow[]): string {
  const titles = [say("job-verbs.column-row"), say("job-verbs.column-name"), say("job-verbs.column-action"), say("job-verbs.column-outcome"), say("mail-objects.column-address"), say("job-verbs.column-changes"), say("job-verbs.column-why")];
  return table(titles, rows.map((row) => [row.row, row.name, say(`job-verbs.action-${row.action}`), say(`job-verbs.row-${row.state}`), row.address, licencesText(row.given, row.taken), outcomeOf(row)]));
}
