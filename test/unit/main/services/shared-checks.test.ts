/** What a console makes of checks that another one of its team does. */
import { beforeEach, expect, it } from "vitest";
import { SharedChecking, SILENT_MS } from "../../../../main/services/shared-checks.ts";
import type { FoundResult } from "../../../../main/store/types.ts";
import type { CheckResult } from "../../../../shared/model/mail-server.ts";
import { fakeClock, type FakeClock } from "../monitor/support.ts";
import { checked } from "./support.ts";

let clock: FakeClock;
let others: boolean;
interface Callbacks {
  results(found: readonly FoundResult[]): void;
  roles(): void;
}
let tell: Callbacks;
let isFollowed: boolean;
let told: [key: string, content: string][];
let taken: [string, string, CheckResult][];
let changes: number;
let checking: SharedChecking;

beforeEach(() => {
  clock = fakeClock();
  [others, told, taken, changes] = [true, [], [], 0];
  const checks = {
    leftToOthers: () => others,
    follow: (callbacks: Callbacks) => {
      [tell, isFollowed] = [callbacks, true];
      return () => {
        isFollowed = false;
      };
    },
    found: (...found: [string, string]) => void told.push(found),
  };
  checking = new SharedChecking(checks, clock, { take: (...found) => void taken.push(found), changed: () => void (changes += 1) });
});

/** What another console would write of a check. */
function found(revision: number, result: unknown, ageMs = 0): FoundResult {
  checking.found("store", revision, "exa", checked(null));
  return { key: told.pop()?.[0] ?? "", ageMs, content: JSON.stringify(result) };
}

it("takes what was found as old as it is", async () => {
  await clock.advance(30_000);
  expect(checking.leftToOthers("store", 3, "exa")).toBe(true);
  tell.results([found(3, checked("refused"), 4_000)]);
  expect(taken).toEqual([["store", "exa", { ...checked("refused"), at: 26_000 }]]);
});

it.each([
  ["of another revision", 2, checked(null)],
  ["of another version of the console", 3, { at: 1, verdict: "up" }],
])("takes nothing %s", (_what, revision, result) => {
  checking.leftToOthers("store", 3, "exa");
  tell.results([found(revision, result)]);
  expect(taken).toEqual([]);
});

it("checks a server itself that nothing is heard of, and leaves it again when something is", async () => {
  expect(checking.leftToOthers("store", 3, "exa")).toBe(true);
  await clock.advance(SILENT_MS - 1);
  tell.results([found(3, checked(null))]);
  await clock.advance(SILENT_MS - 1);
  expect(checking.leftToOthers("store", 3, "exa")).toBe(true);
  const before = changes;
  await clock.advance(SILENT_MS);
  expect(checking.leftToOthers("store", 3, "exa")).toBe(false);
  expect(changes).toBeGreaterThan(before);
  tell.results([found(3, checked(null))]);
  expect(checking.leftToOthers("store", 3, "exa")).toBe(true);
});

it("leaves nothing to others that are gone, and looks no more once it is over", async () => {
  checking.leftToOthers("store", 3, "exa");
  others = false;
  tell.roles();
  expect([checking.leftToOthers("store", 3, "exa"), changes]).toEqual([false, 1]);
  checking.dispose();
  expect([clock.waiting(), isFollowed]).toEqual([0, false]);
});

it("leaves out what was found with a configuration of before, and what another version wrote", () => {
  expect(checking.leftToOthers("store", 3, "exa")).toBe(true);
  expect(checking.leftToOthers("store", 4, "exa")).toBe(true);
  tell.results([found(3, checked("refused")), { ...found(4, checked(null)), key: "a key of another kind" }]);
  expect(taken).toEqual([]);
  tell.results([found(4, checked(null))]);
  expect(taken).toHaveLength(1);
});
