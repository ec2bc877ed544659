import type { Clock } from "../../ports.ts";

/** Calls back when there was no connection for `limitMs`, counted from now and from the last one that closed. */
export function watchIdle(clock: Clock, limitMs: number, onIdle: () => void): { connections(open: number): void; stop(): void } {
  let cancel = clock.after(limitMs, onIdle);
  return {
    connections(open) {
      cancel();
      cancel = open === 0 ? clock.after(limitMs, onIdle) : () => undefined;
    },
    stop: () => cancel(),
  };
}
