/**
 * A console on a computer without a network: in a network namespace of its own that has loopback alone. What it would send to anywhere
 * else finds no route, and the kernel counts that (`OutNoRoutes`, Linux "SNMP counter", RFC 4293 ipSystemStatsOutNoRoutes).
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bridge } from "./bridge.ts";
import { root, startHost, type HostProcess } from "./host-process.ts";

/** A resolver that no route leads to: one on loopback, as many systems have it, would be asked and not counted. */
const RESOLVER = "nameserver 192.0.2.1\n";
const NAMES = "hosts: files dns\n";

/** Becomes the program that its arguments name, in the new namespaces; the first one is the folder with the files that are put over the system's. */
const SCRIPT = 'ip link set lo up && mount --bind "$0/resolv.conf" /etc/resolv.conf && mount --bind "$0/nsswitch.conf" /etc/nsswitch.conf && exec "$@"';

function alone(folder: string): readonly string[] {
  writeFileSync(path.join(folder, "resolv.conf"), RESOLVER);
  writeFileSync(path.join(folder, "nsswitch.conf"), NAMES);
  return ["unshare", "--map-root-user", "--net", "--mount", "sh", "-c", SCRIPT, folder];
}

function inside(pid: number): readonly string[] {
  return ["nsenter", "--target", String(pid), "--user", "--net", "--preserve-credentials"];
}

function canBeAlone(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), "alone-"));
  const [program = "", ...words] = alone(folder);
  const can = spawnSync(program, [...words, "true"]).status === 0 && spawnSync("nsenter", ["--version"]).status === 0;
  rmSync(folder, { recursive: true });
  return can;
}

/** Why there is no such console here, or null where there is. The programs are parts of the machine that CI must have; the kernel's leave is not. */
export function reasonForNone(): string | null {
  return canBeAlone() ? null : "needs network namespaces: unshare (util-linux), ip (iproute2), and a kernel that lets this account make them";
}

export interface AloneConsole {
  readonly host: HostProcess;
  /** Packets that found no way out, of IPv4 and IPv6. */
  wantedOut(): number;
  stop(): Promise<void>;
}

/** The browser, which is outside, reaches the console under the very address that it prints. `folder` is for what only this needs. */
export async function startAlone(dataDirectory: string, folder: string): Promise<AloneConsole> {
  const host = await startHost("out/main/loopback.js", ["--no-open", "--data", dataDirectory], {}, alone(folder));
  try {
    const port = Number(new URL(host.address).port);
    const socket = path.join(folder, "bridge.sock");
    const [program = "", ...words] = inside(host.pid);
    const within = spawn(program, [...words, process.execPath, path.join(root, "test/e2e/bridge.ts"), socket, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise<never>((_resolve, reject) => within.once("error", reject).once("exit", (code) => reject(new Error(`The bridge ended with ${code}.`))));
    await Promise.race([once(within.stdout, "data"), ended]);
    ended.catch(() => undefined);
    const unbridge = await bridge(port, socket);
    return {
      host,
      wantedOut: () => counterOf(host.pid),
      stop: async () => {
        unbridge();
        within.kill();
        await host.kill();
      },
    };
  } catch (error) {
    await host.kill();
    throw error;
  }
}

function counterOf(pid: number): number {
  const titled = readFileSync(`/proc/${pid}/net/snmp`, "utf8").split("\n").filter((line) => line.startsWith("Ip:")).map((line) => line.split(" "));
  const column = titled[0]?.indexOf("OutNoRoutes") ?? -1;
  const v6 = /^Ip6OutNoRoutes\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/net/snmp6`, "utf8"))?.[1];
  const [v4, sixth] = [Number(titled[1]?.[column]), Number(v6 ?? 0)];
  if (!Number.isInteger(v4) || !Number.isInteger(sixth)) throw new Error("The kernel does not say what found no route.");
  return v4 + sixth;
}
