/**
 * How long this process's event loop is held. A timer that is due every few milliseconds looks at the thread's own CPU time: what a
 * callback holds shows as CPU between two looks, and time in which the machine gave the core to others does not. A stretch
 * can look longer than it is by the timer's period, never shorter. Waiting for a disc is not seen.
 */
import { performance } from "node:perf_hooks";

const PERIOD_MS = 5;

export interface LoopWatch {
  /** The longest stretch since the last question, in milliseconds: of this thread's CPU time, and on the clock. */
  longest(): { readonly cpuMs: number; readonly wallMs: number };
  stop(): void;
}

const cpuNow = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

export function watchLoop(): LoopWatch {
  let [cpu, wall] = [cpuNow(), performance.now()];
  let longest = { cpuMs: 0, wallMs: 0 };
  const timer = setInterval(() => {
    const before = { cpu, wall };
    [cpu, wall] = [cpuNow(), performance.now()];
    longest = { cpuMs: Math.max(longest.cpuMs, cpu - before.cpu), wallMs: Math.max(longest.wallMs, wall - before.wall) };
  }, PERIOD_MS);
  return {
    longest: () => {
      const told = longest;
      longest = { cpuMs: 0, wallMs: 0 };
      return told;
    },
    stop: () => clearInterval(timer),
  };
}
