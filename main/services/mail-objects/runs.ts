/** Runs of mail objects: begun, gone on with, taken back. */
import { madeProgress, progress } from "../../../shared/contract/progress.ts";
import type { RunSummary } from "../../../shared/contract/mail-objects.ts";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { JournalEntry, MailRequest } from "../../../shared/model/mail-object.ts";
import type { DirectoryObjects } from "../../directory/types.ts";
import type { Clock } from "../../ports.ts";
import type { WorkParts } from "../../mail-objects/object-work.ts";
import { runFault, undoOne, workRun } from "../../mail-objects/run.ts";
import { ServerOrder } from "../../mail-objects/server-order.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { contextOf, groundOf, openDirectory, serversOf, type Ground, type StatusesOf } from "./ground.ts";
import { isUserType } from "../../../shared/rules/mail-types.ts";

/** How long after a cancel the directory may still be asked, in milliseconds. */
const LINGER_MS = 10_000;

/** Entries that a summary carries; the journal has them all. */
const SUMMARISED = 200;

export type PasswordOf = (entry: JournalEntry) => string | null;

export class MailRuns {
  readonly #foundation: Foundation;
  readonly #statusesOf: StatusesOf;

  constructor(foundation: Foundation, statusesOf: StatusesOf) {
    this.#foundation = foundation;
    this.#statusesOf = statusesOf;
  }

  /**
   * Does new requests. Fails before anything is written where the directory cannot be signed in to or no mail part could be made, and with `invalid` (`password`) where
   * a user would get no first password.
   */
  async begin(ground: Ground, requests: readonly MailRequest[], passwordOf: (place: number) => string | null, options: WorkOptions): Promise<Result<RunSummary>> {
    const { store, ports } = this.#foundation;
    if (requests.some((request, index) => isNewUser(request) && isNone(passwordOf(index + 1)))) return fail(PASSWORD_MISSING);
    const obstacle = this.#obstacle(ground, options);
    if (obstacle !== null) return fail(obstacle);
    const parts = await this.#open(ground, null, options);
    if (!parts.ok) return parts;
    const { id, document } = ground.stored;
    const { provider, variant } = ground.messaging.configuration;
    const begun = await store.journal.begin({ storeId: id, storeName: document.name, at: ports.clock.now(), by: ports.user, provider: { provider, variant }, requests });
    if (!begun.ok) {
      await parts.value.objects.close();
      return begun;
    }
    const entries = await store.journal.run(begun.value.run);
    return this.#work(begun.value.run, entries, parts.value, ({ place }) => passwordOf(place), options);
  }

  /**
   * Goes on with what is not done of a run, or with one entry of it. Fails with `not-found: run`, `unsupported: run-under-way`, and with
   * `invalid` (`password`) where a user is still to be made and no first password was given.
   */
  async resume(run: string, only: string | null, password: string | null, options: WorkOptions): Promise<Result<RunSummary>> {
    const { journal } = this.#foundation.store;
    const all = await journal.run(run);
    const open = all.filter(({ id, state }) => (only === null || id === only) && state !== "done" && state !== "undone");
    const [first] = open;
    if (first === undefined) return all.length === 0 ? fail({ kind: "not-found", what: "run" }) : succeed(summary(run, all));
    if (isNone(password) && open.some(needsPassword)) return fail(PASSWORD_MISSING);
    const ground = groundOf(this.#foundation, first.storeId);
    if (!ground.ok) return ground;
    const obstacle = this.#obstacle(ground.value, options);
    if (obstacle !== null) return fail(obstacle);
    const taken = await journal.take(run);
    if (!taken.ok) return taken;
    const controller = open.find(({ object }) => object !== null)?.object?.controller ?? null;
    const parts = await this.#open(ground.value, controller, options);
    if (!parts.ok) {
      await journal.release(run);
      return parts;
    }
    return this.#work(run, open, parts.value, (entry) => (needsPassword(entry) ? password : null), options);
  }

  /** Fails with `unsupported: nothing-to-undo` for what is done or was never made. */
  async undo(id: string, options: WorkOptions): Promise<Result<JournalEntry>> {
    const { journal } = this.#foundation.store;
    const entry = await journal.entry(id);
    if (entry === null) return fail({ kind: "not-found", what: "journal-entry" });
    if (entry.state === "done" || entry.object === null) return fail({ kind: "unsupported", why: "nothing-to-undo" });
    const ground = groundOf(this.#foundation, entry.storeId);
    if (!ground.ok) return ground;
    const taken = await journal.take(entry.run);
    if (!taken.ok) return taken;
    const parts = await this.#open(ground.value, entry.object.controller, options);
    if (!parts.ok) {
      await journal.release(entry.run);
      return parts;
    }
    return undoOne(entry, parts.value);
  }

  /** Why the mail part of no object could be made: no object is put into the directory for that. */
  #obstacle(ground: Ground, options: WorkOptions): Fault | null {
    const isServerMissing = ground.provisioning.via === "servers" && this.#byPriority(ground).length === 0;
    return isServerMissing ? { kind: "not-found", what: "ticked-servers" } : ground.provisioning.obstacle(contextOf(this.#foundation, ground, options));
  }

  #byPriority(ground: Ground): readonly string[] {
    const { order, last } = serversOf(ground, this.#statusesOf);
    return [...order, ...last.map(({ name }) => name)];
  }

  async #open(ground: Ground, controller: string | null, options: WorkOptions): Promise<Result<WorkParts>> {
    const { ports, store } = this.#foundation;
    options.progress(progress("signing-in", { detail: ground.connection.kind === "active-directory" ? ground.connection.username : null }));
    const objects = await this.#openDirectory(ground, controller, options);
    if (!objects.ok) return objects;
    const byPriority = ground.provisioning.via === "servers" ? this.#byPriority(ground) : [null];
    return succeed({
      journal: store.journal,
      objects: objects.value,
      provisioning: ground.provisioning,
      run: ground.provisioning.open(contextOf(this.#foundation, ground, options), objects.value),
      connection: ground.connection,
      servers: new ServerOrder(byPriority, ports.clock),
      clock: ports.clock,
      signal: options.signal,
      onStep: (made) => options.progress(madeProgress(made)),
    });
  }

  /** The connection outlives a cancel by a little: only a look tells what came of what was under way then. */
  async #openDirectory(ground: Ground, controller: string | null, options: WorkOptions): Promise<Result<DirectoryObjects>> {
    const signal = lingering(options.signal, LINGER_MS, this.#foundation.ports.clock);
    const opening = openDirectory(this.#foundation, ground, controller, { ...options, signal });
    const opened = await Promise.race([opening, aborted(options.signal)]);
    if (opened !== null) return opened;
    // Whoever cancels does not wait for a controller.
    void opening.then(async (late) => late.ok && (await late.value.close()), () => undefined);
    return fail({ kind: "cancelled" });
  }

  async #work(run: string, entries: readonly JournalEntry[], parts: WorkParts, passwordOf: PasswordOf, options: WorkOptions): Promise<Result<RunSummary>> {
    const total = entries.length;
    options.progress(progress("run-begun", { detail: run, done: 0, total }));
    const onObject = ({ request }: JournalEntry, done: number) => options.progress(progress("objects-done", { detail: request.name, done, total }));
    const worked = await workRun(run, entries, parts, { passwordOf, onObject });
    if (!worked.ok) return worked;
    const [first] = worked.value;
    const done = worked.value.filter(({ state }) => state === "done").length;
    this.#foundation.record({ kind: "mail-objects-done", storeId: first?.storeId ?? null, storeName: first?.storeName ?? null, subject: `${done}/${total}`, detail: runFault(options.signal, worked.value)?.kind ?? null });
    return succeed(summary(run, worked.value));
  }
}

/** Aborts so many milliseconds after another signal. */
function lingering(signal: AbortSignal, ms: number, clock: Clock): AbortSignal {
  const late = new AbortController();
  signal.addEventListener("abort", () => void clock.after(ms, () => late.abort()), { once: true });
  if (signal.aborted) late.abort();
  return late.signal;
}

/** Null once the signal aborts. */
function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener("abort", () => resolve(null), { once: true });
  });
}

/** A first password is kept nowhere: whoever goes on enters one for the users that are still to be made. */
function needsPassword({ request, object }: JournalEntry): boolean {
  return object === null && isNewUser(request);
}

function isNewUser({ action, type }: MailRequest): boolean {
  return action === "create" && isUserType(type);
}

function isNone(password: string | null): boolean {
  return password === null || password === "";
}

const PASSWORD_MISSING: Fault = { kind: "invalid", issues: [{ path: ["password"], code: "required" }] };

/** What is not done comes first. */
function summary(run: string, entries: readonly JournalEntry[]): RunSummary {
  const counts: Record<string, number> = {};
  for (const { state } of entries) counts[state] = (counts[state] ?? 0) + 1;
  const ordered = [...entries.filter(({ state }) => state !== "done"), ...entries.filter(({ state }) => state === "done")];
  return { run, total: entries.length, counts, entries: ordered.slice(0, SUMMARISED) };
}
