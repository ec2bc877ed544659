import { expect, it } from "vitest";
import type { Kind } from "../../../../build/mutate/edit.ts";
import { isEnough, scores, table, type Verdict } from "../../../../build/mutate/score.ts";

const verdicts = (room: string, kind: Kind, outcome: Verdict["outcome"], count: number): Verdict[] =>
  Array.from({ length: count }, () => ({ room, outcome, edit: { file: "a.ts", find: "a", replace: "b", promise: "p", kind } }));

it("demands nine of ten faults of a room, and every one that loses, leaks or leaves something behind", () => {
  const all = scores([...verdicts("store", "lost", "noticed", 17), ...verdicts("store", "told", "unnoticed", 2), ...verdicts("network", "other", "noticed", 9), ...verdicts("network", "lost", "unnoticed", 1)]);
  expect(all.map((score) => [score.name, score.noticed, score.total, isEnough(score)])).toEqual([
    ["store", 17, 19, false],
    ["network", 9, 10, true],
    ["lost", 17, 18, false],
    ["told", 0, 2, true],
    ["other", 9, 9, true],
  ]);
  expect(table(all)).toBe(
    "| room or kind | noticed |\n|---|---|\n| store | 17 of 19 | fewer than 18\n| network | 9 of 10 |\n| lost | 17 of 18 | fewer than 18\n| told | 0 of 2 |\n| other | 9 of 9 |\n",
  );
});

it("counts a fault that does not apply any more as one that nobody noticed", () => {
  expect(scores(verdicts("store", "lost", "stale", 1))).toMatchObject([{ noticed: 0, total: 1 }, { noticed: 0, total: 1 }]);
});
