/** Faults are put into a copy, asked about there, and taken out again. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { firstFailure } from "../../../../build/mutate/ask-tests.ts";
import type { Edit } from "../../../../build/mutate/edit.ts";
import { createScratch, type Scratch } from "../../../../build/mutate/scratch.ts";

const modules = path.resolve(import.meta.dirname, "../../../../node_modules");
let root: string;
let scratch: Scratch;
const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const inCopy = (file: string) => readFileSync(path.join(scratch.folder, file), "utf8");
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "mc-mutate-"));
  spawnSync("git", ["init", "--quiet"], { cwd: root });
  write(".gitignore", ".cache/\nnode_modules\n");
  write("main/sum.ts", "export const sum = (one: number, other: number) => one + other;\n");
  write("main/secret.key", "kept");
  const test = (name: string, expected: number) =>
    write(`test/${name}.test.ts`, `import { expect, it } from "vitest";\nimport { sum } from "../main/sum.ts";\nit("adds up", () => expect(sum(2, 2)).toBe(${expected}));\nit("adds zeros", () => expect(sum(2, 0)).toBe(2));\n`);
  test("sum", 4);
  test("wrong", 5);
  symlinkSync(modules, path.join(root, "node_modules"), "junction");
  scratch = createScratch(root);
});
afterEach(() => {
  scratch.remove();
  rmSync(root, { recursive: true, force: true });
});

const fault: Edit = { file: "main/sum.ts", find: "one + other", replace: "one * other", promise: "adds", kind: "other" };

it("the copy has what the tree has, changes and all, and the tree is never touched", async () => {
  const seen = await scratch.with(fault, () => Promise.resolve(inCopy("main/sum.ts")));
  expect(seen).toContain("one * other");
  expect(inCopy("main/sum.ts")).toContain("one + other");
  expect(readFileSync(path.join(root, "main/sum.ts"), "utf8")).toContain("one + other");
  expect(await scratch.with({ ...fault, find: "o" }, () => Promise.resolve(1))).toBeNull();
  await expect(scratch.with(fault, () => Promise.reject(new Error("the tests could not be asked")))).rejects.toThrow("asked");
  expect(inCopy("main/sum.ts")).toContain("one + other");
  const { folder } = scratch;
  scratch.remove();
  expect([existsSync(folder), existsSync(path.join(modules, "vitest"))]).toEqual([false, true]);
});

it("tests that pass notice nothing; the first that fails is named, with why", async () => {
  const { folder } = scratch;
  expect(await firstFailure(folder, ["test/sum.test.ts"])).toBeNull();
  expect(await firstFailure(folder, ["test/wrong.test.ts"])).toBe("test/wrong.test.ts: adds up (AssertionError: expected 4 to be 5 // Object.is equality)");
  const noticed = await scratch.with(fault, () => firstFailure(folder, ["test/sum.test.ts"]));
  expect(noticed).toBe("test/sum.test.ts: adds zeros (AssertionError: expected +0 to be 2 // Object.is equality)");
  writeFileSync(path.join(folder, "main/sum.ts"), "no source");
  expect(await firstFailure(folder, ["test/sum.test.ts"])).toContain("test/sum.test.ts as a whole");
}, 60_000);
