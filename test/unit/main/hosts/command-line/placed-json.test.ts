import { describe, expect, it } from "vitest";
import { parsePlacedJson } from "../../../../../main/hosts/command-line/placed-json.ts";

const value = (text: string) => {
  const read = parsePlacedJson(text);
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  return read.value;
};

describe("JSON with places", () => {
  it("says what JSON.parse says", () => {
    for (const text of ['{"a":[1,-2.5e3,true,false,null,"\\u00fc\\n\\\\"],"b":{}}', "[]", '"x"', " 7 ", '{"":{"constructor":1}}']) {
      expect(value(text).value).toEqual(JSON.parse(text));
    }
  });

  it("keeps a name that JavaScript has for itself, to be refused", () => {
    expect(Object.keys(Object(value('{"__proto__":1}').value))).toEqual(["__proto__"]);
  });

  it("knows the place of every name and item, and of what is around what is not there", () => {
    const { placeOf } = value('{\n  "a": [\n    1,\n    { "b": 2 }\n  ]\n}');
    expect(placeOf([])).toEqual({ line: 1, column: 1 });
    expect(placeOf(["a"])).toEqual({ line: 2, column: 3 });
    expect(placeOf(["a", 0])).toEqual({ line: 3, column: 5 });
    expect(placeOf(["a", 1, "b"])).toEqual({ line: 4, column: 7 });
    expect(placeOf(["a", 1, "c", "d"])).toEqual({ line: 4, column: 5 });
  });

  it.each<[what: string, text: string, line: number, column: number]>([
    ["nothing", "", 1, 1],
    ["a comma too many", '{"a":1,\n}', 2, 1],
    ["a comment", '{"a":1} // one', 1, 9],
    ["single quotes", "{'a':1}", 1, 2],
    ["a name without quotes", "{a:1}", 1, 2],
    ["a number that begins with 0", '{"a":01}', 1, 6],
    ["no number", '{"a":NaN}', 1, 6],
    ["a second document", "{}\n{}", 2, 1],
    ["a line end in a text", '{"a":"x\ny"}', 1, 8],
    ["a tab in a name", '{"a\tb":1}', 1, 4],
    ["a blank that JSON does not know", "{\u00A0}", 1, 2],
    ["half of it", '{"a":["x', 1, 9],
    ["depth beyond sense", `${"[".repeat(200)}${"]".repeat(200)}`, 1, 102],
    ["depth beyond the stack", "[".repeat(300_000), 1, 1],
  ])("refuses %s", (_what, text, line, column) => {
    expect(parsePlacedJson(text)).toEqual({ ok: false, fault: { kind: "unreadable", what: "not-json", at: { line, column } } });
  });

  it.each<[text: string, column: number]>([
    ['{"account":"CONTOSO\\svc"}', 20],
    ['{"path":"C:\\Users\\x"}', 12],
    ['{"a":"\\u12"}', 7],
    ['{"a":"\\u12G4"}', 7],
    ['{"a":"\\x41"}', 7],
  ])("tells a single backslash from other faults: %s", (text, column) => {
    expect(parsePlacedJson(text)).toEqual({ ok: false, fault: { kind: "unreadable", what: "json-escape", at: { line: 1, column } } });
  });

  it("refuses a name that stands twice, wherever, and says the second place", () => {
    expect(parsePlacedJson('{"a":1,\n"b":{"c":1,"c":2},\n"\\u0061":2}')).toEqual({
      ok: false,
      fault: {
        kind: "invalid",
        issues: [
          { path: ["b", "c"], code: "named-twice", at: { line: 2, column: 12 } },
          { path: ["a"], code: "named-twice", at: { line: 3, column: 1 } },
        ],
      },
    });
  });
});
