/** The lists of faults stay true to the sources: an edit that does not apply tries nothing. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { edited, type Edit } from "../../../../build/mutate/edit.ts";
import { rooms } from "../../../../build/mutate/rooms.ts";

const root = path.resolve(import.meta.dirname, "../../../..");
const sources = new Map<string, string | null>();
const textOf = (file: string) => {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const text = existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), "utf8") : null;
  sources.set(file, text);
  return text;
};

/** Why an edit tries nothing; empty where it does. */
function problems(edit: Edit, tests: readonly string[]): readonly string[] {
  const text = textOf(edit.file);
  const after = text === null ? null : edited(text, edit);
  const missing = tests.filter((test) => !existsSync(path.join(root, test))).map((test) => `${test} is not there`);
  return [...missing, ...(after === null ? ["what it replaces does not stand there exactly once"] : []), ...(after === text && text !== null ? ["it changes nothing"] : [])];
}

describe.each(Object.entries(rooms))("each fault of %s", (_name, { edits, tests }) => {
  it("still applies, and has tests to ask", () => {
    const found = edits.flatMap((edit) => problems(edit, edit.tests ?? tests).map((problem) => `${edit.file} (${edit.promise}): ${problem}`));
    expect(found).toEqual([]);
  });

  it("breaks a promise of its own", () => {
    const promises = edits.map(({ promise }) => promise);
    expect(promises.filter((promise, index) => promises.indexOf(promise) < index)).toEqual([]);
  });
});

it("would be found not to apply", () => {
  const fault: Edit = { file: "main/feed.ts", find: "no such text", replace: "", promise: "p", kind: "other" };
  expect(problems(fault, [])).toEqual(["what it replaces does not stand there exactly once"]);
  expect(problems({ ...fault, find: "const" }, [])).toEqual(["what it replaces does not stand there exactly once"]);
  expect(problems({ ...fault, file: "main/none.ts" }, ["test/unit/none"])).toEqual(["test/unit/none is not there", "what it replaces does not stand there exactly once"]);
  expect(problems({ ...fault, find: "export class Feed", replace: "export class Feed" }, [])).toEqual(["it changes nothing"]);
});
