/** A link whose far end can be replaced, so that one client outlives dropped connections. */
import type { ClientContext, ClientLink, ClientOptions } from "@orpc/client";

type Waiter = () => void;

/** Calls made while there is no far end wait for the next one, or for their own signal. */
export class ExchangeableLink implements ClientLink<ClientContext> {
  #current: ClientLink<ClientContext> | null = null;
  readonly #waiters = new Set<Waiter>();

  /** Puts a new far end in place; null takes it away. */
  replace(link: ClientLink<ClientContext> | null): void {
    this.#current = link;
    if (link === null) return;
    const waiting = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiting) wake();
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<ClientContext>): Promise<unknown> {
    while (this.#current === null) await this.#farEnd(options.signal);
    return this.#current.call(path, input, options);
  }

  #farEnd(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#waiters.delete(wake);
        reject(new DOMException("The call was cancelled", "AbortError"));
      };
      const wake = () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      if (signal?.aborted === true) abort();
      else {
        signal?.addEventListener("abort", abort, { once: true });
        this.#waiters.add(wake);
      }
    });
  }
}
