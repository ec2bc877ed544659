/** What a console that works on the file loads of the other engine: nothing. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const out = path.resolve(import.meta.dirname, "../../../out/main");
/** Only PostgreSQL's client knows this word. */
const MARK = "SCRAM-SHA-256";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-loaded-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

/** Names of the built files that a program loads until it has printed a line, or has ended. */
async function loadedBy(entry: string, argv: readonly string[]): Promise<readonly string[]> {
  const [hook, list] = [path.join(folder, "hook.mjs"), path.join(folder, "loaded.txt")];
  writeFileSync(list, "");
  writeFileSync(
    hook,
    `import { registerHooks } from "node:module";
     import { appendFileSync } from "node:fs";
     registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(list)}, url + "\\n"); return next(url, context); } });`,
  );
  const child = spawn(process.execPath, ["--import", hook, path.join(out, entry), ...argv, "--data", path.join(folder, "data")], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (printed.includes("\n")) break;
  }
  // The loopback host opens its store after it has printed the address.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  child.kill();
  await exited;
  return readFileSync(list, "utf8").split("\n").filter((url) => url.startsWith("file:")).map((url) => path.basename(url));
}

const ofPostgres = readdirSync(out).filter((name) => name.endsWith(".js") && readFileSync(path.join(out, name), "utf8").includes(MARK));

test.each([
  ["the loopback host", "loopback.js", ["--no-open"]],
  ["the command line", "command-line.js", ["data", "where"]],
])("%s that works on the file loads nothing of PostgreSQL", async (_what, entry, argv) => {
  expect(ofPostgres.length).toBeGreaterThan(0);
  const loaded = await loadedBy(entry, argv);
  expect(loaded).toContain(entry);
  expect(loaded.length).toBeGreaterThan(3);
  expect(loaded.filter((name) => ofPostgres.includes(name))).toEqual([]);
});

test("a program that loads it would be found", async () => {
  const [file = ""] = ofPostgres;
  expect(await loadedBy(file, [])).toContain(file);
});
