import { afterAll, beforeAll, expect, test } from "vitest";
import { SERVERS, startThousand, type ThousandConsole } from "./thousand-console.ts";

/** Of the console's own CPU time (see test/lab/loop-watch.ts): the machine that runs the tests may be loaded. */
const LONGEST_HOLD_MS = 100;
const HEAP_GROWTH = 4 * 1024 * 1024;
/** As many come back in each round as the machine signs in to within seconds. */
const COMING_BACK = 100;

/** A thousand TLS handshakes take a loaded machine minutes; nothing is asserted about how long. */
const PATIENCE = { timeout: 600_000 };

let subject: ThousandConsole;
beforeAll(async () => {
  subject = await startThousand();
});
afterAll(() => subject.stop());

test.each(["refusing", "nameless"] as const)("a thousand servers that go down at once (%s) hold the event loop no longer than 100 ms, and neither does a page that opens then", PATIENCE, async (site) => {
  subject.set("up");
  await subject.until("online", SERVERS);
  subject.set(site);
  await subject.holds();
  await subject.until("offline", SERVERS);
  expect((await subject.holds()).cpuMs).toBeLessThan(LONGEST_HOLD_MS);
  await subject.reload();
  expect((await subject.holds()).cpuMs).toBeLessThan(LONGEST_HOLD_MS);
});

test("memory does not grow with what servers do", PATIENCE, async () => {
  const heaps: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    subject.set("up");
    await subject.until("online", COMING_BACK, COMING_BACK);
    subject.set("nameless");
    await subject.until("offline", SERVERS);
    heaps.push(await subject.heap());
  }
  const [third = 0, last = Infinity] = [heaps[2], heaps[9]];
  expect(last - third).toBeLessThan(HEAP_GROWTH);
});
