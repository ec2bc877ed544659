/** Word for pages that something is new in a list that they ask for themselves. */
import { Feed } from "../feed.ts";
import { Gathering } from "../gathering.ts";
import type { Clock } from "../ports.ts";
import type { Store } from "../store/types.ts";

/** Changes are gathered this long, in milliseconds. */
const REFRESH_MS = 50;

export class Newest {
  readonly #refresh: Gathering;
  readonly #unsubscribe: () => void;
  /** One value, under the key `newest`. */
  readonly feed = new Feed<string>();

  /** `value` is asked after every change of the store: another text where there is something new. */
  constructor({ store, clock, value }: { readonly store: Pick<Store, "onChange">; readonly clock: Clock; readonly value: () => string }) {
    this.#refresh = new Gathering(clock, REFRESH_MS, () => this.feed.replace([["newest", value()]]));
    this.#refresh.now();
    this.#unsubscribe = store.onChange(() => this.soon());
  }

  /** For what changes without a word of the store. */
  soon(): void {
    this.#refresh.soon();
  }

  dispose(): void {
    this.#unsubscribe();
    this.#refresh.stop();
  }
}
