/** Every sentence is said somewhere: a text nobody shows is dead code. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { english } from "../../renderer/text/english/index.ts";

const root = path.resolve(import.meta.dirname, "../..");
const source = globSync(["renderer/**/*.{ts,tsx}", "main/hosts/**/*.ts"], { cwd: root })
  .filter((file) => !file.includes(path.join("text", "english")))
  .map((file) => readFileSync(path.join(root, file), "utf8"))
  .join("\n");
/** Beginnings of keys that are put together while running, such as `servers.state-`. */
const beginnings = [...source.matchAll(/[`"]([a-z-]+\.[a-z-]*)\$\{/g)].map((match) => match[1] ?? "");

/** Keys that no source names, whole or by a beginning. */
function unsaid(keys: readonly string[]): readonly string[] {
  return keys.filter((key) => !source.includes(`"${key}"`) && !beginnings.some((beginning) => beginning !== "" && key.startsWith(beginning)));
}

const keys = Object.entries(english).flatMap(([domain, texts]) => Object.keys(texts).map((key) => `${domain}.${key.replace(/_(one|other)$/, "")}`));

describe("the texts", () => {
  it("are all said somewhere", () => {
    expect(unsaid(keys)).toEqual([]);
  });

  it("would be missed if one were planted that is not", () => {
    expect(unsaid([...keys, "history.planted-sentence"])).toEqual(["history.planted-sentence"]);
  });
});
