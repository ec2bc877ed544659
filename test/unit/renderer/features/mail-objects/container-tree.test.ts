import { describe, expect, it } from "vitest";
import { treeMove, treeRows, type Levels } from "../../../../../renderer/features/mail-objects/container-tree.ts";
import type { Container } from "../../../../../shared/model/mail-plan.ts";

const container = (dn: string, hasChildren: boolean): Container => ({ dn, name: dn, kind: "organizational-unit", hasChildren });
const levels: Levels = new Map<string | null, readonly Container[]>([
  [null, [container("lab", true)]],
  ["lab", [container("Groups", true), container("People", false)]],
  ["Groups", [container("Sales", false)]],
]);
const all = treeRows(levels, new Set(["lab", "Groups"]));

describe("the tree of containers", () => {
  it("shows what is open, each with its level and its place among its siblings", () => {
    expect(all.map(({ container: { dn }, level, place, siblings }) => [dn, level, place, siblings])).toEqual([["lab", 1, 1, 1], ["Groups", 2, 1, 2], ["Sales", 3, 1, 1], ["People", 2, 2, 2]]);
    expect(treeRows(levels, new Set(["lab"])).map(({ container: { dn } }) => dn)).toEqual(["lab", "Groups", "People"]);
  });

  it("says of what is open that its level is still asked for, until it is known", () => {
    const unknown: Levels = new Map<string | null, readonly Container[]>([[null, [container("lab", true)]]]);
    expect(treeRows(unknown, new Set(["lab"]))).toMatchObject([{ expanded: true, loading: true }]);
  });

  it.each([
    ["ArrowDown", "lab", { do: "focus", dn: "Groups" }],
    ["ArrowUp", "lab", { do: "nothing" }],
    ["ArrowDown", "People", { do: "nothing" }],
    ["End", "lab", { do: "focus", dn: "People" }],
    ["Home", "People", { do: "focus", dn: "lab" }],
    ["ArrowRight", "Groups", { do: "focus", dn: "Sales" }],
    ["ArrowRight", "People", { do: "nothing" }],
    ["ArrowLeft", "Groups", { do: "close", dn: "Groups" }],
    ["ArrowLeft", "Sales", { do: "focus", dn: "Groups" }],
    ["Enter", "Sales", { do: "choose", dn: "Sales" }],
    [" ", "Sales", { do: "choose", dn: "Sales" }],
    ["p", "lab", { do: "focus", dn: "People" }],
    ["g", "People", { do: "focus", dn: "Groups" }],
    ["x", "lab", { do: "nothing" }],
  ])("%s on %s", (key, at, move) => {
    expect(treeMove(key, all, at)).toEqual(move);
  });

  it("opens what is closed, and leaves other keys to the page", () => {
    expect(treeMove("ArrowRight", treeRows(levels, new Set(["lab"])), "Groups")).toEqual({ do: "open", dn: "Groups" });
    expect(treeMove("Tab", all, "lab")).toBeNull();
    expect(treeMove("Escape", all, "lab")).toBeNull();
  });
});
