/**
 * What is done with one object: it is made in the directory first, then its mail part by one server after another. Each step is in the
 * journal before it happens and after, so that whoever takes the work up again knows where it stood.
 */
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { JournalEntry, MailStep, MailStepKind, MadeStep, StepOutcome } from "../../shared/model/mail-object.ts";
import { nextMove } from "../../shared/rules/provisioning.ts";
import { guidOf } from "../directory/distinguished-name.ts";
import type { DirectoryObjects } from "../directory/types.ts";
import { pause } from "../pause.ts";
import type { Clock } from "../ports.ts";
import type { BoundProvisioning, ProvisioningRun } from "../providers/provider.ts";
import type { EntryChange, Journal } from "../store/types.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import type { ServerOrder } from "./server-order.ts";

/** What a run works with. */
export interface WorkParts {
  readonly journal: Journal;
  readonly objects: DirectoryObjects;
  readonly provisioning: BoundProvisioning;
  readonly run: ProvisioningRun;
  readonly connection: StoreConnection;
  readonly servers: ServerOrder;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onStep: (made: MadeStep) => void;
}

/** How long it is looked after what was cut off by a cancel: the look itself is not cancelled. */
const never = new AbortController().signal;

export class ObjectWork {
  readonly #parts: WorkParts;
  #entry: JournalEntry;

  constructor(entry: JournalEntry, parts: WorkParts) {
    this.#entry = entry;
    this.#parts = parts;
  }

  /**
   * The directory's part, from where the entry stands: what is to be made is made, what is there is found. Answers how the entry stands then:
   * also a refused object is a success of the work. Fails where the journal cannot be written, because nothing is done that is not in it.
   */
  async prepare(password: string | null): Promise<Result<JournalEntry>> {
    if (this.#entry.state === "done" || this.#entry.state === "undone") return succeed(this.#entry);
    // What is only planned is running by its first step, which is written down in any case.
    const isUntouched = this.#entry.state === "planned" && this.#entry.fault === null;
    if (isUntouched) this.#entry = { ...this.#entry, state: "running" };
    const started = isUntouched ? succeed(this.#entry) : await this.#change({ state: "running", fault: null });
    if (!started.ok) return started;
    return this.#entry.request.action === "create" ? this.#make(password) : this.#identify();
  }

  /** The mail part of what {@link ObjectWork.prepare} left running; answers and fails as that does. */
  async finish(): Promise<Result<JournalEntry>> {
    return this.#entry.state === "running" ? this.#enable() : succeed(this.#entry);
  }

  /** Takes out of the directory what a `create` put there. */
  async undo(): Promise<Result<JournalEntry>> {
    const { object } = this.#entry;
    if (object === null || this.#entry.request.action !== "create") return fail({ kind: "unsupported", why: "nothing-to-undo" });
    const { objects } = this.#parts;
    const removed = await this.#step("delete", objects.controller, async () => {
      const answer = await objects.remove(object);
      return answer.ok ? { state: "succeeded", already: false, address: null } : { state: isUnanswered(answer.fault) ? "unanswered" : "refused", fault: answer.fault };
    }, ({ state, fault }) => (state === "succeeded" ? { state: "undone", object: null, address: null, fault: null } : { state: "half-done", fault }));
    return removed.ok ? succeed(this.#entry) : removed;
  }

  /** The object that is acted on, which was found before. */
  async #identify(): Promise<Result<JournalEntry>> {
    const { identity, guid = null } = this.#entry.request;
    if (this.#entry.object !== null) return succeed(this.#entry);
    if (identity === null) return this.#end("failed", { kind: "object-refused", why: "object-missing" });
    const found = { identity, guid, controller: this.#parts.objects.controller };
    const read = await this.#parts.objects.read(found, ["objectGUID"]);
    if (!read.ok) return this.#end("failed", read.fault);
    if (read.value === null) return this.#end("failed", { kind: "object-refused", why: "object-missing" });
    // From here on it is this very object, whatever is moved into its place.
    return this.#change({ state: "running", object: { ...found, guid: guidOf(read.value.attributes["objectguid"]?.[0]) } });
  }

  async #make(password: string | null): Promise<Result<JournalEntry>> {
    if (this.#entry.object !== null) return succeed(this.#entry);
    const { objects, provisioning, connection } = this.#parts;
    const { request, steps } = this.#entry;
    const before = steps.findLast(({ kind }) => kind === "create");
    const isOpen = before !== undefined && (before.outcome.state === "started" || before.outcome.state === "unanswered");
    // It was asked for before, and nobody saw the answer.
    if (isOpen) {
      const found = await this.#locate();
      if (!found.ok || this.#entry.object !== null || this.#entry.state !== "running") return found;
    }
    const attributes = provisioning.attributes(request, connection);
    const created = await this.#step("create", objects.controller, async () => {
      const answer = await objects.create(request, { password, attributes });
      if (answer.ok) return { outcome: { state: "succeeded", already: false, address: null }, object: answer.value };
      return { state: isUnanswered(answer.fault) ? "unanswered" : "refused", fault: answer.fault };
    }, ({ state, fault }, object) => (state === "succeeded" ? { state: "running", object } : state === "refused" ? { state: "failed", fault } : { state: "running" }));
    if (!created.ok) return created;
    if (created.value.state !== "unanswered") return succeed(this.#entry);
    const found = await this.#locate();
    if (!found.ok || this.#entry.object !== null || this.#entry.state !== "running") return found;
    return this.#end("failed", created.value.fault);
  }

  /** Looks for the object that a `create` may have made. */
  async #locate(): Promise<Result<JournalEntry>> {
    const { objects } = this.#parts;
    const looked = await this.#step("look", objects.controller, async () => {
      const answer = await objects.locate(this.#entry.request);
      if (!answer.ok) return { state: "unanswered", fault: answer.fault };
      return answer.value === null ? { state: "missing" } : { outcome: { state: "found", address: null }, object: answer.value };
    }, ({ state, fault }, object) => (state === "found" ? { state: "running", object } : state === "missing" ? { state: "running" } : { state: "interrupted", fault }));
    return looked.ok ? succeed(this.#entry) : looked;
  }

  /** The mail part, as the failover rule says. */
  async #enable(): Promise<Result<JournalEntry>> {
    const { servers, clock, signal, provisioning } = this.#parts;
    const { action } = this.#entry.request;
    const before = openAttempt(this.#entry.steps);
    const earlier = this.#entry.steps.length;
    const order = provisioning.via === "servers" ? servers.now() : [null];
    const byDirectory = provisioning.via === "attributes" && action === "create";
    for (;;) {
      // Its last step may have been its end.
      if (this.#entry.state !== "running") return succeed(this.#entry);
      const round = [...before, ...this.#entry.steps.slice(earlier)];
      const move = byDirectory && round.length === 0 ? ({ do: "look", waitMs: 0 } as const) : nextMove(action, order, round);
      if (move.do === "end") return this.#end(move.state, move.fault);
      const mustLook = round.at(-1)?.outcome.state === "unanswered";
      if (move.waitMs > 0) await pause(clock, move.waitMs, signal);
      if (signal.aborted && !(move.do === "look" && mustLook)) return this.#end(action === "create" ? "half-done" : "cancelled", { kind: "cancelled" });
      const after: After = (kind, server, { state, address, outcome }) => {
        const next = nextMove(action, order, [...round, { kind, server, outcome }]);
        const known = (state === "succeeded" || state === "found") && address !== null ? address : this.#entry.address;
        return next.do === "end" ? this.#ending(next.state, next.fault, known) : { state: "running", address: known };
      };
      const stepped = move.do === "look" ? await this.#look(after) : await this.#ask(action === "disable" ? "disable" : "enable", move.server, after);
      if (!stepped.ok) return stepped;
    }
  }

  async #ask(kind: "enable" | "disable", server: string | null, after: After): Promise<Result<Ended>> {
    const { run, servers, signal } = this.#parts;
    const { object, request } = this.#entry;
    if (object === null) throw new Error("a mail part without an object");
    const asked = await this.#step(kind, server, () => run.ask(server, request, object, signal), (ended) => after(kind, server, ended));
    if (asked.ok) servers[asked.value.state === "not-reached" || asked.value.state === "unanswered" ? "unreached" : "reached"](server);
    return asked;
  }

  async #look(after: After): Promise<Result<Ended>> {
    const { run, signal, objects } = this.#parts;
    const { object, request } = this.#entry;
    if (object === null) throw new Error("a look at no object");
    return this.#step("look", objects.controller, () => run.look(request, object, signal.aborted ? never : signal), (ended) => after("look", objects.controller, ended));
  }

  #end(state: EntryChange["state"], fault: Fault | null): Promise<Result<JournalEntry>> {
    return this.#change(this.#ending(state, fault, this.#entry.address));
  }

  #ending(state: EntryChange["state"], fault: Fault | null, address: string | null): EntryChange {
    const { provisioning, connection } = this.#parts;
    const { request } = this.#entry;
    const isGone = request.action === "disable" && state === "done";
    const known = isGone ? null : (address ?? (state === "done" ? provisioning.address(request, connection) : null));
    return { state, fault, address: known };
  }

  async #change(change: EntryChange): Promise<Result<JournalEntry>> {
    const written = await this.#parts.journal.change(this.#entry.id, change);
    if (!written.ok) return written;
    this.#entry = { ...this.#entry, ...change };
    return succeed(this.#entry);
  }

  /** One step: written down, done, written down with what it made of the object. */
  async #step(kind: MailStepKind, server: string | null, act: () => Promise<StepOutcome | Made>, makes: (ended: Ended, object: Made["object"] | null) => EntryChange): Promise<Result<Ended>> {
    const { clock, journal, onStep } = this.#parts;
    const { id, place, request } = this.#entry;
    const number = (this.#entry.steps.at(-1)?.number ?? 0) + 1;
    const begun: MailStep = { number, kind, server, at: clock.now(), ms: null, outcome: { state: "started" } };
    const kept = await journal.begun(id, begun);
    if (!kept.ok) return kept;
    this.#entry = { ...this.#entry, steps: [...this.#entry.steps, begun] };
    onStep({ entry: id, name: request.name, place, step: begun });
    const started = clock.elapsed();
    const answer = await act();
    const { outcome, object } = "outcome" in answer ? answer : { outcome: answer, object: null };
    const step: MailStep = { ...begun, ms: Math.round(clock.elapsed() - started), outcome };
    const ended: Ended = { outcome, state: outcome.state, fault: "fault" in outcome ? outcome.fault : null, address: "address" in outcome ? outcome.address : null };
    const change = makes(ended, object);
    const written = await journal.ended(id, step, change);
    if (!written.ok) return written;
    this.#entry = { ...this.#entry, ...change, steps: [...this.#entry.steps.slice(0, -1), step] };
    onStep({ entry: id, name: request.name, place, step });
    return succeed(ended);
  }
}

/** What a step ended with. */
interface Ended {
  readonly outcome: StepOutcome;
  readonly state: StepOutcome["state"];
  readonly fault: Fault | null;
  readonly address: string | null;
}

/** What a step of the mail part makes of the object: where it was the last one, its end is written with it. */
type After = (kind: MailStepKind, server: string | null, ended: Ended) => EntryChange;

/** A step that made or found an object. */
interface Made {
  readonly outcome: StepOutcome;
  readonly object: NonNullable<JournalEntry["object"]>;
}

/**
 * The last attempt, where neither its answer nor a look after it told how it ended: an earlier round has no other say in the next. One that
 * succeeded and did not end the object found it so already, and waits for a look.
 */
function openAttempt(steps: readonly MailStep[]): readonly MailStep[] {
  const at = steps.findLastIndex(({ kind }) => kind === "enable" || kind === "disable");
  const attempt = steps[at];
  const isOpen = attempt?.outcome.state === "started" || attempt?.outcome.state === "unanswered" || attempt?.outcome.state === "succeeded";
  const isTold = steps.slice(at + 1).some(({ outcome: { state } }) => state === "found" || state === "different" || state === "missing");
  return attempt !== undefined && isOpen && !isTold ? [attempt] : [];
}

/** After these nobody knows whether the far side did it. */
function isUnanswered({ kind }: Fault): boolean {
  return kind === "unreachable" || kind === "timeout" || kind === "cancelled";
}
