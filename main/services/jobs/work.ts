/** One run of a job at work: first the mail objects through their own run, then licences, each row written down as it ends. */
import { setTimeout as wait } from "node:timers/promises";
import { progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { JobRow, JobRowState, JobRun } from "../../../shared/model/job-run.ts";
import type { LicenceHolder } from "../../../shared/model/licence.ts";
import type { JournalEntry, MailRequest } from "../../../shared/model/mail-object.ts";
import type { PasswordPolicy } from "../../../shared/model/password-policy.ts";
import { directLicences } from "../../../shared/rules/licence-plan.ts";
import { needsPassword } from "../../../shared/rules/mail-types.ts";
import { partNumberOf } from "../../../shared/rules/subscription.ts";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { generatePassword } from "../../jobs/passwords.ts";
import { writePasswordFile } from "../../jobs/password-file.ts";
import type { LicencesService } from "../licences.ts";
import type { Ground } from "../mail-objects/ground.ts";
import type { MailRuns } from "../mail-objects/runs.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { isLeaving, LeavingWork } from "./leaving-work.ts";

/** Entra is eventually consistent: a user that was just made may not be there for whoever asks next. Waits in milliseconds. */
const NOT_THERE_YET = [1_000, 2_000, 4_000, 8_000];

/** What no other row of the run would be spared. */
const OF_CONFIGURATION: readonly Fault["kind"][] = ["sign-in", "forbidden", "unsupported", "unreadable", "not-stored", "cancelled"];

interface WorkParts {
  readonly mailRuns: MailRuns;
  readonly licences: LicencesService;
  readonly run: JobRun;
  readonly policy: PasswordPolicy;
  readonly options: WorkOptions;
}

type RowWithRequest = JobRow & { readonly request: MailRequest };

export class JobWork {
  readonly #foundation: Foundation;
  readonly #parts: WorkParts;

  constructor(foundation: Foundation, parts: WorkParts) {
    this.#foundation = foundation;
    this.#parts = parts;
  }

  /** Fails with what ended it early; rows hold what became of each. */
  async run(ground: Ground, password: string | null): Promise<Result<null>> {
    const { store } = this.#foundation;
    const { run, options } = this.#parts;
    const rows = await store.jobRuns.allRows(run.id);
    const made = await this.#mailObjects(ground, rows.filter(hasRequest), password);
    if (!made.ok) return made;
    if (options.signal.aborted) return fail({ kind: "cancelled" });
    const { licences } = this.#parts;
    const left = await new LeavingWork(this.#foundation, { licences, run, options, change: (row, user) => this.#changeOnceThere(row, user) }).run(rows);
    return left.ok ? this.#licenseAll(await store.jobRuns.allRows(run.id)) : left;
  }

  /** Rows whose object is made or mail-enabled, in one run of mail objects, which goes on where it was cut off. */
  async #mailObjects(ground: Ground, rows: readonly RowWithRequest[], password: string | null): Promise<Result<null>> {
    const { store } = this.#foundation;
    const { run, options, mailRuns } = this.#parts;
    if (run.mailRun === null || rows.every(({ state }) => state === "done")) return succeed(null);
    const entries = await store.journal.run(run.mailRun);
    const passwords = await this.#passwords(rows, password);
    if (!passwords.ok) return passwords;
    const passwordOf = (place: number) => passwords.value.get(place) ?? null;
    const worked = entries.length === 0
      ? await mailRuns.begin(ground, rows.map(({ request }) => request), passwordOf, options, { id: run.mailRun })
      : await mailRuns.resume(run.mailRun, null, passwordOf, options);
    // Whatever ended it, each row says how far its object came.
    const kept = await this.#keepOutcomes(rows, await store.journal.run(run.mailRun));
    if (!kept.ok) return kept;
    return worked.ok ? succeed(null) : worked;
  }

  /** First passwords by the place of the row in the run of mail objects; generated ones are handed over before the first object is made. */
  async #passwords(rows: readonly RowWithRequest[], typed: string | null): Promise<Result<ReadonlyMap<number, string>>> {
    const { policy, run, options } = this.#parts;
    const { store, sealing, ports } = this.#foundation;
    const wanting = rows.flatMap((row, index) => (row.state !== "done" && needsPassword(row) ? [{ row, place: index + 1 }] : []));
    if (policy.kind === "typed" || wanting.length === 0) return succeed(new Map(wanting.map(({ place }) => [place, typed ?? ""] as const)));
    const made = wanting.map(({ row, place }) => ({ row, place, password: generatePassword(policy, [row.request.name, row.request.accountName ?? ""]) }));
    const users = made.map(({ row: { request }, password }) => ({ name: request.name, accountName: request.accountName ?? "", address: request.address ?? "", password }));
    const written = await writePasswordFile({ run: run.id, directory: ports.dataDirectory, recipients: policy.recipients, users }, sealing, options.signal);
    if (!written.ok) return written;
    const noted = await store.jobRuns.note(run.id, { passwordFile: written.value });
    return noted.ok ? succeed(new Map(made.map(({ place, password }) => [place, password] as const))) : noted;
  }

  async #keepOutcomes(rows: readonly RowWithRequest[], entries: readonly JournalEntry[]): Promise<Result<null>> {
    const { store, ports } = this.#foundation;
    const byPlace = new Map(entries.map((entry) => [entry.place, entry]));
    for (const [index, row] of rows.entries()) {
      const entry = byPlace.get(index + 1);
      if (entry === undefined || row.state === "done") continue;
      // A row is done with its licences.
      const made = stateOf(entry);
      const state = made === "done" && row.licences !== null ? "half-done" : made;
      const kept = await store.jobRuns.rowDone(row.run, row.row, { state, object: entry.object ?? row.object, address: entry.address, fault: entry.fault, at: ports.clock.now() });
      if (!kept.ok) return kept;
    }
    return succeed(null);
  }

  async #licenseAll(rows: readonly JobRow[]): Promise<Result<null>> {
    const { run, licences, options } = this.#parts;
    const open = rows.filter((row) => row.licences !== null && !isLeaving(row) && row.state !== "done" && isReady(row));
    if (open.length === 0) return succeed(null);
    const bought = await licences.list(run.storeId, options);
    if (!bought.ok) return bought;
    for (const [done, row] of open.entries()) {
      if (options.signal.aborted) return fail({ kind: "cancelled" });
      options.progress(progress("licensing-rows", { detail: row.name, done, total: open.length }));
      const ended = await this.#license(row, bought.value.subscriptions);
      if (!ended.ok) return ended;
    }
    return succeed(null);
  }

  /** Fails with what ends the run; what is refused to the row is written into it. */
  async #license(row: JobRow, subscriptions: readonly Subscription[]): Promise<Result<null>> {
    const { store, ports } = this.#foundation;
    const user = row.object?.guid ?? null;
    const wanted = row.licences;
    if (wanted === null || user === null) return succeed(null);
    const answer = await this.#changeOnceThere(row, user);
    const names = (ids: readonly string[]) => ids.map((id) => partNumberOf(subscriptions, id));
    const change = answer.ok
      ? { state: "done" as const, given: names(wanted.give), taken: names(wanted.take), fault: null }
      : { state: failedState(row, answer.fault), fault: answer.fault };
    const kept = await store.jobRuns.rowDone(row.run, row.row, { ...change, at: ports.clock.now() });
    if (!kept.ok) return kept;
    return !answer.ok && OF_CONFIGURATION.includes(answer.fault.kind) ? answer : succeed(null);
  }

  async #changeOnceThere(row: JobRow, user: string): Promise<Result<LicenceHolder>> {
    const { run, licences, options } = this.#parts;
    const wanted = row.licences ?? { give: [], take: [], usageLocation: null };
    for (let tries = 0; ; tries += 1) {
      const changed = await licences.change(run.storeId, { user, seen: row.seen, change: wanted }, options);
      if (changed.ok) return changed;
      if (changed.fault.kind === "object-refused" && changed.fault.why === "changed-meanwhile") return this.#isSoAlready(row, user, changed.fault);
      const pause = NOT_THERE_YET[tries];
      if (changed.fault.kind !== "not-found" || pause === undefined) return changed;
      await wait(pause, undefined, { signal: options.signal }).catch(() => undefined);
      if (options.signal.aborted) return fail({ kind: "cancelled" });
    }
  }

  /** What was asked for before the process was killed may have been done. */
  async #isSoAlready({ licences: wanted }: JobRow, user: string, fault: Fault): Promise<Result<LicenceHolder>> {
    const { run, licences, options } = this.#parts;
    const holder = await licences.holder(run.storeId, user, options);
    if (!holder.ok) return holder;
    const direct = new Set(directLicences(holder.value));
    const isSo = wanted !== null && wanted.give.every((id) => direct.has(id)) && wanted.take.every((id) => !direct.has(id));
    return isSo ? holder : fail(fault);
  }
}

function hasRequest(row: JobRow): row is RowWithRequest {
  return row.request !== null;
}

/** Whether the object is there that licences are for: an unmade one waits. */
function isReady({ request, state, object }: JobRow): boolean {
  return object !== null && (request === null || state === "half-done" || state === "unknown");
}

const STATES: Readonly<Record<JournalEntry["state"], JobRowState>> = {
  planned: "planned",
  running: "unknown",
  interrupted: "unknown",
  "half-done": "half-done",
  done: "done",
  failed: "failed",
  cancelled: "planned",
  undone: "failed",
};

function stateOf({ state }: JournalEntry): JobRowState {
  return STATES[state];
}

/** With no answer nobody knows whether it was done. */
function failedState({ request }: JobRow, { kind }: Fault): JobRowState {
  if (kind === "unreachable" || kind === "timeout") return "unknown";
  if (kind === "cancelled") return request === null ? "planned" : "half-done";
  return request === null ? "failed" : "half-done";
}
