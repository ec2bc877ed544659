/** Runs of jobs and their rows as they are read. What another version wrote in words unknown here is told as such, and never fails a page. */
import { z } from "zod";
import { faultSchema, issueSchema, type Fault } from "../../shared/fault.ts";
import { parseJson } from "../../shared/json.ts";
import { haltSchema, plannedRowSchema } from "../../shared/model/job-plan.ts";
import { jobRowStateSchema, jobRunSchema, jobRunStateSchema, type JobRow, type JobRun } from "../../shared/model/job-run.ts";
import { directoryObjectSchema } from "../../shared/model/mail-object.ts";
import { numberOf, numberOrNull, textOf, textOrNull, type Row } from "./columns.ts";
import { heldIn } from "./journal-rows.ts";
import { rowsOf, together, type Steps } from "./steps.ts";

/** What a newer version says and this one has no words for. */
const UNKNOWN: Fault = { kind: "unsupported", why: "newer-words" };

const faultOrUnknownSchema = faultSchema.catch(UNKNOWN);
/** Without it nobody can say what became of a run, which is what `interrupted` says, or of a row, which is what `unknown` says. */
const runStateSchema = jobRunStateSchema.catch("interrupted");
const rowStateSchema = jobRowStateSchema.catch("unknown");
const begunBySchema = jobRunSchema.shape.begunBy.catch("person");
const objectSchema = directoryObjectSchema.nullable().catch(null);
const partNumbersSchema = z.array(z.string()).catch([]);

/** One a line: a run with a single file has it as it always was. */
export function passwordFilesColumn(files: readonly string[]): string | null {
  return files.length === 0 ? null : files.join("\n");
}

export function passwordFilesOf(row: Row): string[] {
  return textOrNull(row, "password_file")?.split("\n") ?? [];
}

/** Of a list, what this version has words for. */
function known<S extends z.ZodType>(item: S) {
  return z.array(z.unknown()).transform((items) =>
    items.flatMap((one) => {
      const read = item.safeParse(one);
      return read.success ? [read.data] : [];
    }),
  );
}

/** What stays as it was begun: the column `content`. */
export const begunSchema = jobRunSchema.pick({ jobName: true, storeName: true, revision: true, rows: true, planned: true }).extend({ halts: known(haltSchema) });
const plannedSchema = plannedRowSchema.extend({ object: objectSchema, issues: known(issueSchema) });

function parsed(text: string | null): unknown {
  return text === null ? null : parseJson(text);
}

function faultOf(row: Row): Fault | null {
  const fault = textOrNull(row, "fault");
  return fault === null ? null : faultOrUnknownSchema.parse(parsed(fault));
}

/** What a run is read from, up to its conditions. */
export function runsSql(nowMs: string): string {
  return `SELECT r.seq, r.id, r.job, r.store_id, r.at, r.begun_by, r.due, r.who, r.state, r.ended_at, r.fault, r.mail_run, r.password_file, r.content,
    CASE WHEN ${heldIn(nowMs)} THEN 1 ELSE 0 END AS held FROM job_run r`;
}

/** Null for a run that this version has no words for. */
function runOf(row: Row, outcomes: JobRun["outcomes"]): JobRun | null {
  const begun = begunSchema.safeParse(parsed(textOf(row, "content")));
  if (!begun.success) return null;
  const state = runStateSchema.parse(textOf(row, "state"));
  return {
    ...begun.data,
    id: textOf(row, "id"),
    job: textOf(row, "job"),
    storeId: textOf(row, "store_id"),
    at: numberOf(row, "at"),
    endedAt: numberOrNull(row, "ended_at"),
    by: textOf(row, "who"),
    begunBy: begunBySchema.parse(textOf(row, "begun_by")),
    due: numberOrNull(row, "due"),
    state: state === "running" && numberOf(row, "held") === 0 ? "interrupted" : state,
    outcomes,
    fault: faultOf(row),
    mailRun: textOrNull(row, "mail_run"),
    passwordFiles: passwordFilesOf(row),
  };
}

/** So many are asked for by one statement, the same for however many there are. */
const AT_ONCE = 50;
const PLACES = Array.from({ length: AT_ONCE }, () => "?").join(", ");
const COUNTS = `SELECT run, state, count(*) AS count FROM job_row WHERE run IN (${PLACES}) GROUP BY run, state`;

/** Asks the same of many, `sql` with {@link PLACES} for so many at once. */
function* ofMany(sql: string, ids: readonly string[]): Steps<readonly Row[]> {
  const statements = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, chunk) => {
    const some = ids.slice(chunk * AT_ONCE, (chunk + 1) * AT_ONCE);
    return rowsOf(sql, ...some, ...Array.from({ length: AT_ONCE - some.length }, () => ""));
  });
  const answer = yield* together(statements);
  return statements.flatMap((statement) => answer(statement));
}

/** Runs as they are stored, with what came of their rows. */
export interface ReadRuns {
  readonly rows: readonly Row[];
  readonly counts: readonly Row[];
}

export function* withCounts(rows: readonly Row[]): Steps<ReadRuns> {
  return { rows, counts: yield* ofMany(COUNTS, rows.map((row) => textOf(row, "id"))) };
}

/** The newest run of each job. */
export function* newestOf(jobs: readonly string[], nowMs: string): Steps<readonly Row[]> {
  return yield* ofMany(`${runsSql(nowMs)} WHERE r.seq IN (SELECT max(seq) FROM job_run WHERE job IN (${PLACES}) GROUP BY job)`, jobs);
}

/** Runs in the order of their rows. */
export function decodedRuns({ rows, counts }: ReadRuns): readonly JobRun[] {
  const byRun = Map.groupBy(counts, (row) => textOf(row, "run"));
  const outcomesOf = (id: string) => Object.fromEntries((byRun.get(id) ?? []).map((row) => [textOf(row, "state"), numberOf(row, "count")]));
  return rows.map((row) => runOf(row, outcomesOf(textOf(row, "id")))).filter((run) => run !== null);
}

/** Null for a row that this version has no words for: shown as another one, it could be taken for that. */
function jobRowOf(row: Row): JobRow | null {
  const planned = plannedSchema.safeParse(parsed(textOf(row, "planned")));
  if (!planned.success) return null;
  return {
    ...planned.data,
    run: textOf(row, "run"),
    state: rowStateSchema.parse(textOf(row, "state")),
    at: numberOf(row, "at"),
    object: objectSchema.parse(parsed(textOrNull(row, "object"))),
    address: textOrNull(row, "address"),
    given: partNumbersSchema.parse(parsed(textOf(row, "given"))),
    taken: partNumbersSchema.parse(parsed(textOf(row, "taken"))),
    fault: faultOf(row),
  };
}

export function decodedRows(rows: readonly Row[]): readonly JobRow[] {
  return rows.map(jobRowOf).filter((row) => row !== null);
}
