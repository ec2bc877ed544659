/** A run that this process is at is held against others, for as long as it goes on. */
import type { Clock } from "./ports.ts";

/** Much shorter than the half minute for which a run is held, so that a slow disk lets nobody else in. */
const HOLD_EVERY_MS = 5_000;

/** Says now and then that this process is still at it; the returned function ends that. */
export function keepHolding(hold: () => Promise<unknown>, clock: Clock): () => void {
  let cancel = () => {};
  let isOver = false;
  const again = () => {
    cancel = clock.after(HOLD_EVERY_MS, () => void renew());
  };
  const renew = async () => {
    // What keeps it from being written keeps the next step from being written too, which says so.
    await hold().catch(() => undefined);
    if (!isOver) again();
  };
  again();
  return () => {
    isOver = true;
    cancel();
  };
}
