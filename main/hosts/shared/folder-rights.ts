/** The data folder belongs to one account: its key file, one-time codes and compiled code would open the console to others. */
import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { fail } from "../../../shared/fault.ts";
import type { KeyWrapping } from "../../ports.ts";
import { runProgram, windowsProgram } from "../../programs.ts";

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

/**
 * Makes the folder this account's own and answers whether it is. On Windows a folder outside the profile inherits that
 * every user may read; its rights are set once, before a database is in it. Elsewhere its mode is 0700, always. Throws
 * with a sentence for people for a folder that cannot be one account's.
 */
export function securePrivateFolder(folder: string, platform: NodeJS.Platform = process.platform, run: WindowsRunner = runWindows): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (platform === "win32") return existsSync(path.join(folder, "messaging-console.db")) || setRights(folder, run);
  const { uid, mode } = statSync(folder);
  if (uid !== (process.getuid?.() ?? uid)) throw new Error(`${folder} belongs to another account; name a folder of your own with --data`);
  // A folder that everybody shares, such as the one for temporary files, stays as it is.
  if ((mode & 0o1000) !== 0) throw new Error(`${folder} is shared by all accounts; name a folder of your own with --data`);
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
  return true;
}

function setRights(folder: string, run: WindowsRunner): boolean {
  const account = accountIn(run("whoami.exe", ["/user", "/fo", "csv", "/nh"]) ?? "");
  if (account === null) return false;
  const grants = [account, SYSTEM, ADMINISTRATORS].map((who) => `${who}:(OI)(CI)F`);
  return run("icacls.exe", [folder, "/inheritance:r", "/grant:r", ...grants]) !== null;
}

/** The account as icacls takes it: its identifier, else `DOMAIN\user`, which is all that Wine's whoami says. */
function accountIn(output: string): string | null {
  const identifier = /S-1-[\d-]+/.exec(output)?.[0];
  if (identifier !== undefined) return `*${identifier}`;
  return /^[^\s"\\]+\\[^"\\\r\n]+/.exec(output)?.[0] ?? null;
}

/** A wrapping that makes no key file where others could read it. What an earlier one sealed still opens. */
export function refuseOpenKeyFile(wrapping: KeyWrapping): KeyWrapping {
  if (wrapping.protection !== "key-file") return wrapping;
  return { ...wrapping, wrap: () => Promise.resolve(fail({ kind: "not-stored", why: "no-protection" })) };
}
