/** What holds a page up: the tasks of its main thread, as Chromium's own trace tells them. */
import type { Page } from "@playwright/test";
import { z } from "zod";

/** In milliseconds. What the machine gave to others meanwhile is in the clock's time and not in the thread's CPU time. */
export interface LongestTasks {
  readonly cpuMs: number;
  readonly wallMs: number;
}

const TASKS = "disabled-by-default-devtools.timeline";
const MAIN_THREAD = "CrRendererMain";

/** `dur` and `tdur` are microseconds on the clock and of the thread's CPU time (Trace Event Format, complete events). */
const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string().optional(),
      pid: z.number(),
      tid: z.number(),
      dur: z.number().optional(),
      tdur: z.number().optional(),
      args: z.object({ name: z.unknown() }).partial().optional(),
    }),
  ),
});

/** The longest of all tasks that began and ended while the work was done, by either time. Other pages of the browser must rest. */
export async function longestTasksDuring(page: Page, work: () => Promise<unknown>): Promise<LongestTasks> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("A page without a browser cannot be traced.");
  await browser.startTracing(page, { categories: [TASKS] });
  try {
    await work();
  } catch (error) {
    await browser.stopTracing();
    throw error;
  }
  const { traceEvents } = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString()));
  const threadOf = ({ pid, tid }: { readonly pid: number; readonly tid: number }) => `${pid}/${tid}`;
  const mainThreads = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === MAIN_THREAD).map(threadOf));
  const tasks = traceEvents.filter((event) => event.name === "RunTask" && mainThreads.has(threadOf(event)));
  if (tasks.length === 0) throw new Error("The trace holds no task of a page.");
  return {
    cpuMs: Math.max(...tasks.map(({ tdur }) => tdur ?? 0)) / 1000,
    wallMs: Math.max(...tasks.map(({ dur }) => dur ?? 0)) / 1000,
  };
}
