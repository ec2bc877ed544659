import { expect, it } from "vitest";
import { linesOf } from "../../../../../renderer/features/alias-bench/result-file.ts";

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1"])("a cell %j is no formula in a spreadsheet", async (cell) => {
  // The apostrophe is the cell's first character: one that is quoted has it inside.
  expect(await linesOf([["1", cell]])).toMatch(/^1,"?'/);
});

it("what begins like no formula stands as it is", async () => {
  expect(await linesOf([["1", "john.doe", "a=b", "'quoted'"], ["2", "Sales, 1", 'say "no"', ""]])).toBe(
    `1,john.doe,a=b,'quoted'\r\n2,"Sales, 1","say ""no""",\r\n`,
  );
});
