/**
 * Runs of jobs over every engine, after the pattern of the journal: a run belongs to the process that holds it, and each write renews the
 * hold first, by the row of the run, and changes nothing where another process has it. What goes is in `job-run-retention.ts`.
 */
import { randomUUID } from "node:crypto";
import { succeed, type Result } from "../../shared/fault.ts";
import type { PlannedAction, PlannedRow } from "../../shared/model/job-plan.ts";
import type { JobRun } from "../../shared/model/job-run.ts";
import type { Logger } from "../ports.ts";
import type { Changes } from "./changes.ts";
import { numberOf, type Row } from "./columns.ts";
import type { Engine } from "./engine.ts";
import type { JobRowChange, JobRowsQuestion, JobRuns, JobRunsQuestion, NewJobRun } from "./job-history.ts";
import { APPLIED } from "./job-run-retention.ts";
import { createJobDue, handleDue } from "./job-due.ts";
import { decodedRows, decodedRuns, newestOf, passwordFilesColumn, passwordFilesOf, runsSql, withCounts, type ReadRuns } from "./job-run-rows.ts";
import { HOLD_MS } from "./journal.ts";
import { leaverOf, leaversOf, putLeaver } from "./leavers.ts";
import { like, patternOf, searchable } from "./journal-question.ts";
import { refuseMissingJobRun, refuseRunUnderWay } from "./refusals.ts";
import { all, get, rowsOf, run as change, together, type Steps, type Value } from "./steps.ts";

/** So many rows of a run are sent to the database together. */
const CHUNK = 500;
/** Rows that a run leaves alone. */
const CHANGES_NOTHING: ReadonlySet<PlannedAction> = new Set<PlannedAction>(["keep", "skip", "refused"]);

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
/** Of which something is left to be done; one that failed without a row came to no plan. */
const HAS_MORE = "state NOT IN ('done', 'halted') AND NOT (state = 'failed' AND row_count = 0)";
type Sets = readonly (readonly [column: string, value: Value])[];
const setsSql = (sets: Sets) => sets.map(([column]) => `${column} = ?`).join(", ");
const valuesOf = (sets: Sets) => sets.map(([, value]) => value);

function wordsOf({ key, name, request }: PlannedRow): string {
  return searchable(key, name, ...(request === null ? [] : [request.alias, request.accountName, request.address, request.externalAddress]));
}

function insertRow(run: string, at: number, row: PlannedRow) {
  return rowsOf(
    "INSERT INTO job_row (run, number, state, action, at, words, address_words, object, given, taken, planned) VALUES (?, ?, 'planned', ?, ?, ?, '', ?, '[]', '[]', ?)",
    run, row.row, row.action, at, wordsOf(row), json(row.object), JSON.stringify(row),
  );
}

/** What of a row is written for a change of it. */
function setsOf({ state, at, address, object, given, taken, fault }: JobRowChange): Sets {
  const sets: (readonly [string, Value])[] = [["state", state]];
  if (at !== undefined) sets.push(["at", Math.round(at)]);
  if (address !== undefined) sets.push(["address", address], ["address_words", searchable(address)]);
  if (object !== undefined) sets.push(["object", json(object)]);
  if (given !== undefined) sets.push(["given", JSON.stringify(given)]);
  if (taken !== undefined) sets.push(["taken", JSON.stringify(taken)]);
  if (fault !== undefined) sets.push(["fault", json(fault)]);
  return sets;
}

/** Conditions on `job_row`, with their values. */
function conditionsOf({ run, states, search }: JobRowsQuestion): { readonly sql: string; readonly values: readonly Value[] } {
  const byState = states.length === 0 ? "" : ` AND state IN (${states.map(() => "?").join(", ")})`;
  const pattern = patternOf(search);
  const bySearch = search === "" ? "" : ` AND (${like("words")} OR ${like("address_words")})`;
  return { sql: `run = ?${byState}${bySearch}`, values: [run, ...states, ...(search === "" ? [] : [pattern, pattern])] };
}

export function createJobRuns({ engine, changes, logger }: { readonly engine: Engine; readonly changes: Changes; readonly logger: Logger }): JobRuns {
  /** This process, as it holds runs. */
  const holder = randomUUID();
  const { nextVersion, nowMs } = engine.words;
  const HELD = `held_until = ${nowMs} + ${HOLD_MS}, changed = (${nextVersion})`;
  const RUNS = runsSql(nowMs);

  const written = async <T>(steps: () => Steps<Result<T>>): Promise<Result<T>> => {
    const result = await engine.record(steps);
    if (result.ok) changes.announce();
    return result;
  };

  function* insertRun(id: string, run: NewJobRun, rowCount: number, state: "running" | "halted" | "failed"): Steps<Result<null>> {
    const { job, jobName, storeId, storeName, revision, begunBy, due, by, rows, planned, halts, fault, mailRun, passwordFiles } = run;
    const at = Math.round(run.at);
    const isOver = state !== "running";
    const handled = due === null ? succeed(null) : yield* handleDue(engine, holder, job, due);
    if (!handled.ok) return handled;
    yield* change(
      `INSERT INTO job_run (id, job, store_id, at, begun_by, due, who, state, ended_at, fault, mail_run, password_file, row_count, holder, held_until, changed, content)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${isOver ? "0" : `${nowMs} + ${HOLD_MS}`}, (${nextVersion}), ?)`,
      id, job, storeId, at, begunBy, due, by, state, isOver ? at : null, json(fault), mailRun, passwordFilesColumn(passwordFiles), rowCount, isOver ? null : holder,
      JSON.stringify({ jobName, storeName, revision, rows, planned, halts }),
    );
    return succeed(null);
  }

  function* beginRun(id: string, run: NewJobRun, rows: readonly PlannedRow[]): Steps<Result<null>> {
    const kept = yield* insertRun(id, run, rows.length, "running");
    if (!kept.ok) return kept;
    for (let from = 0; from < rows.length; from += CHUNK) yield* together(rows.slice(from, from + CHUNK).map((row) => insertRow(id, Math.round(run.at), row)));
    return succeed(null);
  }

  /** Keeps a run of which nothing was written. */
  const keepOver = async (run: NewJobRun, state: "halted" | "failed") => {
    const id = randomUUID();
    const kept = await written(() => insertRun(id, run, 0, state));
    return kept.ok ? succeed({ run: id }) : kept;
  };

  function* takeRun(id: string): Steps<Result<null>> {
    const taken = yield* change(
      `UPDATE job_run SET holder = ?, ${HELD}, state = 'running', ended_at = NULL, fault = NULL
       WHERE id = ? AND ${HAS_MORE} AND (holder IS NULL OR holder = ? OR held_until < ${nowMs})`,
      holder, id, holder,
    );
    if (taken > 0) return succeed(null);
    return (yield* get(`SELECT 1 AS found FROM job_run WHERE id = ? AND ${HAS_MORE}`, id)) === null ? refuseMissingJobRun() : refuseRunUnderWay();
  }

  /** Renews the hold, and writes more of the run itself; what is written next is written while nobody else can take it. */
  function* isHeld(run: string, sets: Sets = []): Steps<boolean> {
    const more = sets.length === 0 ? "" : `, ${setsSql(sets)}`;
    return (yield* change(`UPDATE job_run SET ${HELD}${more} WHERE id = ? AND holder = ?`, ...valuesOf(sets), run, holder)) > 0;
  }

  function* putRows(run: string, rows: readonly { readonly row: number; readonly change: JobRowChange }[]): Steps<Result<null>> {
    if (!(yield* isHeld(run))) return refuseMissingJobRun();
    for (const { row, change: made } of rows) yield* putRow(run, row, made);
    return succeed(null);
  }

  function* putRow(run: string, number: number, made: JobRowChange): Steps<void> {
    const sets = setsOf(made);
    const count = yield* change(`UPDATE job_row SET ${setsSql(sets)} WHERE run = ? AND number = ? AND (state <> 'done' OR ? = 'done')`, ...valuesOf(sets), run, number, made.state);
    if (count === 0) throw new Error(`row ${number} of a run was not kept, or is done`);
    if (made.leaver !== undefined) yield* putLeaver(run, made.leaver);
  }

  /** Lets go of a run, and writes more of it. */
  const letGo = (run: string, sets: Sets) =>
    written<null>(function* releaseRun() {
      const more = sets.length === 0 ? "" : `, ${setsSql(sets)}`;
      const count = yield* change(`UPDATE job_run SET holder = NULL, held_until = 0, changed = (${nextVersion})${more} WHERE id = ? AND holder = ?`, ...valuesOf(sets), run, holder);
      return count > 0 ? succeed(null) : refuseMissingJobRun();
    });

  const runsOf = (read: ReadRuns) => {
    const runs = decodedRuns(read);
    if (runs.length < read.rows.length) logger.warn("runs of jobs are not shown: this version has no words for them", { count: read.rows.length - runs.length });
    return runs;
  };
  const jobRowsOf = (rows: readonly Row[]) => {
    const read = decodedRows(rows);
    if (read.length < rows.length) logger.warn("rows of a run are not shown: this version has no words for them", { count: rows.length - read.length });
    return read;
  };
  const runWhere = async (conditions: string, ...values: Value[]): Promise<JobRun | null> => {
    const read = await engine.read(function* readRun() {
      return yield* withCounts(yield* all(`${RUNS} WHERE ${conditions} ORDER BY r.seq DESC LIMIT 1`, ...values));
    });
    return runsOf(read)[0] ?? null;
  };

  const page = async ({ job, before, most }: JobRunsQuestion): ReturnType<JobRuns["page"]> => {
    const place = before === null ? Number.MAX_SAFE_INTEGER : Number(before);
    // A place in the list that is none has nothing before it.
    const values: Value[] = [Number.isSafeInteger(place) ? place : 0, ...(job === null ? [] : [job])];
    const { found, read } = await engine.read(function* readPage() {
      // One more than is shown says whether there is a next page.
      const found = yield* all(`${RUNS} WHERE r.seq < ?${job === null ? "" : " AND r.job = ?"} ORDER BY r.seq DESC LIMIT ?`, ...values, most + 1);
      return { found, read: yield* withCounts(found.slice(0, most)) };
    });
    const last = read.rows.at(-1);
    return { runs: runsOf(read), next: found.length > most && last !== undefined ? String(numberOf(last, "seq")) : null };
  };

  return {
    begin: async (run, rows) => {
      const id = randomUUID();
      const begun = await written(() => beginRun(id, run, rows.filter(({ action }) => !CHANGES_NOTHING.has(action))));
      return begun.ok ? succeed({ run: id }) : begun;
    },
    halted: (run) => keepOver(run, "halted"),
    failed: (run) => keepOver(run, "failed"),
    take: (run) => written(() => takeRun(run)),
    hold: (run) =>
      // Nothing that is shown changes, and it is no save.
      engine.note<null>(function* holdRun() {
        const count = yield* change(`UPDATE job_run SET held_until = ${nowMs} + ${HOLD_MS} WHERE id = ? AND holder = ?`, run, holder);
        return count > 0 ? succeed(null) : refuseMissingJobRun();
      }, { wait: true }),
    release: (run) => letGo(run, []),
    changeRow: (run, row, made) => written(() => putRows(run, [{ row, change: made }])),
    changeRows: (run, rows) => written(() => putRows(run, rows)),
    notePasswordFile: (run, file) =>
      written<null>(function* noteFile() {
        if (!(yield* isHeld(run))) return refuseMissingJobRun();
        const noted = passwordFilesOf((yield* get("SELECT password_file FROM job_run WHERE id = ?", run)) ?? {});
        return (yield* isHeld(run, [["password_file", passwordFilesColumn([...noted, file])]])) ? succeed(null) : refuseMissingJobRun();
      }),
    end: (run, { state, fault, endedAt }) => letGo(run, [["state", state], ["fault", json(fault)], ["ended_at", Math.round(endedAt)]]),
    get: (run) => runWhere("r.id = ?", run),
    rows: async (question) => {
      const { sql, values } = conditionsOf(question);
      const { rows, total } = await engine.read(function* readRows() {
        const [asked, counted] = [rowsOf(`SELECT * FROM job_row WHERE ${sql} ORDER BY number LIMIT ? OFFSET ?`, ...values, question.most, question.from), rowsOf(`SELECT count(*) AS count FROM job_row WHERE ${sql}`, ...values)];
        const answer = yield* together([asked, counted]);
        return { rows: answer(asked), total: numberOf(answer(counted)[0] ?? {}, "count") };
      });
      return { rows: jobRowsOf(rows), total };
    },
    allRows: async (run) => jobRowsOf(await engine.read(() => all("SELECT * FROM job_row WHERE run = ? ORDER BY number", run))),
    page,
    lastOf: async (jobs) => {
      const read = await engine.read(function* readLast() {
        return yield* withCounts(yield* newestOf(jobs, nowMs));
      });
      return new Map(runsOf(read).map((run) => [run.job, run]));
    },
    lastApplied: (job) => runWhere(`r.job = ? AND r.state IN (${APPLIED.map((state) => `'${state}'`).join(", ")})`, job),
    due: createJobDue({ engine, changes }, holder),
    leavers: async (job) => (await engine.read(() => leaversOf(job))).map(leaverOf),
    newest: () => engine.editionOf("jobRuns"),
  };
}
