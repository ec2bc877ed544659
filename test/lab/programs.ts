/** Samba's programs, and what to do where they are missing. */
import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import path from "node:path";

const searched = [...new Set([...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/samba/sbin", "/usr/local/samba/bin"])];

/** Daemon, provisioning and offline editing of its database. */
const needed = ["samba", "samba-tool", "ldbadd", "ldbmodify"] as const;
export type Program = (typeof needed)[number] | "ldapsearch";
export type Programs = Readonly<Record<(typeof needed)[number], string>>;

export const INSTALL_HINT =
  "On Debian or Ubuntu, as root: apt-get install --no-install-recommends samba samba-dsdb-modules samba-ad-provision samba-vfs-modules ldb-tools ldap-utils";

/** Where a program is, or null. */
export async function findProgram(name: Program): Promise<string | null> {
  for (const folder of searched) {
    const file = path.join(folder, name);
    if (folder !== "" && (await access(file, constants.X_OK).then(() => true, () => false))) return file;
  }
  return null;
}

/** All programs the lab needs, or why the lab cannot run on this machine. */
export async function findPrograms(): Promise<{ readonly programs: Programs } | { readonly missing: string }> {
  const found = new Map<string, string>();
  for (const name of needed) {
    const file = await findProgram(name);
    if (file === null) return { missing: `Samba's ${name} is not installed. ${INSTALL_HINT}` };
    found.set(name, file);
  }
  if (process.getuid?.() !== 0) return { missing: "The lab's directory listens on ports 53, 389 and 636 and must be started as root." };
  const of = (name: (typeof needed)[number]) => found.get(name) ?? name;
  return { programs: { samba: of("samba"), "samba-tool": of("samba-tool"), ldbadd: of("ldbadd"), ldbmodify: of("ldbmodify") } };
}

/** Why Samba's tests are skipped here, or null where they run. A build server that lacks Samba is a failure, not a skip. */
export async function reasonToSkip(): Promise<string | null> {
  const found = await findPrograms();
  if ("programs" in found) return null;
  if (process.env["CI"] !== undefined && process.env["CI"] !== "") throw new Error(found.missing);
  return found.missing;
}

/** Runs a program to its end. Rejects with what it said when it fails. */
export function run(file: string, args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(file, [...args], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${path.basename(file)} failed: ${stderr.slice(-2000)}${stdout.slice(-2000)}`, { cause: error }));
    });
    child.stdin?.end(input ?? "");
  });
}
