/** Feeds: state for readers who may be slow. Each reader gets a snapshot, then the latest value per key. */
import { setTimeout as delay } from "node:timers/promises";
import type { FeedEvent } from "../shared/contract/feed.ts";

interface Reader {
  readonly changed: Set<string>;
  wake: (() => void) | null;
}

/** A keyed collection whose changes can be followed. A slow reader skips values, never keys. */
export class Feed<T> {
  readonly #entries = new Map<string, T>();
  readonly #readers = new Set<Reader>();
  readonly #gatherMs: number;

  /** `gatherMs`: after a change a reader waits this many milliseconds for more of them, and sends them as one. */
  constructor(options: { readonly gatherMs?: number } = {}) {
    this.#gatherMs = options.gatherMs ?? 0;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key);
  }

  values(): readonly T[] {
    return [...this.#entries.values()];
  }

  set(key: string, value: T): void {
    this.#entries.set(key, value);
    this.#touch(key);
  }

  delete(key: string): void {
    if (this.#entries.delete(key)) this.#touch(key);
  }

  /** Makes the collection equal to `entries`; values that are deeply equal as JSON are not sent again. */
  replace(entries: readonly (readonly [key: string, value: T])[]): void {
    const next = new Map(entries);
    for (const key of this.#entries.keys()) if (!next.has(key)) this.delete(key);
    for (const [key, value] of next) {
      const before = this.#entries.get(key);
      if (before === undefined || JSON.stringify(before) !== JSON.stringify(value)) this.set(key, value);
    }
  }

  /** Streams a snapshot and then changes until the signal aborts. */
  async *read(signal: AbortSignal): AsyncGenerator<FeedEvent<T>, void, void> {
    const reader: Reader = { changed: new Set(), wake: null };
    const stop = () => reader.wake?.();
    this.#readers.add(reader);
    signal.addEventListener("abort", stop);
    try {
      let sequence = 0;
      yield { type: "snapshot", sequence, entries: [...this.#entries].map(([key, value]) => ({ key, value })) };
      while (!signal.aborted) {
        if (reader.changed.size === 0) {
          await new Promise<void>((resolve) => {
            reader.wake = resolve;
          });
          reader.wake = null;
          if (this.#gatherMs > 0) await delay(this.#gatherMs, null, { ref: false });
          continue;
        }
        sequence += 1;
        yield this.#changesFor(reader, sequence);
      }
    } finally {
      signal.removeEventListener("abort", stop);
      this.#readers.delete(reader);
    }
  }

  #changesFor(reader: Reader, sequence: number): FeedEvent<T> {
    const set: { key: string; value: T }[] = [];
    const removed: string[] = [];
    for (const key of reader.changed) {
      const value = this.#entries.get(key);
      if (value === undefined) removed.push(key);
      else set.push({ key, value });
    }
    reader.changed.clear();
    return { type: "change", sequence, set, removed };
  }

  #touch(key: string): void {
    for (const reader of this.#readers) {
      reader.changed.add(key);
      reader.wake?.();
    }
  }
}
