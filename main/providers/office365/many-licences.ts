/**
 * Licences of many users over Graph, twenty at a time: read, decided over, written. Whoever has to be asked for again goes through all of it
 * once more, so that nothing is written over what nobody has looked at: an answer that was lost says nothing of what was done, and a request
 * that was throttled has been seen to be done all the same (learn.microsoft.com/answers/questions/5529013).
 */
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { LicenceChange } from "../../../shared/model/licence.ts";
import type { CheckMemory } from "../../../shared/rules/pace.ts";
import { pause } from "../../pause.ts";
import type { ManyChanges, ManyLicences, ProviderContext } from "../provider.ts";
import type { Office365Configuration } from "./configuration.ts";
import { everyHolder } from "./every-holder.ts";
import { BATCH, callTogether, type Answered, type Asked } from "./graph-batch.ts";
import { ASSIGNS, assigning, holderIn, NOT_KNOWN_MS, placing, reading, USERS } from "./licences.ts";
import { WritePacer } from "./write-pacer.ts";

/** What is throttled is waited for as long as Graph asks, so often, and so long where it does not say; longer than the last is not waited. Milliseconds. */
const THROTTLED_MS: readonly number[] = [15_000, 30_000, 60_000, 120_000];
const LONGEST_WAIT_MS = 300_000;
/** What came to no answer is looked at again after each of these, in milliseconds: the place of a user and its licences are two answers. */
const UNANSWERED_MS: readonly number[] = [1_000, 5_000];

/** One user on the way. */
interface Turn {
  readonly user: string;
  /** Waits that are left, by what makes one wait. */
  readonly throttled: readonly number[];
  readonly unanswered: readonly number[];
  /** None where no country was set. */
  readonly placed: readonly number[];
  /** Something may have been written. */
  readonly isSent: boolean;
}

interface Again {
  readonly turn: Turn;
  /** Milliseconds. */
  readonly wait: number;
}

/** What one round came to. */
interface Round {
  readonly answers: Map<string, Result<null>>;
  readonly again: Again[];
}

interface Wanted {
  readonly turn: Turn;
  readonly change: LicenceChange;
}

/** One application in one tenant, as long as its account and secrets stay the same. */
const pacers = new WeakMap<CheckMemory, WritePacer>();

function pacerOf({ memory, clock }: ProviderContext): WritePacer {
  const pacer = pacers.get(memory) ?? new WritePacer(clock);
  pacers.set(memory, pacer);
  return pacer;
}

function isUnanswered({ kind }: Fault): boolean {
  return kind === "unreachable" || kind === "timeout";
}

function changesLicences({ change }: Wanted): boolean {
  return change.give.length > 0 || change.take.length > 0;
}

class ManyChange {
  readonly #configuration: Office365Configuration;
  readonly #changes: ManyChanges;
  readonly #context: ProviderContext;
  readonly #pacer: WritePacer;

  constructor(configuration: Office365Configuration, changes: ManyChanges, context: ProviderContext) {
    this.#configuration = configuration;
    this.#changes = changes;
    this.#context = context;
    this.#pacer = pacerOf(context);
  }

  async run(users: readonly string[]): Promise<Result<null>> {
    const { signal, clock } = this.#context;
    let open = users.map((user): Turn => ({ user, throttled: THROTTLED_MS, unanswered: UNANSWERED_MS, placed: [], isSent: false }));
    while (open.length > 0) {
      if (signal.aborted) return fail({ kind: "cancelled" });
      const round: Round = { answers: new Map(), again: [] };
      const ended = await this.#round(open.slice(0, BATCH), round);
      const told = round.answers.size === 0 ? succeed(null) : await this.#changes.done(round.answers);
      if (!told.ok) return told;
      if (!ended.ok) return ended;
      open = [...round.again.map(({ turn }) => turn), ...open.slice(BATCH)];
      const wait = Math.max(0, ...round.again.map((again) => again.wait));
      if (wait > 0 && !(await pause(clock, wait, signal))) return fail({ kind: "cancelled" });
    }
    return succeed(null);
  }

  /** Fails with what ends everything; of users who are neither answered for nor asked for again nobody knows more then than they were told before. */
  async #round(turns: readonly Turn[], round: Round): Promise<Result<null>> {
    const read = await this.#together(turns.map((turn) => ({ of: turn, call: reading(turn.user) })), USERS);
    if (!read.ok) return this.#notRead(turns, read.fault, round);
    const wanted: Wanted[] = [];
    for (const { of: turn, answer } of read.value) {
      const holder = holderIn(turn.user, answer);
      if (!holder.ok) this.#judge(turn, holder.fault, round);
      else {
        const decided = await this.#changes.decide(turn.user, holder.value);
        if (!decided.ok) round.answers.set(turn.user, decided);
        else if (decided.value === null) round.answers.set(turn.user, succeed(null));
        else wanted.push({ turn, change: decided.value });
      }
    }
    return wanted.length === 0 ? succeed(null) : this.#writeAll(wanted, round);
  }

  /** The place first, without which Graph gives nothing: requests of one batch are done in any order. */
  async #writeAll(wanted: readonly Wanted[], round: Round): Promise<Result<null>> {
    const places = wanted.filter(({ change }) => change.usageLocation !== null);
    const licences = wanted.filter(changesLicences);
    // Before anybody is told that something is sent: it may be a while, and be called off.
    if (!(await this.#pacer.room(places.length + licences.length, this.#context.signal))) return fail({ kind: "cancelled" });
    const sending = await this.#changes.sending(wanted.map(({ turn }) => turn.user));
    if (!sending.ok) return sending;
    const placed = await this.#write(places.map((one) => ({ of: one, call: placing(one.turn.user, one.change.usageLocation ?? "") })), USERS, round);
    if (!placed.ok) return placed;
    const [isPlaced, isRefused] = [new Set(placed.value.done), new Set(placed.value.refused)];
    const knowing = licences.filter((one) => !isRefused.has(one)).map((one) => (isPlaced.has(one) ? { ...one, turn: { ...one.turn, placed: NOT_KNOWN_MS } } : one));
    const assigned = await this.#write(knowing.map((one) => ({ of: one, call: assigning(one.turn.user, one.change) })), ASSIGNS, round);
    if (!assigned.ok) return assigned;
    for (const { turn } of [...placed.value.done.filter((one) => !changesLicences(one)), ...assigned.value.done]) round.answers.set(turn.user, succeed(null));
    return succeed(null);
  }

  /** Whoever is refused is answered for, or asked for again. Fails with `cancelled` alone. */
  async #write(asked: readonly Asked<Wanted>[], needs: readonly string[], round: Round): Promise<Result<{ readonly done: readonly Wanted[]; readonly refused: readonly Wanted[] }>> {
    const [done, refused]: [Wanted[], Wanted[]] = [[], []];
    if (asked.length === 0) return succeed({ done, refused });
    const written = await this.#together(asked, needs);
    // What was on its way then may have been done.
    if (!written.ok && written.fault.kind === "cancelled") return written;
    for (const { of: one, answer } of written.ok ? written.value : asked.map(({ of }) => ({ of, answer: written }))) {
      if (answer.ok) done.push(one);
      else {
        refused.push(one);
        this.#judge({ ...one.turn, isSent: true }, answer.fault, round);
      }
    }
    return succeed({ done, refused });
  }

  #together<T>(asked: readonly Asked<T>[], needs: readonly string[]): Promise<Result<readonly Answered<T>[]>> {
    return callTogether(this.#configuration, this.#context, asked, needs);
  }

  /** Nobody was looked at. Who has to be asked for again is, and where that was so before, it ends here: for those to whom something was sent with an answer. */
  #notRead(turns: readonly Turn[], fault: Fault, round: Round): Result<null> {
    const again = turns.map((turn) => this.#again(turn, fault));
    if (again.every((each) => each !== null)) {
      round.again.push(...again);
      return succeed(null);
    }
    for (const { user, isSent } of fault.kind === "cancelled" ? [] : turns) if (isSent) round.answers.set(user, fail(fault));
    return fail(fault);
  }

  #judge(turn: Turn, fault: Fault, round: Round): void {
    const again = this.#again(turn, fault);
    if (again === null) round.answers.set(turn.user, fail(fault));
    else round.again.push(again);
  }

  /** Null where nothing is left to be waited for. */
  #again(turn: Turn, fault: Fault): Again | null {
    if (fault.kind === "throttled") {
      const [unsaid, ...throttled] = turn.throttled;
      const wait = unsaid === undefined || fault.until === null ? unsaid : Math.max(0, fault.until - this.#context.clock.now());
      return wait === undefined || wait > LONGEST_WAIT_MS ? null : { turn: { ...turn, throttled }, wait };
    }
    if (isUnanswered(fault)) {
      const [wait, ...unanswered] = turn.unanswered;
      return wait === undefined ? null : { turn: { ...turn, unanswered }, wait };
    }
    // Graph does not know yet of the place that it has just taken.
    if (fault.kind !== "object-refused" || fault.why !== "usage-location-missing") return null;
    const [wait, ...placed] = turn.placed;
    return wait === undefined ? null : { turn: { ...turn, placed }, wait };
  }
}

export const manyLicences: ManyLicences<Office365Configuration> = {
  everyHolder,
  changeMany: (configuration, users, changes, context) => new ManyChange(configuration, changes, context).run(users),
};
