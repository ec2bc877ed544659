/**
 * A bounded number of runs at a time. What a person asked for goes before what carries a tick, and that before the rest;
 * none of them can be kept waiting by what is less urgent, or by what holds its slot for long.
 */

import { setImmediate as turn } from "node:timers/promises";

/** 0: asked for by a person. 1: servers that carry a tick. 2: the others. */
export type Urgency = 0 | 1 | 2;

/** What an item asks for. */
export interface Claim {
  readonly urgency: Urgency;
  /** It held its slot for long the last time, as a server does that does not answer. */
  readonly slow: boolean;
}

/** Slots that slow items can hold, as a share of all: three hundred dead servers leave the other half to the living. */
const SLOW_SHARE = 1 / 2;
/** Slots that the least urgent can hold, as a share of all. */
const LEAST_URGENT_SHARE = 3 / 4;
/** One slow start in so many goes to the least urgent first: more dead servers with a tick than slots would shut them out. */
const TURN = 4;

export class Slots<T> {
  readonly #size: number;
  readonly #start: (item: T) => Promise<void>;
  readonly #waiting = new Map<T, Claim>();
  /** In the order in which they are asked. */
  readonly #queues: readonly { readonly claim: Claim; readonly items: Set<T> }[];
  readonly #running = new Map<Promise<void>, Claim>();
  #slowStarts = 0;

  /** `start` runs an item and must not reject. */
  constructor(size: number, start: (item: T) => Promise<void>) {
    this.#size = size;
    this.#start = start;
    const claims = ([0, 1, 2] as const).flatMap((urgency) => [false, true].map((slow): Claim => ({ urgency, slow })));
    this.#queues = claims.map((claim) => ({ claim, items: new Set<T>() }));
  }

  /** Queues an item, or moves it to a more urgent queue. Starts it at once when a slot is free. */
  add(item: T, claim: Claim): void {
    const present = this.#waiting.get(item);
    if (present !== undefined && present.urgency <= claim.urgency) return;
    this.remove(item);
    this.#waiting.set(item, claim);
    this.#queueOf(claim)?.add(item);
    this.#fill();
  }

  /** Takes an item that has not started out of its queue. */
  remove(item: T): void {
    const claim = this.#waiting.get(item);
    if (claim === undefined) return;
    this.#waiting.delete(item);
    this.#queueOf(claim)?.delete(item);
  }

  /** Empties the queues and resolves when everything that runs has ended. */
  async close(): Promise<void> {
    for (const item of this.#waiting.keys()) this.remove(item);
    await Promise.all(this.#running.keys());
  }

  #queueOf(claim: Claim): Set<T> | undefined {
    return this.#queues.find((queue) => queue.claim.urgency === claim.urgency && queue.claim.slow === claim.slow)?.items;
  }

  #fill(): void {
    while (this.#running.size < this.#size) {
      const queue = this.#next();
      const [item] = queue?.items ?? [];
      if (queue === undefined || item === undefined) return;
      this.remove(item);
      if (queue.claim.slow) this.#slowStarts += 1;
      const run = this.#start(item).then(async () => {
        // Items that end without waiting for anything would otherwise run all in one turn of the event loop.
        await turn();
        this.#running.delete(run);
        this.#fill();
      });
      this.#running.set(run, queue.claim);
    }
  }

  #next() {
    const open = this.#queues.filter(({ claim, items }) => items.size > 0 && this.#mayStart(claim));
    const [first] = open;
    const turned = first?.claim.slow === true && this.#slowStarts % TURN === TURN - 1;
    return turned ? (open.findLast(({ claim }) => claim.slow) ?? first) : first;
  }

  #mayStart(claim: Claim): boolean {
    const held = (like: (other: Claim) => boolean) => [...this.#running.values()].filter(like).length;
    if (claim.slow && held(({ slow }) => slow) >= this.#size * SLOW_SHARE) return false;
    return claim.urgency < 2 || held(({ urgency }) => urgency === 2) < this.#size * LEAST_URGENT_SHARE;
  }
}
