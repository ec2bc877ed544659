/** What an administrator would do without the console: the groups made by bare LDAP, then the bare cmdlet for each in one PowerShell session. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "ldapts";
import type { RemotingLocation } from "../../main/ports.ts";

export interface PeerPlace {
  readonly remoting: RemotingLocation;
  readonly server: string;
  /** Where the controller listens for LDAP over TLS on loopback, its name, and the authority of its certificate. */
  readonly port: number;
  readonly controller: string;
  readonly authority: string;
  readonly username: string;
  readonly password: string;
  readonly container: string;
}

/** One connection, nothing read back. Each group gets what the console gives one. */
async function make({ port, controller, authority, username, password, container }: PeerPlace, names: readonly string[]): Promise<void> {
  const client = new Client({ url: `ldaps://127.0.0.1:${port}`, tlsOptions: { ca: authority, servername: controller } });
  await client.bind(username, password);
  for (const name of names) await client.add(`CN=${name},${container}`, { objectClass: ["top", "group"], groupType: "8", sAMAccountName: name, displayName: name });
  await client.unbind();
}

/** A process that opens one session, asks for each group on that runspace, and ends. Rejects where a group was not enabled. */
async function enable({ remoting, server, username, password, controller, container }: PeerPlace, folder: string, names: readonly string[]): Promise<void> {
  const groups = path.join(folder, "groups.json");
  writeFileSync(groups, JSON.stringify(names.map((name) => ({ identity: `CN=${name},${container}`, alias: name.toLowerCase().replaceAll(" ", ".") }))));
  const given = ["-NoLogo", "-NonInteractive", "-File", path.join(import.meta.dirname, "provisioning-peer.ps1"), server, username, controller, groups];
  const program = spawn(remoting.executable, given, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...remoting.environment, MC_BENCH_PASSWORD: password } });
  let said = "";
  program.stdout.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
  await once(program, "close");
  if (program.exitCode !== 0 || said.trim() !== String(names.length)) throw new Error(`the peer ended with ${program.exitCode}: ${said}`);
}

/** Both, as the console does both. */
export async function provisionBare(place: PeerPlace, names: readonly string[]): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "mc-provisioning-"));
  try {
    await make(place, names);
    await enable(place, folder, names);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
