/**
 * Notices on their way to becoming mails: gathered, so that a thousand servers that go offline are one mail, and sent again where the
 * server only asks to wait. Kept in memory: what waits when the console ends stands in the activity all the same.
 */
import { randomUUID } from "node:crypto";
import type { Fault, Result } from "../../shared/fault.ts";
import type { MailedNotice } from "../../shared/model/notification-mail.ts";
import type { Clock } from "../ports.ts";
import { isPassing } from "./replies.ts";
import type { Sent } from "./send.ts";

/** What happens within it is one mail, in milliseconds. */
export const GATHER_MS = 15_000;
/** No store sends more than one mail within it, in milliseconds. */
export const PAUSE_MS = 10 * 60_000;
/** A mail that was put off is tried again after the first, and twice as long each time up to the second, in milliseconds (RFC 5321, 4.5.4.1). */
export const FIRST_RETRY_MS = 60_000;
export const LONGEST_RETRY_MS = 60 * 60_000;
/** After it nobody tries any more, in milliseconds. */
export const GIVE_UP_MS = 24 * 60 * 60_000;
/** So many notices are listed in one mail; the others are counted. */
export const MOST_LISTED = 200;

/** What becomes one mail. */
export interface Batch {
  /** The same for each try. */
  readonly key: string;
  readonly notices: readonly MailedNotice[];
  /** How many more there were than are listed. */
  readonly more: number;
  /** Null for everybody; else those who have not got it yet. */
  readonly to: readonly string[] | null;
}

export interface QueueDependencies {
  readonly clock: Clock;
  /** Never rejects. */
  readonly deliver: (storeId: string, batch: Batch) => Promise<Result<Sent>>;
  /** Hears of what nobody, or not everybody, will get. */
  readonly dropped: (storeId: string, fault: Fault) => void;
}

interface UnderWay {
  readonly batch: Batch;
  /** On the monotonic clock. */
  readonly since: number;
  readonly tries: number;
}

interface StoreQueue {
  waiting: readonly MailedNotice[];
  more: number;
  underWay: UnderWay | null;
  /** When the next mail may go, on the monotonic clock. */
  notBefore: number;
  cancel: (() => void) | null;
}

export class NoticeQueue {
  readonly #deps: QueueDependencies;
  readonly #stores = new Map<string, StoreQueue>();
  #disposed = false;

  constructor(deps: QueueDependencies) {
    this.#deps = deps;
  }

  add(storeId: string, notice: MailedNotice): void {
    const queue = this.#queueOf(storeId);
    if (queue.waiting.length < MOST_LISTED) queue.waiting = [...queue.waiting, notice];
    else queue.more += 1;
    if (queue.underWay === null) this.#wake(storeId, queue, Math.max(GATHER_MS, queue.notBefore - this.#deps.clock.elapsed()));
  }

  /** Ends it; what waits is let go. */
  dispose(): void {
    this.#disposed = true;
    for (const { cancel } of this.#stores.values()) cancel?.();
    this.#stores.clear();
  }

  #queueOf(storeId: string): StoreQueue {
    const known = this.#stores.get(storeId);
    if (known !== undefined) return known;
    const made: StoreQueue = { waiting: [], more: 0, underWay: null, notBefore: 0, cancel: null };
    this.#stores.set(storeId, made);
    return made;
  }

  /** One timer a store: what is due already is not put off by what comes later. */
  #wake(storeId: string, queue: StoreQueue, ms: number): void {
    queue.cancel ??= this.#deps.clock.after(ms, () => {
      queue.cancel = null;
      void this.#send(storeId, queue);
    });
  }

  async #send(storeId: string, queue: StoreQueue): Promise<void> {
    const now = this.#deps.clock.elapsed();
    const current = queue.underWay ?? { batch: { key: randomUUID(), notices: queue.waiting, more: queue.more, to: null }, since: now, tries: 0 };
    if (queue.underWay === null) [queue.waiting, queue.more] = [[], 0];
    queue.underWay = current;
    const answer = await this.#deps.deliver(storeId, current.batch);
    if (this.#disposed) return;
    const left = this.#left(storeId, answer, current);
    queue.underWay = left;
    const after = this.#deps.clock.elapsed();
    if (left !== null) return this.#wake(storeId, queue, retryAfter(left.tries));
    queue.notBefore = after + PAUSE_MS;
    if (queue.waiting.length > 0) this.#wake(storeId, queue, PAUSE_MS);
    return undefined;
  }

  /** What is to be tried again; null where that is nothing. */
  #left(storeId: string, answer: Result<Sent>, { batch, since, tries }: UnderWay): UnderWay | null {
    const { clock, dropped } = this.#deps;
    const refused = answer.ok ? answer.value.refused : [];
    const passing = refused.filter(({ fault }) => isPassing(fault));
    const final = answer.ok ? refused.find(({ fault }) => !isPassing(fault))?.fault : isPassing(answer.fault) ? undefined : answer.fault;
    if (final !== undefined) dropped(storeId, final);
    const delay = answer.ok ? passing[0]?.fault : isPassing(answer.fault) ? answer.fault : undefined;
    if (delay === undefined) return null;
    if (clock.elapsed() - since + retryAfter(tries + 1) > GIVE_UP_MS) {
      dropped(storeId, delay);
      return null;
    }
    return { batch: answer.ok ? { ...batch, to: passing.map(({ address }) => address) } : batch, since, tries: tries + 1 };
  }
}

function retryAfter(tries: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, tries - 1));
}
