/** What the tests need of the machine besides npm packages, and how it is installed where that is possible. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import path from "node:path";
import { preparePowerShell } from "./powershell-tool.ts";

interface MachinePart {
  readonly name: string;
  /** Present when any of these is found: a program on the path or an absolute file, where `*` is any one folder. */
  readonly programs: readonly string[];
  /** Debian and Ubuntu package names; none where not every release has one. */
  readonly packages: readonly string[];
  readonly neededFor: string;
}

/** What is a program of the machine. */
const machineParts: readonly MachinePart[] = [
  { name: "Chromium", programs: ["/usr/bin/chromium"], packages: ["chromium", "fonts-liberation"], neededFor: "the end-to-end suite" },
  {
    name: "Samba",
    programs: ["/usr/sbin/samba"],
    packages: ["samba", "samba-dsdb-modules", "samba-ad-provision", "samba-vfs-modules"],
    neededFor: "the tests against a real Active Directory",
  },
  { name: "ldb tools", programs: ["ldbadd"], packages: ["ldb-tools"], neededFor: "the lab's directory schema" },
  { name: "LDAP client programs", programs: ["ldapsearch"], packages: ["ldap-utils"], neededFor: "the second opinion on directories" },
  { name: "Wine", programs: ["/usr/lib/wine/wine64", "wine64"], packages: ["wine64"], neededFor: "the tests with the Windows build of Node" },
  { name: "7-Zip", programs: ["7zz", "7z"], packages: ["7zip"], neededFor: "the packaging test" },
  { name: "a C compiler", programs: ["gcc"], packages: ["gcc", "libc6-dev"], neededFor: "the tests in which single reads and writes fail" },
  // Installing it makes a cluster of the machine's own, and starts it where there is an init: the tests make theirs, on ports of their own.
  { name: "PostgreSQL", programs: ["/usr/lib/postgresql/*/bin/postgres"], packages: ["postgresql"], neededFor: "the tests with a team's database" },
  { name: "ip", programs: ["ip"], packages: ["iproute2"], neededFor: "the console on a computer without a network" },
  { name: "unshare and nsenter", programs: ["nsenter"], packages: ["util-linux"], neededFor: "the console on a computer without a network, and the probe where names are" },
  { name: "mount", programs: ["mount"], packages: ["mount"], neededFor: "the same" },
  { name: "OpenSSL", programs: ["openssl"], packages: ["openssl"], neededFor: "second opinions on certificates" },
  { name: "Python", programs: ["python3"], packages: ["python3"], neededFor: "the second opinion on diagnostics files" },
  { name: "age", programs: ["age"], packages: ["age"], neededFor: "the second opinion on handover bundles" },
  { name: ".NET SDK 10 or later", programs: ["dotnet", "dotnet.exe"], packages: [], neededFor: "PowerShell, and .NET's own word on regular expressions" },
];

const powerShell: MachinePart = { name: "PowerShell", programs: [], packages: [], neededFor: "the scripts of the console; it comes with the .NET SDK as a tool" };

/** Whether a program is in one of the folders of PATH, or where a system's own are. */
export function isOnPath(program: string): boolean {
  const folders = [...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/sbin", "/sbin"];
  return folders.some((folder) => folder !== "" && existsSync(path.join(folder, program)));
}

function isPresent(part: MachinePart): boolean {
  return part.programs.some((program) => (path.isAbsolute(program) ? globSync(program).length > 0 : isOnPath(program)));
}

/**
 * Installs what is missing and returns the parts that are missing still. Programs are installed where this is Debian or
 * Ubuntu and the user is root, PowerShell where there is .NET; for the rest the caller says what to do.
 */
export async function prepareMachine(): Promise<readonly MachinePart[]> {
  const missing = installPrograms();
  return (await preparePowerShell()) === null ? [...missing, powerShell] : missing;
}

function installPrograms(): readonly MachinePart[] {
  const missing = machineParts.filter((part) => !isPresent(part));
  const packages = missing.flatMap((part) => part.packages);
  if (packages.length === 0 || process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return missing;
  process.stdout.write(`Installing ${packages.join(", ")}\n`);
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...argv: string[]) => spawnSync("apt-get", argv, { stdio: ["ignore", "ignore", "inherit"], env: environment });
  apt("update", "-qq");
  apt("install", "-y", "-qq", "--no-install-recommends", ...packages);
  return missing.filter((part) => !isPresent(part));
}

/** How a person installs what is missing, in one paragraph. */
export function howToInstall(missing: readonly MachinePart[]): string {
  const reasons = missing.map((part) => `  ${part.name}: ${part.neededFor}`).join("\n");
  const packages = missing.flatMap((part) => part.packages).join(" ");
  const command = packages === "" ? "" : `On Debian or Ubuntu: sudo apt-get install --no-install-recommends ${packages}\n`;
  return `Not on this machine, so the tests that need them are skipped:\n${reasons}\n${command}`;
}
