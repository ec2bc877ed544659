import { afterEach, expect, it } from "vitest";
import { announceConnection, whenOpen } from "../../../../renderer/host/connection.ts";
import { getEventListeners } from "node:events";
import { isKept } from "../../../lab/let-go.ts";

afterEach(() => announceConnection({ state: "open" }));
const away = () => announceConnection({ state: "silent", heardAt: 0 });

it("waits until the connection stands, and listens to nobody then", async () => {
  const { signal } = new AbortController();
  await whenOpen(signal);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  away();
  let isOpen = false;
  const waiting = whenOpen(signal).then(() => (isOpen = true));
  await new Promise((resolve) => setTimeout(resolve));
  expect(isOpen).toBe(false);
  announceConnection({ state: "open" });
  await waiting;
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

it("ends where it is called off, before it began or while it lasts", async () => {
  away();
  await expect(whenOpen(AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
  const stop = new AbortController();
  const waiting = whenOpen(stop.signal);
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
});

/** One who waited until the connection was back, and is gone. */
async function gone(): Promise<WeakRef<AbortSignal>> {
  away();
  const { signal } = new AbortController();
  const waiting = whenOpen(signal);
  announceConnection({ state: "open" });
  await waiting;
  return new WeakRef(signal);
}

it("keeps nothing of who waited", async () => {
  expect(await isKept(await gone())).toBe(false);
});
