/** Feeds and long work as event iterators. */
import type { FeedEvent } from "../../shared/contract/feed.ts";
import type { Progress } from "../../shared/contract/progress.ts";
import type { Result } from "../../shared/fault.ts";
import type { Feed } from "../feed.ts";
import type { WorkOptions } from "../services/index.ts";

/** A signal for calls that come without one: never aborts. */
export function signalOf(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}

interface Entry<T> {
  key: string;
  value: T;
}

function outgoing<T>(event: FeedEvent<T>) {
  const { sequence } = event;
  if (event.type === "snapshot") return { type: event.type, sequence, entries: event.entries.map((entry): Entry<T> => ({ ...entry })), ...(event.more === true ? { more: event.more } : {}) };
  return { type: event.type, sequence, set: event.set.map((entry): Entry<T> => ({ ...entry })), removed: [...event.removed] };
}

/** A feed as a procedure's output; ends when the reader goes away. */
export async function* followFeed<T>(feed: Feed<T>, signal: AbortSignal | undefined) {
  for await (const event of feed.read(signalOf(signal))) yield outgoing(event);
}

/**
 * Runs work and streams its progress, then one `done`. The work's signal aborts when the call is aborted, its connection
 * closes or its reader stops reading.
 */
export async function* streamWork<T>(signal: AbortSignal | undefined, run: (options: WorkOptions) => Promise<Result<T>>) {
  const stopped = new AbortController();
  const aborted = AbortSignal.any([signalOf(signal), stopped.signal]);
  const queue: Progress[] = [];
  const state = { ended: false, wake: () => {} };
  const ring = () => state.wake();
  const progress = (event: Progress) => {
    queue.push(event);
    ring();
  };
  const work = run({ signal: aborted, progress }).finally(() => {
    state.ended = true;
    ring();
  });
  // The rejection is met at the await below; this keeps it from counting as unhandled until then.
  work.catch(ring);
  aborted.addEventListener("abort", ring);
  try {
    while (!state.ended && !aborted.aborted) {
      if (queue.length === 0) await new Promise<void>((resolve) => (state.wake = resolve));
      for (const event of queue.splice(0)) yield event;
    }
    for (const event of queue.splice(0)) yield event;
    yield { type: "done" as const, result: await work };
  } finally {
    aborted.removeEventListener("abort", ring);
    stopped.abort();
  }
}

