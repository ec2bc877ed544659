/** Feeds: state for readers who may be slow. Each reader gets a snapshot, then the latest value per key. */
import { setImmediate as turn, setTimeout as delay } from "node:timers/promises";
import type { FeedEvent } from "../shared/contract/feed.ts";

/** The most keys in one event: to check, write and send a thousand rows at once would hold the event loop. */
const MOST_KEYS = 50;

interface Reader {
  readonly changed: Set<string>;
  wake: (() => void) | null;
}

/** At least one piece, perhaps an empty one. */
function* inPieces(keys: readonly string[]): Generator<{ readonly keys: readonly string[]; readonly more: boolean }, void, void> {
  for (let from = 0; from === 0 || from < keys.length; from += MOST_KEYS) {
    yield { keys: keys.slice(from, from + MOST_KEYS), more: from + MOST_KEYS < keys.length };
  }
}

/** A keyed collection whose changes can be followed. A slow reader skips values, never keys; many changes come in several events. */
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
    let sequence = 0;
    try {
      for (const { keys, more } of inPieces([...this.#entries.keys()])) {
        yield this.#snapshotOf(keys, sequence, more);
        sequence += 1;
        if (more) await turn();
        if (signal.aborted) return;
      }
      for (;;) {
        if (reader.changed.size === 0) await this.#wakeUp(reader);
        if (signal.aborted) return;
        if (this.#gatherMs > 0) await delay(this.#gatherMs, null, { ref: false });
        for (const { keys, more } of inPieces([...reader.changed])) {
          if (signal.aborted) return;
          yield this.#changeOf(keys, sequence, reader);
          sequence += 1;
          if (more) await turn();
        }
      }
    } finally {
      signal.removeEventListener("abort", stop);
      this.#readers.delete(reader);
    }
  }

  async #wakeUp(reader: Reader): Promise<void> {
    await new Promise<void>((resolve) => {
      reader.wake = resolve;
    });
    reader.wake = null;
  }

  /** What has gone meanwhile is told of as a change. */
  #snapshotOf(keys: readonly string[], sequence: number, more: boolean): FeedEvent<T> {
    const entries: { key: string; value: T }[] = [];
    for (const key of keys) {
      const value = this.#entries.get(key);
      if (value !== undefined) entries.push({ key, value });
    }
    return { type: "snapshot", sequence, entries, ...(more ? { more } : {}) };
  }

  #changeOf(keys: readonly string[], sequence: number, { changed }: Reader): FeedEvent<T> {
    const set: { key: string; value: T }[] = [];
    const removed: string[] = [];
    for (const key of keys) {
      changed.delete(key);
      const value = this.#entries.get(key);
      if (value === undefined) removed.push(key);
      else set.push({ key, value });
    }
    return { type: "change", sequence, set, removed };
  }

  #touch(key: string): void {
    for (const reader of this.#readers) {
      reader.changed.add(key);
      reader.wake?.();
    }
  }
}
