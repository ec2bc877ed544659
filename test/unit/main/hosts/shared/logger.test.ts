import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../../../main/hosts/shared/clock.ts";
import { createFileLogger } from "../../../../../main/hosts/shared/logger.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const logs = () => path.join(folder, "logs");
const everything = () => readdirSync(logs()).map((name) => readFileSync(path.join(logs(), name), "utf8")).join("");

describe("createFileLogger", () => {
  it("writes one JSON line an event", () => {
    const logger = createFileLogger({ directory: logs(), clock: { ...systemClock, now: () => 0 }, host: "loopback" });
    logger.info("first", { servers: 3 });
    logger.error("second\nline", { error: new TypeError("broken") });
    const lines = everything().trimEnd().split("\n").map((line): unknown => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ at: "1970-01-01T00:00:00.000Z", level: "info", message: "first", servers: 3 });
    expect(lines[1]).toMatchObject({ level: "error", message: "second\nline", error: { name: "TypeError", message: "broken" } });
  });

  it("lets no planted secret through", () => {
    const logger = createFileLogger({ directory: logs(), clock: systemClock, host: "loopback" });
    logger.warn("sign-in with password=PLANTED-1 failed", { password: "PLANTED-2", headers: { authorization: "Bearer PLANTED-3-abcdef" } });
    logger.error("PLANTED".length > 0 ? "key -----BEGIN PRIVATE KEY-----\nPLANTED-4\n-----END PRIVATE KEY-----" : "", { body: '{"client_secret":"PLANTED-5"}' });
    expect(everything()).not.toContain("PLANTED");
    expect(everything()).toContain("[redacted]");
  });

  it("puts full files aside and keeps only so many", () => {
    const logger = createFileLogger({ directory: logs(), clock: systemClock, host: "loopback", maximumBytes: 500, kept: 2 });
    for (let number = 0; number < 50; number += 1) logger.info(`event ${number}`);
    expect(readdirSync(logs()).toSorted()).toEqual(["loopback.log", "loopback.log.1", "loopback.log.2"]);
    for (const name of readdirSync(logs())) expect(statSync(path.join(logs(), name)).size).toBeLessThanOrEqual(500);
    expect(readFileSync(path.join(logs(), "loopback.log"), "utf8")).toContain("event 49");
  });

  it("goes on with the file that is there", () => {
    createFileLogger({ directory: logs(), clock: systemClock, host: "loopback" }).info("before");
    createFileLogger({ directory: logs(), clock: systemClock, host: "loopback" }).info("after");
    expect(everything().trimEnd().split("\n")).toHaveLength(2);
  });

  it("does not fail the caller when it cannot write", () => {
    writeFileSync(path.join(folder, "logs"), "a file where the folder should be");
    const logger = createFileLogger({ directory: logs(), clock: systemClock, host: "loopback" });
    expect(() => logger.info("lost")).not.toThrow();
  });

  it.skipIf(process.platform === "win32")("is readable by its owner only (POSIX modes; Windows has none)", () => {
    createFileLogger({ directory: logs(), clock: systemClock, host: "loopback" }).info("private");
    expect(statSync(path.join(logs(), "loopback.log")).mode & 0o077).toBe(0);
  });
});
