import { expect, it } from "vitest";
import { threeWay } from "../../../../shared/rules/three-way.ts";

const change = (key: string, before: string, after: string) => ({ key, provider: null, before, after, secret: false });
const mine = [change("a", "0", "mine"), change("c", "0", "mine"), change("d", "0", "same")];
const theirs = [change("b", "0", "theirs"), change("c", "0", "theirs"), change("d", "0", "same")];
const between = [change("a", "0", "mine"), change("b", "theirs", "0"), change("c", "theirs", "mine")];

it("asks about what both changed and not to the same, with both sides, and about nothing else", () => {
  expect(threeWay(mine, theirs, between).apart).toEqual([change("c", "theirs", "mine")]);
});

it("takes what only they changed, and neither what only I did nor what both say the same of", () => {
  expect([...threeWay(mine, theirs, between).theirs]).toEqual(["b"]);
});
