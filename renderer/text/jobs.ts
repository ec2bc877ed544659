/** Jobs, their rows and their runs in words. */
import type { Issue } from "../../shared/fault.ts";
import type { JobSource, JobTarget, LimitedAction } from "../../shared/model/job.ts";
import type { Halt, PlannedAction, PlannedRow } from "../../shared/model/job-plan.ts";
import type { JobRowState, JobRunState } from "../../shared/model/job-run.ts";
import { explainIssue } from "./fault.ts";
import { formatCount } from "./format.ts";
import { productName } from "./product-names.ts";
import { say, sayIfKnown } from "./text.ts";

/** So many keys of rows that are in each other's way are named. */
const KEYS_NAMED = 5;

export function targetText(target: JobTarget): string {
  return say(`job-editor.target-${target}`);
}

export function actionText(action: PlannedAction | LimitedAction): string {
  return say(`job-run.action-${action}`);
}

export function runStateText(state: JobRunState): string {
  return say(`jobs.run-state-${state}`);
}

export function rowStateText(state: JobRowState): string {
  return say(`job-run.row-${state}`);
}

/** A source in a few words: the last part of its path. */
export function sourceText({ path }: JobSource): string {
  return path.split(/[\\/]/).findLast((part) => part !== "") ?? "";
}

/** What is wrong with a job, or with a row of it. */
export function jobIssueText(issue: Issue): string {
  const facts = Object.fromEntries(Object.entries(issue.facts ?? {}).map(([name, value]) => [name, String(value)]));
  const ofName = issue.path[0] === "name" && issue.path.length === 1;
  // A name that is taken is the job's own at its name, and another object's in a row.
  if (issue.code === "name-taken" && !ofName) return say("faults.object-refused-name-taken");
  return sayIfKnown(`job-issues.${issue.code}`, facts) ?? sayIfKnown(`faults.object-refused-${issue.code}`, facts) ?? explainIssue(issue);
}

/** An issue of a row, with the field that it is of. */
export function rowIssueText(issue: Issue): string {
  const [head, next] = issue.path;
  const field = [head, next].map((step) => sayIfKnown(`job-editor.target-${String(step)}`)).find((words) => words !== null) ?? null;
  return field === null ? jobIssueText(issue) : say("job-run.row-issue", { field, issue: jobIssueText(issue) });
}

/** Why a row is left alone. */
export function whyText(why: string): string {
  return sayIfKnown(`job-run.why-${why}`) ?? sayIfKnown(`faults.object-refused-${why}`) ?? why;
}

/** Everything that a row says about itself: why it is left alone, what is wrong with it, and what goes with licences that are taken. */
export function reasonsOfRow({ why, issues, losesMailbox = false }: PlannedRow): readonly string[] {
  return [...(why === null ? [] : [whyText(why)]), ...issues.map(rowIssueText), ...(losesMailbox ? [say("job-run.row-loses-mailbox")] : [])];
}

/** A product with its part number, by which others speak of it. */
export function productText(partNumber: string): string {
  const name = productName(partNumber);
  return name === null ? partNumber : `${name} (${partNumber})`;
}

/** Part numbers of products by their id, as far as they are known. */
export type ProductNames = ReadonlyMap<string, string>;

/** Products by name, and how many there are of which no name is known. */
function licenceLines(way: "give" | "take", ids: readonly string[], names: ProductNames): readonly string[] {
  const known = ids.flatMap((id) => names.get(id) ?? []);
  const count = ids.length - known.length;
  return [...known.map((partNumber) => say(`job-run.row-${way}`, { product: productText(partNumber) })), ...(count === 0 ? [] : [say(`job-run.row-${way}-count`, { count })])];
}

/** What a row writes, one line each. */
export function changesOfRow({ request, licences }: PlannedRow, names: ProductNames): readonly string[] {
  const { alias = "", address = null, container = null } = request ?? {};
  const { give = [], take = [], usageLocation = null } = licences ?? {};
  return [
    ...(alias === "" ? [] : [say("job-run.row-alias", { alias })]),
    ...(address === null ? [] : [say("job-run.row-address", { address })]),
    ...(container === null ? [] : [say("job-run.row-container", { container })]),
    ...(usageLocation === null ? [] : [say("job-run.row-location", { location: usageLocation })]),
    ...licenceLines("give", give, names),
    ...licenceLines("take", take, names),
  ];
}

function keysText(keys: readonly string[]): string {
  return [...keys.slice(0, KEYS_NAMED), ...(keys.length > KEYS_NAMED ? ["…"] : [])].join(", ");
}

function haltSentence(halt: Halt): string {
  switch (halt.kind) {
    case "source-empty":
      return say("job-run.halt-source-empty");
    case "source-shrank":
      return say("job-run.halt-source-shrank", { before: formatCount(halt.before), now: formatCount(halt.now), most: halt.most });
    case "twice-in-source":
    case "twice-in-destination":
      return say(`job-run.halt-${halt.kind}`, { count: halt.rows, keys: keysText(halt.keys) });
    case "over-limit": {
      const facts = { action: actionText(halt.action), planned: formatCount(halt.count), most: formatCount(halt.most) };
      return halt.percent === null ? say("job-run.halt-over-limit", facts) : say("job-run.halt-over-limit-percent", { ...facts, percent: halt.percent });
    }
    case "over-managed-limit":
      return say("job-run.halt-over-managed-limit", { action: actionText(halt.action), planned: formatCount(halt.count), most: formatCount(halt.most) });
    case "rows-refused":
      return say("job-run.halt-rows-refused", { count: halt.rows });
    case "no-seats":
    default:
      return say("job-run.halt-no-seats", { product: productText(halt.product), needed: formatCount(halt.needed), free: formatCount(halt.free) });
  }
}

/** What holds a run, with its numbers, and what to do about it. */
export function haltText(halt: Halt): { readonly sentence: string; readonly nextStep: string } {
  return { sentence: haltSentence(halt), nextStep: say(`job-run.halt-${halt.kind}-next`) };
}

/** `Create: 12`, for each that there is any of, in the order given. */
export function countLines<K extends string>(kinds: readonly K[], counts: Readonly<Record<string, number>>, words: (kind: K) => string): readonly string[] {
  return kinds.flatMap((kind) => {
    const number = counts[kind] ?? 0;
    return number === 0 ? [] : [say("job-run.count-of", { what: words(kind), number: formatCount(number) })];
  });
}

/** `1 row`, `412 rows`. */
export function rowsText(count: number): string {
  return say("job-editor.rows-count", { count, number: formatCount(count) });
}
