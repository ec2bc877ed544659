import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refuseOpenKeyFile, securePrivateFolder, type WindowsRunner } from "../../../../../main/hosts/shared/folder-rights.ts";
import { keyFileWrapping } from "../../../../../main/hosts/shared/key-file.ts";

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "mc-rights-"));
  folder = path.join(root, "data");
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

describe("a data folder on Windows", () => {
  const sid = "S-1-5-21-1004336348-1177238915-682003330-1001";
  const runner = (answers: Readonly<Record<string, string | null>>, calls: unknown[] = []): WindowsRunner => (program, args) => {
    calls.push([program, ...args]);
    return answers[program] ?? null;
  };

  it("is given to the account, the system and the administrators, and inherits nothing", () => {
    const calls: unknown[] = [];
    expect(securePrivateFolder(folder, "win32", runner({ "whoami.exe": `"contoso\\anna","${sid}"\r\n`, "icacls.exe": "processed" }, calls))).toBe(true);
    expect(calls).toEqual([
      ["whoami.exe", "/user", "/fo", "csv", "/nh"],
      ["icacls.exe", folder, "/inheritance:r", "/grant:r", `*${sid}:(OI)(CI)F`, "*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F"],
    ]);
  });

  it("keeps the rights it has once a database is in it", () => {
    mkdirSync(folder);
    writeFileSync(path.join(folder, "messaging-console.db"), "");
    expect(securePrivateFolder(folder, "win32", () => { throw new Error("nothing may be run"); })).toBe(true);
  });

  it.each([
    ["the account cannot be told", { "whoami.exe": "" }],
    ["the rights cannot be set", { "whoami.exe": `"x","${sid}"`, "icacls.exe": null }],
  ])("holds no key file where %s", async (_what, answers) => {
    expect(securePrivateFolder(folder, "win32", runner(answers))).toBe(false);
    const refusing = refuseOpenKeyFile(keyFileWrapping(folder));
    expect(await refusing.wrap(new Uint8Array(32))).toEqual({ ok: false, fault: { kind: "not-stored", why: "no-protection" } });
  });

  it("needs no rights of its own for a key that the platform protects", () => {
    const dpapi = { ...keyFileWrapping(folder), protection: "dpapi" as const };
    expect(refuseOpenKeyFile(dpapi)).toBe(dpapi);
  });
});

describe.skipIf(process.platform === "win32")("a data folder elsewhere (POSIX modes; Windows has none)", () => {
  it("is made with mode 0700, and one that exists is brought to it", () => {
    securePrivateFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    chmodSync(folder, 0o755);
    securePrivateFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("is refused when it is another account's", () => {
    mkdirSync(folder);
    vi.spyOn(process, "getuid").mockReturnValue(statSync(folder).uid + 1);
    expect(() => securePrivateFolder(folder)).toThrow("belongs to another account");
  });

  it("is refused when all accounts share it, which then keeps its mode", () => {
    mkdirSync(folder);
    chmodSync(folder, 0o1777);
    expect(() => securePrivateFolder(folder)).toThrow("shared by all accounts");
    expect(statSync(folder).mode & 0o7777).toBe(0o1777);
  });
});
