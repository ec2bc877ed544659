import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isPrivateFolder, refuseOpenKeyFile, securePrivateFolder, type WindowsRunner } from "../../../../../main/hosts/shared/folder-rights.ts";
import { fail, succeed } from "../../../../../shared/fault.ts";
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
  const whoami = `"contoso\\anna","${sid}"\r\n`;
  const owned = `D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;${sid})`;
  /** Answers as Windows' own programs do: icacls saves a list in UTF-16, the folder's name on a line before it. */
  const runner = (answers: Readonly<Record<string, string | null>>, list: string | null, calls: unknown[] = []): WindowsRunner => (program, args) => {
    calls.push([program, ...args]);
    const [name = "", verb = "", file = ""] = args;
    if (verb === "/save" && list !== null) writeFileSync(file, `${path.basename(name)}\r\n${list}\r\n`, "utf16le");
    return answers[program] ?? null;
  };
  const wellBehaved = { "whoami.exe": whoami, "icacls.exe": "processed" };

  it("is given to the account, the system and the administrators, and inherits nothing", () => {
    const calls: unknown[] = [];
    expect(securePrivateFolder(folder, "win32", runner(wellBehaved, owned, calls))).toEqual(succeed("private"));
    expect(calls.slice(0, 2)).toEqual([
      ["whoami.exe", "/user", "/fo", "csv", "/nh"],
      ["icacls.exe", folder, "/inheritance:r", "/grant:r", `*${sid}:(OI)(CI)F`, "*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F"],
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps the rights it has once a database is in it", () => {
    mkdirSync(folder);
    writeFileSync(path.join(folder, "messaging-console.db"), "");
    expect(securePrivateFolder(folder, "win32", () => { throw new Error("nothing may be run"); })).toEqual(succeed("kept"));
  });

  it.each<[rights: string, what: string, answers: Readonly<Record<string, string | null>>, list: string | null]>([
    ["open", "the account cannot be told", { "whoami.exe": "", "icacls.exe": "processed" }, owned],
    ["open", "the rights cannot be set", { "whoami.exe": whoami, "icacls.exe": null }, owned],
    ["open", "a group was granted the folder by name", wellBehaved, `${owned}(A;OICI;0x1200a9;;;S-1-5-21-1-2-3-1107)`],
    ["open", "the file system knows no rights", wellBehaved, "D:NO_ACCESS_CONTROL"],
    ["open", "the rights cannot be read back", wellBehaved, null],
  ])("is %s where %s", (rights, _what, answers, list) => {
    expect(securePrivateFolder(folder, "win32", runner(answers, list))).toEqual(succeed(rights));
  });

  it.each<[who: string, list: string, isPrivate: boolean]>([
    ["the account, the system and the administrators", owned, true],
    ["the same through the profile", `D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;FA;;;${sid})`, true],
    ["whoever is denied", `D:P(D;OICI;FA;;;WD)(A;OICI;FA;;;${sid})`, true],
    ["the owner and the creator", `D:P(A;OICIIO;FA;;;CO)(A;;FA;;;OW)(A;OICI;FA;;;${sid})`, true],
    ["the users, as below C:\\", `D:AI(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)(A;CIID;LC;;;BU)(A;OICIID;FA;;;${sid})`, false],
    ["everybody", `D:(A;;FA;;;WD)(A;OICI;FA;;;${sid})`, false],
    ["whoever signed in, under a condition", `D:(XA;OICI;FR;;;AU;(@User.Title=="x"))(A;OICI;FA;;;${sid})`, false],
    ["another account", owned.replace("-1001", "-1002"), false],
    ["the first administrator, who is another", `D:P(A;OICI;FA;;;LA)(A;OICI;FA;;;${sid})`, false],
  ])("that has a database and lets in %s", (_who, list, isPrivate) => {
    mkdirSync(folder);
    expect(isPrivateFolder(folder, runner(wellBehaved, list))).toBe(isPrivate);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ["S-1-5-21-1004336348-1177238915-682003330-500", "LA"],
    ["S-1-5-19", "LS"],
    ["S-1-5-20", "NS"],
  ])("of the account %s is known by its name in access lists", (account, name) => {
    mkdirSync(folder);
    expect(isPrivateFolder(folder, runner({ ...wellBehaved, "whoami.exe": `"x","${account}"` }, `D:P(A;OICI;FA;;;${name})`))).toBe(true);
  });

  it("that has a database is not believed to be private where nothing can be told", () => {
    mkdirSync(folder);
    expect(isPrivateFolder(folder, runner(wellBehaved, null))).toBe(false);
    expect(isPrivateFolder(folder, runner({ ...wellBehaved, "whoami.exe": null }, owned))).toBe(false);
  });

  it("gets no key file while others may read it, and what an earlier one sealed opens", async () => {
    mkdirSync(folder);
    let isPrivate = false;
    const wrapping = refuseOpenKeyFile(keyFileWrapping(folder), () => isPrivate);
    expect(await wrapping.wrap(new Uint8Array(32))).toEqual({ ok: false, fault: { kind: "not-stored", why: "no-protection" } });
    expect(readdirSync(folder)).toEqual([]);
    isPrivate = true;
    const wrapped = await wrapping.wrap(new Uint8Array(32));
    isPrivate = false;
    expect(wrapped.ok && (await wrapping.unwrap(wrapped.value))).toEqual({ ok: true, value: Buffer.alloc(32) });
  });

  it("needs no rights of its own for a key that the platform protects", () => {
    const dpapi = { ...keyFileWrapping(folder), protection: "dpapi" as const };
    expect(refuseOpenKeyFile(dpapi, () => false)).toBe(dpapi);
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

  it.each([
    ["behind a file", () => writeFileSync(folder, "")],
    ["behind a link that leads nowhere", () => symlinkSync(path.join(folder, "..", "nowhere"), folder)],
  ])("that cannot be made is refused, and comes to an end: %s", (_where, prepare) => {
    prepare();
    expect(securePrivateFolder(path.join(folder, "inner", "data"))).toEqual(fail({ kind: "not-stored", why: "folder-not-made" }));
  });

  it.skipIf(process.platform !== "linux")("that cannot be made below /proc is refused, and comes to an end (Linux has it)", () => {
    expect(securePrivateFolder("/proc/1/inner/data")).toEqual(fail({ kind: "not-stored", why: "folder-not-made" }));
  });

  it("is refused when it is another account's", () => {
    mkdirSync(folder);
    vi.spyOn(process, "getuid").mockReturnValue(statSync(folder).uid + 1);
    expect(securePrivateFolder(folder)).toEqual(fail({ kind: "not-stored", why: "folder-of-another-account" }));
  });

  it("is refused when all accounts share it, which then keeps its mode", () => {
    mkdirSync(folder);
    chmodSync(folder, 0o1777);
    expect(securePrivateFolder(folder)).toEqual(fail({ kind: "not-stored", why: "folder-shared" }));
    expect(statSync(folder).mode & 0o7777).toBe(0o1777);
  });
});
