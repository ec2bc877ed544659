/** Bundles that were opened and wait for a choice: held in memory for a while, addressed by a random token, never sent to the renderer. */
import { randomUUID } from "node:crypto";
import type { Bundle } from "../../../shared/model/bundle.ts";
import type { Clock } from "../../ports.ts";

/** Milliseconds a bundle is held after its last use, and how many are; the oldest goes first. */
const HOLD_MS = 10 * 60 * 1000;
const HELD = 4;

export class OpenedBundles {
  readonly #clock: Clock;
  readonly #held = new Map<string, { readonly bundle: Bundle; cancel: () => void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  hold(bundle: Bundle): string {
    const [oldest] = this.#held.keys();
    if (this.#held.size >= HELD && oldest !== undefined) this.release(oldest);
    const token = randomUUID();
    this.#held.set(token, { bundle, cancel: this.#dropLater(token) });
    return token;
  }

  /** Its time begins anew; null when that is over. */
  get(token: string): Bundle | null {
    const held = this.#held.get(token);
    if (held === undefined) return null;
    held.cancel();
    held.cancel = this.#dropLater(token);
    return held.bundle;
  }

  /** Forgets a bundle, which may be gone already. */
  release(token: string): void {
    this.#held.get(token)?.cancel();
    this.#held.delete(token);
  }

  dispose(): void {
    for (const token of this.#held.keys()) this.release(token);
  }

  #dropLater(token: string): () => void {
    return this.#clock.after(HOLD_MS, () => this.release(token));
  }
}
