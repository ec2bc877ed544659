import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dpapiWrapping } from "../../../../../main/hosts/shared/dpapi.ts";
import { keyFileWrapping } from "../../../../../main/hosts/shared/key-file.ts";
import { marked, systemKeyWrapping } from "../../../../../main/hosts/shared/key-wrapping.ts";

const unreadable = { ok: false, fault: { kind: "unreadable", what: "secret-unreadable" } };
const key = randomBytes(32);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-key-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const keyFile = () => path.join(folder, "vault.key");

async function wrapped(wrapping: ReturnType<typeof keyFileWrapping>): Promise<Uint8Array> {
  const result = await wrapping.wrap(key);
  if (!result.ok) throw new Error("not wrapped");
  return result.value;
}

describe("keyFileWrapping", () => {
  it("opens what it wrapped, also after a restart", async () => {
    const sealed = await wrapped(keyFileWrapping(folder));
    expect(Buffer.from(sealed).includes(key)).toBe(false);
    expect(await keyFileWrapping(folder).unwrap(sealed)).toEqual({ ok: true, value: key });
  });

  it.skipIf(process.platform === "win32")("keeps its file from others and leaves no other behind (POSIX modes; Windows has none)", async () => {
    await wrapped(keyFileWrapping(folder));
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["vault.key"]);
  });

  it("uses one key when several start at once", async () => {
    const sealed = await Promise.all(Array.from({ length: 8 }, () => wrapped(keyFileWrapping(folder))));
    for (const each of sealed) expect(await keyFileWrapping(folder).unwrap(each)).toEqual({ ok: true, value: key });
  });

  it("says unreadable for a damaged, foreign or missing key, and never replaces it", async () => {
    const sealed = await wrapped(keyFileWrapping(folder));
    const original = readFileSync(keyFile());
    expect(await keyFileWrapping(folder).unwrap(sealed.subarray(1))).toEqual(unreadable);
    expect(await keyFileWrapping(folder).unwrap(new Uint8Array(0))).toEqual(unreadable);
    writeFileSync(keyFile(), "short");
    expect(await keyFileWrapping(folder).wrap(key)).toEqual(unreadable);
    expect(await keyFileWrapping(folder).unwrap(sealed)).toEqual(unreadable);
    expect(readFileSync(keyFile(), "utf8")).toBe("short");
    rmSync(keyFile());
    expect(await keyFileWrapping(folder).unwrap(sealed)).toEqual(unreadable);
    writeFileSync(keyFile(), original);
    chmodSync(keyFile(), 0o600);
    expect(await keyFileWrapping(folder).unwrap(sealed)).toEqual({ ok: true, value: key });
  });
});

/** DPAPI as the script speaks it: one base64 line in, one marked base64 line out. */
const scramble = (script: string, input: string) => {
  const bytes = Buffer.from(input.trim(), "base64");
  const answer = script.includes("::Protect(") ? Buffer.concat([Buffer.from("dpapi"), bytes]) : bytes.subarray(5);
  return Promise.resolve(`<${answer.toString("base64")}>\r\n`);
};

describe("dpapiWrapping", () => {
  it("sends the key on standard input and nowhere else", async () => {
    const run = vi.fn<typeof scramble>(scramble);
    const way = dpapiWrapping("powershell.exe", run);
    expect(await way.unwrap(await wrapped(way))).toEqual({ ok: true, value: key });
    for (const [script, input] of run.mock.calls) {
      expect(script).toContain("'CurrentUser'");
      expect(script).not.toContain(input.trim());
    }
  });

  it.each([
    ["ends well and prints nothing", () => Promise.resolve("")],
    ["fails", () => Promise.resolve(null)],
    ["prints something else", () => Promise.resolve("Windows PowerShell\r\nCopyright")],
  ])("does not count a PowerShell that %s", async (_what, run) => {
    expect(await dpapiWrapping("powershell.exe", run).wrap(key)).toEqual(unreadable);
  });

  it("fails where the program does not exist", async () => {
    expect(await dpapiWrapping(path.join(folder, "no-powershell")).wrap(key)).toEqual(unreadable);
  });
});

describe("marked", () => {
  const dpapi = dpapiWrapping("powershell.exe", scramble);

  it("tells by which protection a key was wrapped, and opens no other", async () => {
    const sealed = await wrapped(marked(dpapi));
    expect(sealed[0]).toBe(2);
    expect(await marked(dpapi).unwrap(sealed)).toEqual({ ok: true, value: key });
    expect(await marked(keyFileWrapping(folder)).unwrap(sealed)).toEqual(unreadable);
  });
});

describe("systemKeyWrapping", () => {
  const ways = (options: Parameters<typeof systemKeyWrapping>[1]) => systemKeyWrapping(folder, options).map(({ protection }) => protection);

  it("is the key file where there is no DPAPI, and DPAPI first on Windows, whether it works today or not", () => {
    expect(ways({ platform: "linux", powershell: null })).toEqual(["key-file"]);
    expect(ways({ platform: "win32", powershell: "powershell.exe" })).toEqual(["dpapi", "key-file"]);
    expect(ways({ platform: "win32", powershell: null })).toEqual(["dpapi", "key-file"]);
  });

  it("wraps nothing with a PowerShell that is not there", async () => {
    expect(await systemKeyWrapping(folder, { platform: "win32", powershell: null })[0]?.wrap(key)).toEqual(unreadable);
  });
});
