/** A link whose far end can be replaced, so that one client outlives dropped connections. */
import type { ClientContext, ClientLink, ClientOptions } from "@orpc/client";
import { pressOver } from "./pressing.ts";
import { outcomeOf, Unanswered } from "./unanswered.ts";

async function afterPress<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } finally {
    await pressOver();
  }
}

/** A call that was sent, until its answer is whole or the connection is given up. */
class UnderWay {
  readonly #path: readonly string[];
  readonly #stop = new AbortController();
  #given: Unanswered | null = null;
  #reject: (error: Unanswered) => void = () => undefined;

  constructor(path: readonly string[]) {
    this.#path = path;
  }

  /** Aborts for the caller, and where a far end that is still there is not waited for any longer. */
  signal(callers: AbortSignal | undefined): AbortSignal {
    return callers === undefined ? this.#stop.signal : AbortSignal.any([callers, this.#stop.signal]);
  }

  /** Settles as `step`, though not while something is pressed, or at once when the call is given up. */
  until<T>(step: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      afterPress(step).then(resolve, reject);
      this.#reject = reject;
      if (this.#given !== null) reject(this.#given);
    });
  }

  giveUp(): void {
    this.#given = new Unanswered(outcomeOf(this.#path));
    this.#reject(this.#given);
  }

  /** Has the far end, which still stands, stop as well. */
  cancel(): void {
    this.#stop.abort();
  }
}

function isStream(output: unknown): output is AsyncIterator<unknown> & AsyncIterable<unknown> {
  return typeof output === "object" && output !== null && Symbol.asyncIterator in output;
}

/**
 * While there is no far end a call fails at once and is never made up for: what a person asked for then is not meant any more
 * when the connection is back. Calls that are under way when a far end goes say what is known of them.
 */
export class ExchangeableLink implements ClientLink<ClientContext> {
  #current: ClientLink<ClientContext> | null = null;
  readonly #underWay = new Set<UnderWay>();

  /** Puts a new far end in place; null where it is gone. */
  replace(link: ClientLink<ClientContext> | null): void {
    this.#current = link;
    this.#giveUp();
  }

  /** Takes away a far end that is there and does not answer: it is told to stop, should it hear that one day. */
  silence(): void {
    const calls = [...this.#underWay];
    this.replace(null);
    for (const call of calls) call.cancel();
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
    options.signal?.throwIfAborted();
    if (this.#current === null) throw new Unanswered("not-done");
    const call = new UnderWay(path);
    this.#underWay.add(call);
    let streams = false;
    try {
      const output = await call.until(this.#current.call(path, input, { ...options, signal: call.signal(options.signal) }));
      streams = isStream(output);
      return isStream(output) ? this.#follow(output, call) : output;
    } finally {
      if (!streams) this.#underWay.delete(call);
    }
  }

  async *#follow(events: AsyncIterator<unknown>, call: UnderWay): AsyncGenerator<unknown, unknown, void> {
    try {
      for (;;) {
        const { done, value } = await call.until(events.next());
        if (done === true) return value;
        yield value;
      }
    } finally {
      this.#underWay.delete(call);
      // Over a connection that is gone nothing can be taken back, and nothing need be.
      events.return?.()?.catch(() => undefined);
    }
  }

  #giveUp(): void {
    for (const call of this.#underWay) call.giveUp();
    this.#underWay.clear();
  }
}
