/** Listens for main's sign of life, because a process that hangs keeps its connection. */
import { BEAT_MS, SILENT_AFTER_MS } from "../../shared/rules/liveness.ts";

export interface BeatListener {
  /** Follows main's beats for as long as the connection stands. */
  readonly beats: () => Promise<AsyncIterable<number>>;
  /** With each beat, as main numbered it. */
  heard(beat: number): void;
  /** Once, when none came for too long; a later beat takes it back. */
  silent(): void;
}

/** A look at the clock that comes so much later than it should: the page itself did not run. */
const SLEPT_AFTER_MS = 2.5 * BEAT_MS;
const LOOKS = SILENT_AFTER_MS / BEAT_MS;

/**
 * Silence is counted in looks that this page took in time, not in minutes that went by: after the sleep of a laptop, of a tab in the
 * background or of a page that was busy, main gets its whole time to be heard. Such a page looks rarely or not at all, and nobody
 * looks at it. The returned function stops, once the connection has dropped.
 */
export function listenForBeats(listener: BeatListener): () => void {
  const stop = new AbortController();
  let quiet = 0;
  let lookedAt = performance.now();

  const look = () => {
    const now = performance.now();
    const slept = now - lookedAt > SLEPT_AFTER_MS;
    lookedAt = now;
    quiet = slept ? 0 : quiet + 1;
    if (quiet === LOOKS) listener.silent();
  };
  const listen = async () => {
    while (!stop.signal.aborted) {
      try {
        for await (const beat of await listener.beats()) {
          if (stop.signal.aborted) return;
          quiet = 0;
          listener.heard(beat);
        }
      } catch {
        // Whoever does not beat is silent; whether the connection is gone is for the connection to say.
      }
      await new Promise((resolve) => setTimeout(resolve, BEAT_MS));
    }
  };

  const timer = setInterval(look, BEAT_MS);
  void listen();
  return () => {
    stop.abort();
    clearInterval(timer);
  };
}
