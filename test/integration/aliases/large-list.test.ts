/** A list as large as a domain, from its parts to the last page of its result: main stays there for everybody else. */
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAliasBench } from "../../../main/aliases/index.ts";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import { AliasLists, type ListQuestion } from "../../../main/services/alias-lists.ts";
import { FileHolder } from "../../../main/services/files.ts";
import { ALIAS_LIST_PAGE, FILE_PART } from "../../../shared/rules/file-limits.ts";
import { everyUser } from "../../lab/every-user.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { watchLoop, type LoopWatch } from "../../lab/loop-watch.ts";
import { restThreads } from "../../lab/rest-threads.ts";
import { take } from "../../unit/main/store/support.ts";

/** Of this process's own CPU time (see loop-watch.ts): the machine that runs the tests may be loaded. */
const LONGEST_HOLD_MS = 100;
/** Longer than the watch's period: what held the loop last has been seen. */
const SEEN_MS = 20;
const NAMES = 100_000;

let loop: LoopWatch;
let files: FileHolder;
let lists: AliasLists;
beforeEach(() => {
  files = new FileHolder(systemClock, null);
  lists = new AliasLists(createAliasBench({ powershell: null, logger: silentLogger }), systemClock, files);
  loop = watchLoop();
});
afterEach(async () => {
  loop.stop();
  lists.dispose();
  files.dispose();
  await restThreads();
});

/** The longest hold while the work was done. */
async function heldBy<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly cpuMs: number }> {
  await wait(SEEN_MS);
  loop.longest();
  const value = await work();
  await wait(SEEN_MS);
  return { value, cpuMs: loop.longest().cpuMs };
}

/** Sends the file as a page does: a part when the one before it was taken. */
async function send(bytes: Buffer): Promise<string> {
  const { signal } = new AbortController();
  const { promise, resolve } = Promise.withResolvers<string>();
  const received = files.receive({ name: "users.csv", size: bytes.length, purpose: "aliases" }, { signal, progress: ({ detail }) => resolve(detail ?? "") });
  const transfer = await promise;
  for (let at = 0; at < bytes.length; at += FILE_PART) {
    take(files.take(transfer, at, bytes.subarray(at, at + FILE_PART).toString("base64")));
    await wait(0);
  }
  return take(await received).file;
}

test("no part, no batch and no page of 100,000 names holds the event loop for 100 ms", async () => {
  const sent = await heldBy(() => send(everyUser()));
  const rule = { pattern: "^[a-z.0-9]+$", maximumLength: 64, domain: "contoso.com" };
  const options = { signal: new AbortController().signal, progress: () => undefined };
  const judged = await heldBy(async () => take(await lists.judge(sent.value, null, rule, options)));
  expect(judged.value).toMatchObject({ names: NAMES, duplicates: NAMES / 100 });
  const { list } = judged.value;
  const page = (question: Partial<ListQuestion>) => heldBy(async () => take(lists.page({ list, filter: "all", search: "", from: 0, most: ALIAS_LIST_PAGE, ...question })));
  const last = await page({ from: NAMES - 1 });
  expect(last.value.rows).toHaveLength(1);
  const everywhere = await page({ filter: "duplicate", search: "no such name" });
  const held = [sent, judged, last, everywhere, await page({})].map(({ cpuMs }) => cpuMs);
  expect(Math.max(...held)).toBeLessThan(LONGEST_HOLD_MS);
});
