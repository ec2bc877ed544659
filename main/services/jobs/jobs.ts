/** Jobs as they are saved: each in the document of the identity store that it writes to, so that every save is a revision of that. */
import { createHash, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { hostname } from "node:os";
import type { Evaluated, JobDetail, JobSummary, SourceSample } from "../../../shared/contract/jobs.ts";
import { progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Issue, type Result } from "../../../shared/fault.ts";
import type { FieldMapping, Job, JobSettings, JobSource } from "../../../shared/model/job.ts";
import { blankJob, jobIssues } from "../../../shared/rules/job.ts";
import { nameKey } from "../../../shared/rules/name-key.ts";
import { mappingIssues, openMapping } from "../../jobs/mapping.ts";
import { passwordIssues } from "../../jobs/passwords.ts";
import { nextRuns, scheduleIssues } from "../../jobs/schedule.ts";
import { followedSchedule, missedRun } from "./due-times.ts";
import { readSource } from "../../jobs/sources/index.ts";
import type { StoredIdentityStore } from "../../store/types.ts";
import { documentChanges } from "../forms.ts";
import { groundOf, type Ground } from "../mail-objects/ground.ts";
import { Newest } from "../newest.ts";
import { gone, type Foundation, type WorkOptions } from "../rooms.ts";

/** A save is tried so often over what others saved meanwhile of the same identity store. */
const TRIES = 5;

/** Rows of a source that a page shows, and runs of a schedule. */
const SAMPLED = 20;
const SHOWN_RUNS = 5;

const CHANGED = { kind: "object-refused", why: "changed-meanwhile" } as const;

/** A job where it stands. */
export interface FoundJob {
  readonly stored: StoredIdentityStore;
  readonly job: Job;
}

/** The identity store and the job. Fails with `not-found`. */
export function jobOf({ store }: Pick<Foundation, "store">, storeId: string, id: string): Result<FoundJob> {
  const stored = store.identityStores.get(storeId);
  if (stored === null) return fail(gone("identity-store"));
  const job = stored.document.jobs?.find((each) => each.id === id);
  return job === undefined ? fail({ kind: "not-found", what: "job" }) : succeed({ stored, job });
}

/** The messaging provider that a job works with, as it is saved. Fails as `groundOf` does, and with `not-found: provider` where its own is not there. */
export function jobGround(foundation: Foundation, storeId: string, { id, provider }: Pick<Job, "id" | "provider">): Result<Ground> {
  const own = provider === "own" ? foundation.store.identityStores.providerOf(storeId, id) : storeId;
  return own === null ? fail(gone("provider")) : groundOf(foundation, own);
}

/** What keeps settings from being run, as far as it can be told without reading the source. Paths are of settings. `ground` is the job's. */
export async function settingsIssues(ground: Result<Ground>, settings: JobSettings): Promise<Issue[]> {
  const { password, schedule } = settings;
  const isLacking = settings.provider === "own" && !ground.ok;
  const offered = ground.ok ? ground.value.provisioning.types(ground.value.connection).find(({ type }) => type === settings.type) : undefined;
  const type = !ground.ok ? [] : offered === undefined ? [{ path: ["type"], code: "type-not-supported" }] : offered.why === null ? [] : [{ path: ["type"], code: offered.why }];
  const within = (head: string) => (issue: Issue): Issue => ({ ...issue, path: [head, ...issue.path] });
  const needsContainer = ground.ok && isInDirectory(ground.value);
  return [
    ...(isLacking ? [{ path: ["provider"], code: "provider-not-set-up" }] : []),
    ...jobIssues(settings, { hasSubscriptions: ground.ok && ground.value.provider.hasSubscriptions, needsContainer }),
    ...type,
    ...mappingIssues(settings.mapping, null).map(within("mapping")),
    ...(await passwordIssues(password)),
    ...(schedule === null ? [] : scheduleIssues(schedule.pattern, schedule.timeZone).map(within("schedule"))),
  ];
}

export class JobsService {
  readonly #foundation: Foundation;
  readonly #newest: Newest;
  /** How often it was decided here what becomes of missed runs, which the store has no edition of. */
  #settled = 0;

  constructor(foundation: Foundation) {
    this.#foundation = foundation;
    const { ports: { clock }, store } = foundation;
    this.#newest = new Newest({ store, clock, value: () => this.#edition() });
  }

  /** Says that a job, a run or a row of a run is another one. */
  get news(): Newest["feed"] {
    return this.#newest.feed;
  }

  /** Ends the feed. */
  dispose(): void {
    this.#newest.dispose();
  }

  /** Every job, by its name. */
  async list(): Promise<Result<JobSummary[]>> {
    const { store, ports } = this.#foundation;
    const found = store.identityStores.list().flatMap((stored) => (stored.document.jobs ?? []).map((job) => ({ stored, job })));
    const [last, due] = [await store.jobRuns.lastOf(found.map(({ job }) => job.id)), await store.jobRuns.due.of()];
    const now = ports.clock.now();
    return succeed(found.map(({ stored, job }) => summaryOf({ stored, job }, { lastRun: last.get(job.id) ?? null, missed: missedRun(job, due.get(job.id) ?? null, now) }, now)).toSorted((one, other) => one.name.localeCompare(other.name, "en")));
  }

  async get(storeId: string, id: string): Promise<Result<JobDetail>> {
    const found = jobOf(this.#foundation, storeId, id);
    return found.ok ? succeed(await this.#detail(found.value)) : found;
  }

  blank(storeId: string): Result<JobSettings> {
    const ground = groundOf(this.#foundation, storeId);
    if (!ground.ok) return ground;
    const [offered] = ground.value.provisioning.types(ground.value.connection).filter(({ type, why }) => why === null && isHeldByOne(type));
    if (offered === undefined) return fail({ kind: "unsupported", why: "no-mail-system" });
    const { connection } = ground.value;
    // Where the directory's own tools put users.
    const users = connection.kind === "active-directory" && isInDirectory(ground.value) ? `CN=Users,${connection.domain.split(".").map((label) => `DC=${label}`).join(",")}` : null;
    return succeed(blankJob(offered.type, users));
  }

  /** `like`: the job whose own provider it begins with; null for none. */
  async create(storeId: string, settings: JobSettings, like: string | null = null): Promise<Result<JobDetail>> {
    const job: Job = { ...settings, id: randomUUID() };
    const made = await this.#write(storeId, job.id, (jobs) => (jobs.some(({ id }) => id === job.id) ? succeed(jobs) : succeed([...jobs, job])));
    if (!made.ok || like === null || settings.provider !== "own") return made;
    const provided = await this.#provideLike(storeId, job.id, like);
    // The job is there all the same, and says what it lacks.
    if (!provided.ok) this.#foundation.ports.logger.warn("a job's own messaging provider could not be taken along", { job: job.id, fault: provided.fault });
    return this.get(storeId, job.id);
  }

  /** Secrets are taken along by reference, as with a duplicate of an identity store. */
  async #provideLike(storeId: string, id: string, like: string): Promise<Result<null>> {
    const { store, ports } = this.#foundation;
    const known = store.identityStores.providerOf(storeId, like);
    const original = known === null ? null : store.identityStores.get(known);
    const messaging = original?.document.messaging ?? null;
    if (original === null || messaging === null) return succeed(null);
    const provided = await this.provide(storeId, id);
    if (!provided.ok) return provided;
    const made = store.identityStores.get(provided.value.id);
    if (made === null) return fail(gone("provider"));
    const note = { who: ports.user, at: ports.clock.now(), action: "duplicated", changes: [], tested: original.tested } as const;
    const saved = await store.identityStores.save(made.id, { ...made.document, messaging }, made.revision, note, "kept");
    return saved.ok ? succeed(null) : saved;
  }

  /** `seen` is the job over which it was entered. */
  async save(storeId: string, id: string, settings: JobSettings, seen: JobSettings): Promise<Result<JobDetail>> {
    return this.#write(storeId, id, (jobs) => {
      const before = jobs.find((each) => each.id === id);
      if (before === undefined) return fail({ kind: "not-found", what: "job" });
      const { id: _id, ...stored } = before;
      if (isSame(stored, settings)) return succeed(jobs);
      if (!isSame(stored, seen)) return fail(CHANGED);
      return succeed(jobs.map((each) => (each.id === id ? { ...settings, id } : each)));
    });
  }

  async remove(storeId: string, id: string): Promise<Result<null>> {
    const found = jobOf(this.#foundation, storeId, id);
    if (!found.ok) return found;
    const { identityStores } = this.#foundation.store;
    const provider = identityStores.providerOf(storeId, id);
    const removed = await this.#change(storeId, (jobs) => succeed(jobs.filter((each) => each.id !== id)));
    if (!removed.ok) return removed;
    // Nothing uses it from now on, whether it can be taken away or not.
    if (provider !== null) await identityStores.remove(provider);
    await this.#follow({ stored: { ...found.value.stored, revision: found.value.stored.revision + 1 }, job: { ...found.value.job, enabled: false } });
    this.#foundation.record({ kind: "job-removed", storeId, storeName: found.value.stored.document.name, subject: found.value.job.name, detail: null });
    return succeed(null);
  }

  /** `job` is null while it is new. */
  async check(storeId: string, job: string | null, settings: JobSettings): Promise<Result<Issue[]>> {
    const { store } = this.#foundation;
    if (store.identityStores.get(storeId) === null) return fail(gone("identity-store"));
    return succeed(await settingsIssues(jobGround(this.#foundation, storeId, { id: job ?? "", provider: settings.provider }), settings));
  }

  /** Makes room for a provider that is the job's alone, which is then set up as an identity store's is, and answers its id. Fails with `not-found`, and as storing does. */
  async provide(storeId: string, id: string): Promise<Result<{ id: string }>> {
    const found = jobOf(this.#foundation, storeId, id);
    if (!found.ok) return found;
    const { store, ports } = this.#foundation;
    const note = { who: ports.user, at: ports.clock.now(), action: "created", changes: [], tested: { state: "untested" } } as const;
    return store.identityStores.provide(storeId, id, note);
  }

  /** The first rows of a source, and what was found in all of it. Fails as reading it does. */
  async sample(source: JobSource, options: WorkOptions): Promise<Result<SourceSample>> {
    options.progress(progress("reading-source", { detail: source.path }));
    const read = await readSource(source, { ...options, forbidden: this.#foundation.ports.dataDirectory });
    return read.ok ? succeed({ facts: read.value.facts, rows: read.value.rows.slice(0, SAMPLED) }) : read;
  }

  /** What mappings make of rows, for a page that shows it while somebody types. */
  async evaluate(mapping: readonly FieldMapping[], rows: readonly Readonly<Record<string, string>>[], signal: AbortSignal): Promise<Result<Evaluated[][]>> {
    const { ports, expressions } = this.#foundation;
    const made = await openMapping(mapping, { now: ports.clock.now(), computerName: hostname(), expressions }).rows(rows, signal);
    return made.ok ? succeed(made.value.map((row) => [...row])) : made;
  }

  nextRuns(pattern: string, timeZone: string): Result<number[]> {
    const issues = scheduleIssues(pattern, timeZone);
    if (issues.length > 0) return fail({ kind: "invalid", issues: [...issues] });
    return succeed([...nextRuns({ pattern, timeZone }, this.#foundation.ports.clock.now(), SHOWN_RUNS)]);
  }

  /** What was missed up to now is decided about; nothing is run. Fails with `not-found`, and as storing does. */
  async settle(storeId: string, id: string, run: boolean): Promise<Result<null>> {
    const found = jobOf(this.#foundation, storeId, id);
    if (!found.ok) return found;
    const { ports, store, record } = this.#foundation;
    const settled = await store.jobRuns.due.settle(id, ports.clock.now());
    if (!settled.ok) return settled;
    this.#settled += 1;
    this.#newest.soon();
    if (!run) record({ kind: "job-left-out", storeId, storeName: found.value.stored.document.name, subject: found.value.job.name, detail: null });
    return settled;
  }

  /** Another text after every save of a job, and every change of a run: one of the same length, however many jobs there are. */
  #edition(): string {
    const { identityStores, jobRuns } = this.#foundation.store;
    const saved = identityStores.list().flatMap(({ id, revision, document }) => (document.jobs === undefined ? [] : [`${id} ${revision}`]));
    return createHash("sha256").update([jobRuns.newest(), this.#settled, ...saved].join("\n")).digest("base64");
  }

  /** From now on, where the schedule is another one. What cannot be written is written by whoever watches schedules. */
  async #follow({ stored, job }: FoundJob): Promise<void> {
    const { ports, store } = this.#foundation;
    const schedule = followedSchedule(job);
    const followed = await store.jobRuns.due.follow(job.id, { schedule, revision: stored.revision }, ports.clock.now());
    if (!followed.ok) ports.logger.warn("a schedule that was saved could not be followed at once", { job: job.id, fault: followed.fault });
  }

  async #detail({ stored, job }: FoundJob): Promise<JobDetail> {
    return { storeId: stored.id, job, revision: stored.revision, issues: await settingsIssues(jobGround(this.#foundation, stored.id, job), job) };
  }

  async #write(storeId: string, id: string, edit: (jobs: readonly Job[]) => Result<readonly Job[]>): Promise<Result<JobDetail>> {
    const written = await this.#change(storeId, (jobs) => {
      const after = edit(jobs);
      if (!after.ok) return after;
      const mine = after.value.find((each) => each.id === id);
      const isTaken = after.value.some((each) => each.id !== id && nameKey(each.name) === nameKey(mine?.name ?? ""));
      return isTaken ? fail({ kind: "invalid", issues: [{ path: ["name"], code: "name-taken" }] }) : after;
    });
    if (!written.ok) return written;
    const found = jobOf(this.#foundation, storeId, id);
    if (!found.ok) return found;
    if (written.value) await this.#follow(found.value);
    if (written.value) this.#foundation.record({ kind: "job-saved", storeId, storeName: found.value.stored.document.name, subject: found.value.job.name, detail: String(found.value.stored.revision) });
    return succeed(await this.#detail(found.value));
  }

  /** Whether anything changed. What others saved of the same identity store meanwhile is taken as it is. */
  async #change(storeId: string, edit: (jobs: readonly Job[]) => Result<readonly Job[]>): Promise<Result<boolean>> {
    const { store, ports, providers } = this.#foundation;
    for (let tries = 1; ; tries += 1) {
      const stored = store.identityStores.get(storeId);
      if (stored === null) return fail(gone("identity-store"));
      const { jobs = [], ...rest } = stored.document;
      const edited = edit(jobs);
      if (!edited.ok) return edited;
      if (isDeepStrictEqual(edited.value, jobs)) return succeed(false);
      const document = edited.value.length === 0 ? rest : { ...rest, jobs: edited.value };
      const changes = documentChanges(providers, stored.document, document);
      const note = { who: ports.user, at: ports.clock.now(), action: "job", changes, tested: stored.tested } as const;
      const saved = await store.identityStores.save(storeId, document, stored.revision, note, "kept");
      if (saved.ok) return succeed(true);
      if (saved.fault.kind !== "conflict" || tries >= TRIES) return saved;
    }
  }
}

/** As JSON has them: a page's copy lacks nothing but what is undefined. */
function isSame(one: JobSettings, other: JobSettings): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)));
}

/** Whether new objects are made in an Active Directory, in a container of it. */
function isInDirectory({ connection, provisioning }: Ground): boolean {
  return connection.kind === "active-directory" && provisioning.openObjects === null;
}

/** Groups come with their members, which is not a matter of one row. */
function isHeldByOne(type: Job["type"]): boolean {
  return type === "mailbox" || type === "mail-user" || type === "mail-contact";
}

function summaryOf({ stored, job }: FoundJob, told: Pick<JobSummary, "lastRun" | "missed">, now: number): JobSummary {
  const { id, name, description, enabled, type, source, schedule } = job;
  const nextRun = enabled && schedule !== null ? (nextRuns(schedule, now, 1)[0] ?? null) : null;
  return { id, storeId: stored.id, storeName: stored.document.name, name, description, enabled, type, source, nextRun, ...told };
}
