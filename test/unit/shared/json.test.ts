import { describe, expect, test } from "vitest";
import { parseJson } from "../../../shared/json.ts";

describe("parseJson", () => {
  test.each([
    ["an object", '{"a":[1,"b"]}', { a: [1, "b"] }],
    ["null, which is a value", "null", null],
    ["an empty text", "", undefined],
    ["half an object", '{"a":', undefined],
    ["a page instead", "<html></html>", undefined],
  ])("%s", (_name, text, value) => {
    expect(parseJson(text)).toStrictEqual(value);
  });
});
