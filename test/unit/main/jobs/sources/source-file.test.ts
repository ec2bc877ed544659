import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readSource } from "../../../../../main/jobs/sources/index.ts";
import type { Progress } from "../../../../../shared/contract/progress.ts";
import { JOB_SOURCE_LIMIT } from "../../../../../shared/rules/file-limits.ts";
import { fault, take } from "../../store/support.ts";
import { at, csvAt, file, options, ownData } from "./support.ts";

const isWindows = process.platform === "win32";
const refusedPath = (code: string) => ({ kind: "invalid", issues: [{ path: ["source", "path"], code }] });
const read = async (where: string) => readSource(csvAt(where), options());

describe("the path of a source", () => {
  it.each(["users.csv", "./users.csv", ""])("is refused where it is none from a root on: %j", async (where) => {
    expect(fault(await read(where))).toEqual(refusedPath("source-path-relative"));
  });

  it.each(["users.xlsx", "id_ed25519", "users.csv.gz", ".csv"])("is refused where it does not end as a text file does: %s", async (name) => {
    expect(fault(await read(file(name, "a\n1\n")))).toMatchObject({ issues: [{ code: "source-path-ending", facts: { values: ".csv, .txt, .tsv" } }] });
  });

  it("may end in capitals", async () => {
    expect(take(await read(file("USERS.TXT", "a\n1\n"))).rows).toEqual([{ a: "1" }]);
  });

  it("is refused within the console's own data, also by a link and behind one of a folder", async () => {
    const own = path.join(ownData, "export.csv");
    fs.writeFileSync(own, "a\n1\n");
    fs.symlinkSync(own, at("link.csv"));
    fs.symlinkSync(ownData, at("linked folder"), "junction");
    for (const where of [own, at("link.csv"), path.join(at("linked folder"), "export.csv"), `${ownData}${path.sep}..${path.sep}own data${path.sep}export.csv`]) {
      expect(fault(await read(where))).toEqual(refusedPath("source-path-own-data"));
    }
    const behindLink = await readSource(csvAt(own), options({ forbidden: at("linked folder") }));
    expect(fault(behindLink)).toEqual(refusedPath("source-path-own-data"));
  });

  it("is read beside the console's own data, where names begin alike", async () => {
    expect(take(await read(file("own data.csv", "a\n1\n"))).facts.rows).toBe(1);
    fs.mkdirSync(at("..csv folder"));
    expect(take(await read(file("..csv folder/x.csv", "a\n1\n"))).facts.rows).toBe(1);
  });

  it("is told where nothing lies there", async () => {
    expect(fault(await read(at("none.csv")))).toEqual({ kind: "not-found", what: "path", detail: at("none.csv") });
    expect(fault(await read(path.join(file("file.csv", ""), "x.csv")))).toMatchObject({ kind: "not-found", what: "path" });
  });

  it("is no folder's", async () => {
    fs.mkdirSync(at("folder.csv"));
    expect(fault(await read(at("folder.csv")))).toEqual({ kind: "unreadable", what: "not-a-file" });
  });

  it.skipIf(isWindows)("is no pipe's, which nobody waits for, and no device's", async () => {
    execFileSync("mkfifo", [at("pipe.csv")]);
    fs.symlinkSync("/dev/zero", at("device.csv"));
    expect(fault(await read(at("pipe.csv")))).toEqual({ kind: "unreadable", what: "not-a-file" });
    expect(fault(await read(at("device.csv")))).toEqual({ kind: "unreadable", what: "not-a-file" });
  });

  it.skipIf(isWindows || process.getuid?.() === 0)("is told where the account may not read it", async () => {
    fs.chmodSync(file("secret.csv", "a\n1\n"), 0);
    expect(fault(await read(at("secret.csv")))).toEqual({ kind: "unreadable", what: "file-unreadable", detail: "EACCES" });
  });
});

describe("the file of a source", () => {
  it("is read up to its limit, and told with it beyond", async () => {
    fs.writeFileSync(at("large.csv"), "a\n");
    fs.truncateSync(at("large.csv"), JOB_SOURCE_LIMIT + 1);
    expect(fault(await read(at("large.csv")))).toEqual({ kind: "unreadable", what: "too-large", most: JOB_SOURCE_LIMIT });
  });

  it("says when it was changed", async () => {
    fs.utimesSync(file("dated.csv", "a\n1\n"), 1_700_000_000, 1_700_000_000);
    expect(take(await read(at("dated.csv"))).facts.changedAt).toBe(1_700_000_000_000);
  });

  it.each<[string, (where: string) => void]>([
    ["grows", (where) => fs.appendFileSync(where, "more\n")],
    ["is cut off", (where) => fs.truncateSync(where, 1024 * 1024 + 1)],
    ["is written over, byte for byte of the same length", (where) => fs.writeFileSync(where, "name\n".padEnd(fs.statSync(where).size, "y\n"))],
  ])("is not used where it %s while it is read", async (_what, change) => {
    const where = file("changing.csv", `name\n${"x\n".repeat(1_500_000)}`);
    fs.utimesSync(where, 1_700_000_000, 1_700_000_000);
    let isChanged = false;
    const progress = () => {
      if (!isChanged) change(where);
      isChanged = true;
    };
    expect(fault(await readSource(csvAt(where), options({ progress })))).toEqual({ kind: "unreadable", what: "file-changed" });
  });

  it("is read as it was where another file takes its place meanwhile", async () => {
    const where = file("replaced.csv", `name\n${"x\n".repeat(1_000_000 - 1)}`);
    const progress = () => fs.renameSync(file("next.csv", "name\ny\n"), where);
    expect(take(await readSource(csvAt(where), options({ progress }))).facts.rows).toBe(999_999);
  });

  it.each(["reading-source", "reading-rows"])("is let go of when it is called off at %s", async (step) => {
    const where = file("long.csv", `name\n${"x\n".repeat(900_000)}`);
    const ended = new AbortController();
    const heard: string[] = [];
    const progress = (event: Progress) => {
      heard.push(event.step);
      if (event.step === step) ended.abort();
    };
    expect(fault(await readSource(csvAt(where), options({ signal: ended.signal, progress })))).toEqual({ kind: "cancelled" });
    expect(heard.filter((each) => each === step)).toHaveLength(1);
    expect(fault(await readSource(csvAt(where), options({ signal: AbortSignal.abort() })))).toEqual({ kind: "cancelled" });
  });

  it("says how far it has come, in bytes", async () => {
    const where = file("counted.csv", `name\n${"x\n".repeat(700_000)}`);
    const events: Progress[] = [];
    take(await readSource(csvAt(where), options({ progress: (event) => events.push(event) })));
    const size = fs.statSync(where).size;
    for (const step of ["reading-source", "reading-rows"]) {
      const done = events.filter((event) => event.step === step).map((event) => event.done ?? -1);
      expect(done).toEqual(done.toSorted((one, other) => one - other));
      expect(done.at(-1)).toBe(size);
      expect(done.length).toBeGreaterThan(1);
    }
  });

  it.skipIf(process.platform !== "linux")("is one file more of the process for no longer than it is read", async () => {
    const handles = () => fs.readdirSync("/proc/self/fd").length;
    const where = file("handles.csv", "a\n1\n");
    await read(where);
    const before = handles();
    for (let count = 0; count < 20; count += 1) await read(where);
    expect(handles()).toBeLessThanOrEqual(before);
  });
});
