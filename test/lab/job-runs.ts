/** Runs of jobs for tests. */
import type { JobRuns, NewJobRun } from "../../main/store/types.ts";
import type { PlannedRow } from "../../shared/model/job-plan.ts";
import { take } from "../unit/main/store/support.ts";
import { request } from "./journal-runs.ts";

const AT = 1_700_000_000_000;

export function plannedRow(row: number, more: Partial<PlannedRow> = {}): PlannedRow {
  const name = `User ${row}`;
  return { row, key: `user${row}`, name, action: "create", request: request(name, { type: "mailbox" }), object: null, licences: null, seen: [], why: null, issues: [], ...more };
}

export function jobRunOf(more: Partial<NewJobRun> = {}): NewJobRun {
  return {
    job: "job-1", jobName: "Employees", storeId: "store-1", storeName: "Contoso", revision: 3, at: AT, by: "ada", begunBy: "person", due: null, rows: 40,
    planned: { create: 2, keep: 38 }, halts: [], fault: null, mailRun: null, passwordFiles: [], ...more,
  };
}

/** Every kind of write once or more, for three rows of which one fails; yields the run after each that was acknowledged. */
export async function* writeJobRun(runs: JobRuns): AsyncGenerator<string> {
  const { run } = take(await runs.begin(jobRunOf(), [plannedRow(1), plannedRow(2), plannedRow(5)]));
  yield run;
  take(await runs.changeRow(run, 1, { state: "half-done", address: "user1@contoso.lab", at: AT + 1 }));
  yield run;
  take(await runs.changeRow(run, 1, { state: "done", given: ["ENTERPRISEPACK"], at: AT + 2 }));
  yield run;
  take(await runs.changeRow(run, 2, { state: "failed", fault: { kind: "object-refused", why: "account-name-taken" }, at: AT + 3 }));
  yield run;
  take(await runs.notePasswordFile(run, "passwords.age"));
  yield run;
  take(await runs.end(run, { state: "with-failures", fault: null, endedAt: AT + 4 }));
  yield run;
}
