import type { Clock } from "../../ports.ts";

/** The longest a timer of the platform can wait; one that is told to wait longer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits of any length, in steps that the platform can wait. What is not a number never comes. */
function after(ms: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number) => {
    const step = Math.min(Math.max(left, 0), LONGEST_TIMER_MS);
    timer = setTimeout(() => (left > step ? wait(left - step) : callback()), step);
    timer.unref();
  };
  wait(Number.isNaN(ms) ? Infinity : ms);
  return () => clearTimeout(timer);
}

/** The system's time. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after,
  random: () => Math.random(),
};
