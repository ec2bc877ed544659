/** One run of a job at work: first the mail objects through their own run, then licences, each row written down as it ends. */
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { JobRow, JobRowState, JobRun } from "../../../shared/model/job-run.ts";
import type { LicenceHolder } from "../../../shared/model/licence.ts";
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import type { PasswordPolicy } from "../../../shared/model/password-policy.ts";
import { directLicences } from "../../../shared/rules/licence-plan.ts";
import { runFault } from "../../mail-objects/run.ts";
import { pause } from "../../pause.ts";
import type { LicencesService } from "../licences.ts";
import type { Ground } from "../mail-objects/ground.ts";
import type { MailRuns } from "../mail-objects/runs.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { firstPasswords, hasRequest, wantingPasswords, type RowWithRequest } from "./first-passwords.ts";
import { isLeaving, LeavingWork } from "./leaving-work.ts";
import { LicensingWork } from "./licensing-work.ts";

/** A run waits as long as Graph asks, so often for one row, and so long where it does not say; longer than the last of these it does not wait. Milliseconds. */
const THROTTLED: readonly number[] = [15_000, 30_000, 60_000, 120_000];
const LONGEST_WAIT_MS = 300_000;

interface WorkParts {
  readonly mailRuns: MailRuns;
  readonly licences: LicencesService;
  readonly run: JobRun;
  /** The job's messaging provider. */
  readonly ground: Ground;
  readonly policy: PasswordPolicy;
  readonly options: WorkOptions;
}

export class JobWork {
  readonly #foundation: Foundation;
  readonly #parts: WorkParts;
  /** How far objects were when it was last written into their rows, by the row. */
  readonly #kept = new Map<number, JournalEntry["state"]>();

  constructor(foundation: Foundation, parts: WorkParts) {
    this.#foundation = foundation;
    this.#parts = parts;
  }

  /** Fails with what ended it early; rows hold what became of each. */
  async run(password: string | null): Promise<Result<null>> {
    const { store } = this.#foundation;
    const { run, options } = this.#parts;
    const rows = await store.jobRuns.allRows(run.id);
    const made = await this.#mailObjects(rows.filter(hasRequest), password);
    if (!made.ok) return made;
    if (options.signal.aborted) return fail({ kind: "cancelled" });
    const { licences, ground } = this.#parts;
    const providerId = ground.stored.id;
    const left = await new LeavingWork(this.#foundation, { licences, providerId, run, options, change: (row, user) => this.#changePatiently(row, user) }).run(rows);
    if (!left.ok) return left;
    const licensed = await this.#licenseAll(await store.jobRuns.allRows(run.id), made.value.finished);
    // Who is there gets licences, also where others could not be made.
    return licensed.ok && made.value.fault !== null ? fail(made.value.fault) : licensed;
  }

  /** Rows whose object is made or mail-enabled, in one run of mail objects, which goes on where it was cut off. */
  async #mailObjects(rows: readonly RowWithRequest[], typed: string | null): Promise<Result<Made>> {
    const { store } = this.#foundation;
    const { run, ground, options, mailRuns, policy } = this.#parts;
    if (run.mailRun === null) return succeed({ finished: new Set(), fault: null });
    const before = await store.journal.run(run.mailRun);
    const passwords = await firstPasswords(this.#foundation, wantingPasswords(rows, before), { run: run.id, policy, typed, ground, options });
    if (!passwords.ok) return passwords;
    const passwordOf = (place: number) => passwords.value.get(place) ?? null;
    const ended = async (entry: JournalEntry): Promise<void> => {
      const row = rows[entry.place - 1];
      // What keeps it from being written is met again at the end, where it ends the run.
      if (row !== undefined) await this.#keepOutcome(row, entry);
    };
    const worked = before.length === 0
      ? await mailRuns.begin(ground, rows.map(({ request }) => request), passwordOf, options, { id: run.mailRun, ended })
      : await mailRuns.resume(run.mailRun, null, passwordOf, options, { ended });
    const entries = await store.journal.run(run.mailRun);
    // Whatever ended it, each row says how far its object came.
    for (const entry of entries) {
      const row = rows[entry.place - 1];
      const kept = row === undefined ? succeed(null) : await this.#keepOutcome(row, entry);
      if (!kept.ok) return kept;
    }
    if (!worked.ok) return worked;
    const finished = new Set(entries.flatMap(({ state, place }) => (state === "done" ? (rows[place - 1]?.row ?? []) : [])));
    return succeed({ finished, fault: runFault(options.signal, entries) });
  }

  async #keepOutcome(row: RowWithRequest, entry: JournalEntry): Promise<Result<null>> {
    const { store, ports } = this.#foundation;
    if (row.state === "done" || this.#kept.get(row.row) === entry.state || (row.state === "planned" && entry.state === "planned")) return succeed(null);
    // A row is done with its licences.
    const state = entry.state === "done" && row.licences !== null ? "half-done" : STATES[entry.state];
    const kept = await store.jobRuns.changeRow(row.run, row.row, { state, object: entry.object ?? row.object, address: entry.address, fault: entry.fault, at: ports.clock.now() });
    if (kept.ok) this.#kept.set(row.row, entry.state);
    return kept;
  }

  /** `finished`: rows whose object has its mail part. */
  async #licenseAll(rows: readonly JobRow[], finished: ReadonlySet<number>): Promise<Result<null>> {
    const { run, ground, licences, options } = this.#parts;
    const providerId = ground.stored.id;
    const open = rows.filter((row) => row.licences !== null && !isLeaving(row) && row.state !== "done" && (row.request === null || finished.has(row.row)));
    if (open.length === 0) return succeed(null);
    const bought = await licences.list(providerId, options);
    if (!bought.ok) return bought;
    return new LicensingWork(this.#foundation, { licences, providerId, run, options, subscriptions: bought.value.subscriptions }).run(open);
  }

  /** Asks again as long as the tenant asks for patience. */
  async #changePatiently(row: JobRow, user: string): Promise<Result<LicenceHolder>> {
    const { ground, licences, options } = this.#parts;
    const { clock } = this.#foundation.ports;
    const wanted = row.licences ?? { give: [], take: [], usageLocation: null };
    const throttled = [...THROTTLED];
    for (;;) {
      const changed = await licences.change(ground.stored.id, { user, seen: row.seen, change: wanted }, options);
      if (changed.ok) return changed;
      const { fault } = changed;
      if (fault.kind === "object-refused" && fault.why === "changed-meanwhile") return this.#isSoAlready(row, user, fault);
      const wait = fault.kind === "throttled" ? this.#untilLetIn(fault, throttled.shift()) : undefined;
      if (wait === undefined || wait > LONGEST_WAIT_MS) return changed;
      if (!(await pause(clock, wait, options.signal))) return fail({ kind: "cancelled" });
    }
  }

  /** Milliseconds; `unsaid` where the far side does not say, undefined where it was waited for often enough. */
  #untilLetIn({ until }: Extract<Fault, { kind: "throttled" }>, unsaid: number | undefined): number | undefined {
    return unsaid === undefined || until === null ? unsaid : Math.max(0, until - this.#foundation.ports.clock.now());
  }

  /** What was asked for before the process was killed may have been done. */
  async #isSoAlready({ licences: wanted }: JobRow, user: string, fault: Fault): Promise<Result<LicenceHolder>> {
    const { ground, licences, options } = this.#parts;
    const holder = await licences.holder(ground.stored.id, user, options);
    if (!holder.ok) return holder;
    const direct = new Set(directLicences(holder.value));
    const isSo = wanted !== null && wanted.give.every((id) => direct.has(id)) && wanted.take.every((id) => !direct.has(id));
    return isSo ? holder : fail(fault);
  }
}

/** What a run of mail objects came to. */
interface Made {
  readonly finished: ReadonlySet<number>;
  /** What cut it short; null where all of it was tried. */
  readonly fault: Fault | null;
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
