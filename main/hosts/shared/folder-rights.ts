/** The data folder belongs to one account: its key file, one-time codes and compiled code would open the console to others. */
import { chmodSync, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { KeyWrapping } from "../../ports.ts";
import { runProgram, windowsProgram } from "../../programs.ts";
import { makeFolder } from "./make-folder.ts";

const limitMs = 15_000;

/** Runs a program of Windows by its name below System32; answers its output, null when it failed or is not there. */
export type WindowsRunner = (program: string, args: readonly string[]) => string | null;

const runWindows: WindowsRunner = (program, args) => {
  const file = windowsProgram([program]);
  return file === null ? null : runProgram(file, args, limitMs);
};

/** The system and the machine's administrators, by well-known identifiers: their names differ by language (MS-DTYP 2.4.2.4). */
const SYSTEM = "*S-1-5-18";
const ADMINISTRATORS = "*S-1-5-32-544";

/** Trustees of an access list that are nobody else: MS-DTYP 2.5.1.1 writes the system, the administrators, owner and creator so. */
const NOBODY_ELSE: ReadonlySet<string> = new Set(["SY", "S-1-5-18", "BA", "S-1-5-32-544", "OW", "CO"]);

/** `kept`: the rights are as somebody set them, and nobody has looked at them yet. `open`: others may read, as far as can be told. */
export type FolderRights = "private" | "kept" | "open";

/**
 * Makes the folder this account's own. On Windows a folder outside the profile inherits that every user may read; its
 * rights are set once, before a database is in it, and read back: what was granted to others by name stays, and a file
 * system without rights has none to give. Elsewhere its mode is 0700, always. Fails with `not-stored` for a folder that
 * cannot be made or cannot be one account's.
 */
export function securePrivateFolder(folder: string, platform: NodeJS.Platform = process.platform, run: WindowsRunner = runWindows): Result<FolderRights> {
  const made = makeFolder(folder);
  if (!made.ok) return made;
  if (platform === "win32") return succeed(existsSync(path.join(folder, "messaging-console.db")) ? "kept" : setRights(folder, run));
  const { uid, mode } = statSync(folder);
  if (uid !== (process.getuid?.() ?? uid)) return fail({ kind: "not-stored", why: "folder-of-another-account" });
  // A folder that everybody shares, such as the one for temporary files, stays as it is.
  if ((mode & 0o1000) !== 0) return fail({ kind: "not-stored", why: "folder-shared" });
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
  return succeed((statSync(folder).mode & 0o077) === 0 ? "private" : "open");
}

function setRights(folder: string, run: WindowsRunner): FolderRights {
  const account = currentAccount(run);
  if (account === null) return "open";
  const grants = [account, SYSTEM, ADMINISTRATORS].map((who) => `${who}:(OI)(CI)F`);
  if (run("icacls.exe", [folder, "/inheritance:r", "/grant:r", ...grants]) === null) return "open";
  return isPrivate(folder, account, run) ? "private" : "open";
}

/** Whether nobody but this account, the system and the administrators may read in a folder whose rights were kept. */
export function isPrivateFolder(folder: string, run: WindowsRunner = runWindows): boolean {
  const account = currentAccount(run);
  return account !== null && isPrivate(folder, account, run);
}

/** By what can be read back alone: Wine's icacls ends well and does nothing, and so may others that only look like Windows'. */
function isPrivate(folder: string, account: string, run: WindowsRunner): boolean {
  const list = accessList(folder, run);
  return list !== null && isPrivateList(list, account);
}

/** A folder's access list in SDDL, which is the same in every language; null where icacls gives none. */
function accessList(folder: string, run: WindowsRunner): string | null {
  const file = path.join(folder, `rights-${process.pid}.txt`);
  try {
    return run("icacls.exe", [folder, "/save", file]) === null ? null : readFileSync(file, "utf16le");
  } catch {
    return null;
  } finally {
    rmSync(file, { force: true });
  }
}

/** Whether a list lets in nobody but the account and {@link NOBODY_ELSE}. A folder without a list lets in everybody. */
function isPrivateList(sddl: string, account: string): boolean {
  const grants = [...sddl.matchAll(/\(([A-Z]+)(?:;[^;]*){4};([^;)]+)/g)].filter(([, type = ""]) => !type.includes("D"));
  return grants.length > 0 && grants.every(([, , trustee = ""]) => NOBODY_ELSE.has(trustee) || isAccount(trustee, account));
}

/** SDDL has names of its own for the computer's first administrator and for the accounts of services. */
function isAccount(trustee: string, account: string): boolean {
  const named: Readonly<Record<string, RegExp>> = { LA: /^\*S-1-5-21-[\d-]+-500$/, LS: /^\*S-1-5-19$/, NS: /^\*S-1-5-20$/ };
  return `*${trustee}` === account || (named[trustee]?.test(account) ?? false);
}

function currentAccount(run: WindowsRunner): string | null {
  return accountIn(run("whoami.exe", ["/user", "/fo", "csv", "/nh"]) ?? "");
}

/** The account as icacls takes it: its identifier, else `DOMAIN\user`, which is all that Wine's whoami says. */
function accountIn(output: string): string | null {
  const identifier = /S-1-[\d-]+/.exec(output)?.[0];
  if (identifier !== undefined) return `*${identifier}`;
  return /^[^\s"\\]+\\[^"\\\r\n]+/.exec(output)?.[0] ?? null;
}

/**
 * A wrapping that makes no key file where others could read it; `isPrivate` is asked when one is to be made. What an
 * earlier one sealed still opens.
 */
export function refuseOpenKeyFile(wrapping: KeyWrapping, isPrivate: () => boolean): KeyWrapping {
  if (wrapping.protection !== "key-file") return wrapping;
  return { ...wrapping, wrap: (key) => (isPrivate() ? wrapping.wrap(key) : Promise.resolve(fail({ kind: "not-stored", why: "no-protection" }))) };
}
