import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { streamWork } from "../../../../main/router/streams.ts";
import { fail, succeed } from "../../../../shared/fault.ts";

it("work whose reader stops reading is called off, without any signal of the call", async () => {
  let work: AbortSignal | undefined;
  const reader = streamWork(undefined, ({ signal, progress }) => {
    work = signal;
    progress({ type: "progress", step: "started", detail: null, done: null, total: null, rung: null });
    return new Promise((resolve) => signal.addEventListener("abort", () => resolve(fail({ kind: "cancelled" }))));
  });
  expect(await reader.next()).toMatchObject({ value: { step: "started" } });
  expect(work?.aborted).toBe(false);
  await reader.return();
  expect(work?.aborted).toBe(true);
});

it("work that has ended is listened to by nobody, whatever becomes of its call", async () => {
  let work: AbortSignal = new AbortController().signal;
  const reader = streamWork(new AbortController().signal, ({ signal }) => {
    work = signal;
    return Promise.resolve(succeed("done"));
  });
  expect(await reader.next()).toMatchObject({ value: { type: "done" } });
  await reader.next();
  expect(getEventListeners(work, "abort")).toEqual([]);
});
