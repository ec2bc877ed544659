/** A Samba domain controller: its folder, its process, its end. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Programs } from "./programs.ts";

export const REALM = "contoso.lab";
export const NETBIOS = "CONTOSO";
export const CONTROLLER = `dc1.${REALM}`;
export const DOMAIN_DN = "DC=contoso,DC=lab";
export const CONFIGURATION_DN = `CN=Configuration,${DOMAIN_DN}`;
export const SCHEMA_DN = `CN=Schema,${CONFIGURATION_DN}`;
export const ADMINISTRATOR = `CN=Administrator,CN=Users,${DOMAIN_DN}`;
export const ADMINISTRATOR_PASSWORD = "Practice-Makes-Perfect-0";
/** What the template's DNS records say; each copy's own address replaces it. */
export const TEMPLATE_ADDRESS = "127.0.0.2";

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 5000;

/** Certificate and key of the controller and the authority behind them, PEM. */
export interface ControllerIdentity {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly authorityPem: string;
}

export interface Samba {
  readonly pid: number;
  /** Ends the process and waits until it is gone. */
  stop(): Promise<void>;
}

/** Writes a configuration in which every path lies below `folder` and every port belongs to `address`. */
export async function configure(folder: string, address: string, identity: ControllerIdentity): Promise<string> {
  const below = (name: string) => path.join(folder, name);
  const directories = { "private dir": "private", "state directory": "state", "cache directory": "cache", "lock directory": "lock", "pid directory": "run", "ncalrpc dir": "ncalrpc", "binddns dir": "bind-dns", "winbindd socket directory": "winbindd", "ntp signd socket directory": "ntp-signd" };
  for (const name of Object.values(directories)) await mkdir(below(name), { recursive: true });
  const tls = { "tls certfile": "private/lab-certificate.pem", "tls keyfile": "private/lab-key.pem", "tls cafile": "private/lab-authority.pem" };
  await writeFile(below(tls["tls certfile"]), identity.certificatePem);
  await writeFile(below(tls["tls keyfile"]), identity.keyPem, { mode: 0o600 });
  await writeFile(below(tls["tls cafile"]), identity.authorityPem);
  const settings: Record<string, string> = {
    workgroup: NETBIOS,
    realm: REALM.toUpperCase(),
    "netbios name": "DC1",
    "server role": "active directory domain controller",
    "server services": "ldap cldap dns",
    "dcerpc endpoint servers": "",
    interfaces: `${address}/8`,
    "bind interfaces only": "yes",
    "dns forwarder": "",
    "allow dns updates": "disabled",
    "dsdb:schema update allowed": "yes",
    "ldap server require strong auth": "yes",
    "disable netbios": "yes",
    // A copy that lives as long as one test needs no disk.
    "ldb:nosync": "true",
    "log level": "0",
    ...Object.fromEntries(Object.entries({ ...directories, ...tls }).map(([key, name]) => [key, below(name)])),
  };
  const file = below("smb.conf");
  await writeFile(file, `[global]\n${Object.entries(settings).map(([key, value]) => `\t${key} = ${value}\n`).join("")}`);
  return file;
}

/** A loopback address of its own on which nothing listens at `port`; LDAP's stands for all a controller needs. */
export async function freeAddress(port = 389): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    const address = `127.${randomInt(64, 192)}.${randomInt(0, 256)}.${randomInt(2, 250)}`;
    const server = net.createServer().listen(port, address);
    const free = await once(server, "listening").then(() => true, () => false);
    if (!free) continue;
    server.close();
    await once(server, "close");
    return address;
  }
  throw new Error("No loopback address with that port free was found");
}

async function answers(address: string, port: number): Promise<boolean> {
  const socket = net.connect({ host: address, port });
  const open = await once(socket, "connect").then(() => true, () => false);
  socket.destroy();
  return open;
}

/**
 * Starts the daemon in the foreground, as one process. It ends by itself when this process dies, because its standard
 * input closes then.
 */
export async function startSamba(programs: Programs, configuration: string, address: string): Promise<Samba> {
  const child = spawn(programs.samba, ["-i", "-M", "single", "-s", configuration, "--debug-stdout", "-d", "0"], { stdio: ["pipe", "pipe", "pipe"] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      said.push(text);
      if (said.length > 200) said.shift();
    });
  }
  child.stdin.on("error", () => undefined);
  const failed = once(child, "error").then(([error]: unknown[]) => {
    throw error instanceof Error ? error : new Error("Samba could not be started");
  });
  failed.catch(() => undefined);
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (const port of [389, 636, 53]) {
    while (!(await Promise.race([answers(address, port), failed]))) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
        await stop(child);
        throw new Error(`Samba did not start:\n${said.join("")}`);
      }
      await sleep(50);
    }
  }
  const { pid } = child;
  if (pid === undefined) throw new Error("Samba has no process id");
  return { pid, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const inTime = await Promise.race([gone.then(() => true), sleep(STOP_TIMEOUT_MS, false, { ref: false })]);
  if (inTime) return;
  child.kill("SIGKILL");
  await gone;
}
