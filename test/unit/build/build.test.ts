import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mainEntries } from "../../../build/entries.ts";
import { fingerprint, isStale, stampFile } from "../../../build/fingerprint.mjs";

let root: string;
const write = (file: string, content = "") => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
};
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "mc-build-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("mainEntries", () => {
  it("finds the hosts and every worker", () => {
    write("main/certificates/pfx.worker.ts");
    write("main/aliases/deep/regex.worker.ts");
    write("main/aliases/index.ts");
    expect(Object.keys(mainEntries(root)).toSorted()).toEqual(["command-line", "electron", "loopback", "pfx.worker", "practice-shell", "regex.worker"]);
  });

  it("refuses two workers of one name", () => {
    write("main/one/same.worker.ts");
    write("main/two/same.worker.ts");
    expect(() => mainEntries(root)).toThrow(/same\.worker/);
  });
});

describe("fingerprint", () => {
  beforeEach(() => {
    write("main/a.ts", "1");
    write("renderer/b.tsx", "2");
    write("package.json", "{}");
  });
  const changes: readonly (readonly [string, () => void])[] = [
    ["a changed source", () => write("main/a.ts", "3")],
    ["a new source", () => write("shared/c.ts")],
    ["a removed source", () => rmSync(path.join(root, "renderer/b.tsx"))],
    ["a renamed source", () => { rmSync(path.join(root, "main/a.ts")); write("main/z.ts", "1"); }],
    ["another lock file", () => write("package-lock.json", "{}")],
  ];

  it.each(changes)("notices %s", (_what, change) => {
    const before = fingerprint(root);
    change();
    expect(fingerprint(root)).not.toBe(before);
  });

  it("does not notice tests, documents and its own stamp", () => {
    const before = fingerprint(root);
    write("test/unit/a.test.ts");
    write("README.md");
    write(".cache/build-stamp", "x");
    expect(fingerprint(root)).toBe(before);
  });

  it("says stale until a whole build of these very sources was stamped", () => {
    expect(isStale(root)).toBe(true);
    write("out/main/loopback.js");
    write(path.relative(root, stampFile(root)), fingerprint(root));
    expect(isStale(root)).toBe(false);
    write("main/a.ts", "4");
    expect(isStale(root)).toBe(true);
  });
});

describe("the start script", () => {
  const source = (file: string) => readFileSync(path.join(import.meta.dirname, "../../../build", file), "utf8");

  it("imports nothing that has to be installed first", () => {
    for (const file of ["start.mjs", "run.mjs", "cli.mjs", "bootstrap.mjs", "fingerprint.mjs", "electron-runtime.mjs"]) {
      const imported = [...source(file).matchAll(/^import .* from "([^"]+)"/gm)].map((match) => match[1] ?? "");
      expect(imported.length).toBeGreaterThan(0);
      expect(imported.filter((name) => !name.startsWith("node:") && !name.startsWith("./"))).toEqual([]);
    }
  });
});
