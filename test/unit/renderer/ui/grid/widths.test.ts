import { expect, it } from "vitest";
import { stackedBelow } from "../../../../../renderer/ui/grid/use-room.ts";
import { templateOf } from "../../../../../renderer/ui/grid/widths.ts";

const column = (id: string, width: number, more: { grows?: true; from?: number } = {}) => ({ id, title: id, width, ...more, cell: () => null });

it("columns give way as far as they may; with less room than that the row is told in lines", () => {
  const columns = [column("name", 400, { grows: true }), column("kind", 60), column("next", 300, { grows: true }), column("site", 900, { from: 1240 })];
  expect(templateOf(columns.slice(0, 3), {})).toBe("minmax(400px, 400fr) minmax(40px, 60px) minmax(300px, 300fr)");
  expect(stackedBelow(columns)).toBe(400 + 40 + 300 + 4 * 8);
  expect(stackedBelow([column("name", 100)])).toBe(560);
});
