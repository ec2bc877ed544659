/** Runs of mail objects: begun, gone on with, taken back. */
import { progress } from "../../../shared/contract/progress.ts";
import type { RunSummary } from "../../../shared/contract/mail-objects.ts";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { JournalEntry, MailRequest } from "../../../shared/model/mail-object.ts";
import { isOver, needsPassword } from "../../../shared/rules/mail-types.ts";
import { runFault, undoOne, workRun } from "../../mail-objects/run.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { groundOf, type Ground, type StatusesOf } from "./ground.ts";
import { LINGER_MS, obstacleOf, openParts, type RunParts } from "./run-parts.ts";

/** Entries that a summary carries; the journal has them all. */
const SUMMARISED = 200;

const NOTHING_TO_UNDO: Fault = { kind: "unsupported", why: "nothing-to-undo" };
const PASSWORD_MISSING: Fault = { kind: "invalid", issues: [{ path: ["password"], code: "required" }] };

export class MailRuns {
  readonly #foundation: Foundation;
  readonly #statusesOf: StatusesOf;
  /** The journal lets one process in, and that may have several pages. */
  readonly #atWork = new Map<string, Promise<unknown>>();
  readonly #ending = new AbortController();

  constructor(foundation: Foundation, statusesOf: StatusesOf) {
    this.#foundation = foundation;
    this.#statusesOf = statusesOf;
  }

  /**
   * Does new requests. Fails before that where the directory cannot be signed in to, where
   * no mail part could be made, and with `invalid` (`password`) where a user would get no first password.
   */
  async begin(ground: Ground, requests: readonly MailRequest[], passwordOf: (place: number) => string | null, given: WorkOptions, { id: known, begun, ended }: Beginning = {}): Promise<Result<RunSummary>> {
    const { store, ports } = this.#foundation;
    const options = this.#whileOpen(given);
    if (requests.some((request, index) => needsPassword({ request, object: null }) && isNone(passwordOf(index + 1)))) return fail(PASSWORD_MISSING);
    const obstacle = obstacleOf(this.#foundation, ground, this.#statusesOf, options);
    if (obstacle !== null) return fail(obstacle);
    const parts = await openParts(this.#foundation, ground, this.#statusesOf, null, options);
    if (!parts.ok) return parts;
    const { id, document } = ground.stored;
    const { provider, variant } = ground.messaging.configuration;
    try {
      const kept = await store.journal.begin({ storeId: id, storeName: document.name, at: ports.clock.now(), by: ports.user, provider: { provider, variant }, requests, ...(known === undefined ? {} : { id: known }) });
      if (!kept.ok) return kept;
      const { run } = kept.value;
      begun?.();
      return await this.#alone(run, async () => this.#work(run, await store.journal.run(run), { parts: parts.value, passwordOf: ({ place }) => passwordOf(place), ended, options }));
    } finally {
      await parts.value.close();
    }
  }

  /**
   * Goes on with what is not done of a run, or with one entry of it. Fails with `not-found: run`, `unsupported: run-under-way`, and with
   * `invalid` (`password`) where a user is still to be made and no first password was given.
   */
  resume(run: string, only: string | null, passwordOf: (place: number) => string | null, given: WorkOptions, { ended }: Pick<Beginning, "ended"> = {}): Promise<Result<RunSummary>> {
    return this.#taken(run, async () => {
      const options = this.#whileOpen(given);
      const all = await this.#foundation.store.journal.run(run);
      const open = all.filter((entry) => (only === null || entry.id === only) && !isOver(entry));
      const [first] = open;
      if (first === undefined) return succeed(summary(run, all));
      if (open.some((entry) => needsPassword(entry) && isNone(passwordOf(entry.place)))) return fail(PASSWORD_MISSING);
      const ground = groundOf(this.#foundation, first.storeId);
      if (!ground.ok) return ground;
      const obstacle = obstacleOf(this.#foundation, ground.value, this.#statusesOf, options);
      if (obstacle !== null) return fail(obstacle);
      const controller = open.map(askedAt).find((each) => each !== null) ?? null;
      const parts = await openParts(this.#foundation, ground.value, this.#statusesOf, controller, options);
      if (!parts.ok) return parts;
      try {
        return await this.#work(run, open, { parts: parts.value, passwordOf: ({ place }) => passwordOf(place), ended, options });
      } finally {
        await parts.value.close();
      }
    });
  }

  /** Fails with `unsupported: nothing-to-undo` for what is done or was never made. */
  async undo(id: string, given: WorkOptions): Promise<Result<JournalEntry>> {
    const { journal } = this.#foundation.store;
    const found = await journal.entry(id);
    if (found === null) return fail({ kind: "not-found", what: "journal-entry" });
    return this.#taken(found.run, async () => {
      const options = this.#whileOpen(given);
      // As it stands now that nobody else is at it: it may have been finished meanwhile.
      const entry = await journal.entry(id);
      if (entry === null || entry.state === "done" || entry.object === null) return fail(NOTHING_TO_UNDO);
      const ground = groundOf(this.#foundation, entry.storeId);
      if (!ground.ok) return ground;
      const parts = await openParts(this.#foundation, ground.value, this.#statusesOf, entry.object.controller, options);
      if (!parts.ok) return parts;
      try {
        return await undoOne(entry, parts.value);
      } finally {
        await parts.value.close();
      }
    });
  }

  /** Ends every run between two objects, and waits until what is under way was looked at. */
  async dispose(): Promise<void> {
    this.#ending.abort();
    let stop = () => {};
    const late = new Promise<void>((resolve) => (stop = this.#foundation.ports.clock.after(LINGER_MS, resolve)));
    await Promise.race([Promise.allSettled(this.#atWork.values()), late]);
    stop();
  }

  #whileOpen({ signal, progress: tell }: WorkOptions): WorkOptions {
    return { signal: AbortSignal.any([signal, this.#ending.signal]), progress: tell };
  }

  /** Fails with `unsupported: run-under-way` while another page of this process is at it. */
  async #alone<T>(run: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#atWork.has(run)) return fail({ kind: "unsupported", why: "run-under-way" });
    const working = work();
    this.#atWork.set(run, working);
    try {
      return await working;
    } finally {
      this.#atWork.delete(run);
      await this.#foundation.store.journal.release(run);
    }
  }

  /** As {@link MailRuns.#alone}, of a run that was begun before: other processes are kept out of it first. */
  #taken<T>(run: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
    return this.#alone(run, async () => {
      const taken = await this.#foundation.store.journal.take(run);
      return taken.ok ? work() : taken;
    });
  }

  async #work(run: string, entries: readonly JournalEntry[], { parts, passwordOf, ended, options }: Work): Promise<Result<RunSummary>> {
    const total = entries.length;
    options.progress(progress("run-begun", { detail: run, done: 0, total }));
    const onObject = async (entry: JournalEntry, done: number) => {
      options.progress(progress("objects-done", { detail: entry.request.name, done, total }));
      await ended?.(entry);
    };
    const worked = await workRun(run, entries, parts, { passwordOf: (entry) => (needsPassword(entry) ? passwordOf(entry) : null), onObject });
    if (!worked.ok) return worked;
    const [first] = worked.value;
    const done = worked.value.filter(({ state }) => state === "done").length;
    this.#foundation.record({ kind: "mail-objects-done", storeId: first?.storeId ?? null, storeName: first?.storeName ?? null, subject: `${done}/${total}`, detail: runFault(options.signal, worked.value)?.kind ?? null });
    return succeed(summary(run, worked.value));
  }
}

interface Beginning {
  /** The run's id, where somebody has to know it before it begins. */
  readonly id?: string;
  /** Called once the requests are in the journal. */
  readonly begun?: () => void;
  /** Hears each object as it ends, before the next one is waited for. */
  readonly ended?: ((entry: JournalEntry) => Promise<void>) | undefined;
}

interface Work {
  readonly parts: RunParts;
  readonly passwordOf: (entry: JournalEntry) => string | null;
  readonly ended: Beginning["ended"];
  readonly options: WorkOptions;
}

/** The controller that an object was made at, or that was asked to make it and did not answer: another one may not know of it yet. */
function askedAt({ object, steps }: JournalEntry): string | null {
  return object?.controller ?? steps.findLast(({ kind }) => kind === "create")?.server ?? null;
}

function isNone(password: string | null): boolean {
  return password === null || password === "";
}

/** What is not done comes first. */
function summary(run: string, entries: readonly JournalEntry[]): RunSummary {
  const counts: Record<string, number> = {};
  for (const { state } of entries) counts[state] = (counts[state] ?? 0) + 1;
  const ordered = [...entries.filter(({ state }) => state !== "done"), ...entries.filter(({ state }) => state === "done")];
  return { run, total: entries.length, counts, entries: ordered.slice(0, SUMMARISED) };
}
