/**
 * A console on a computer without a network: in a network namespace of its own that has loopback alone. What it would send to anywhere
 * else finds no route, and the kernel counts that (`OutNoRoutes`, Linux "SNMP counter", RFC 4293 ipSystemStatsOutNoRoutes).
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { bridge } from "./bridge.ts";
import { root, startHost, type HostProcess } from "./host-process.ts";

/** Becomes the program that its arguments name, in the new namespace. */
const ALONE = ["unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$0" "$@"'] as const;

function canBeAlone(): boolean {
  const [program, ...words] = ALONE;
  return spawnSync(program, [...words, "true"]).status === 0;
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

/** The browser, which is outside, reaches the console under the very address that it prints. */
export async function startAlone(dataDirectory: string): Promise<AloneConsole> {
  const host = await startHost("out/main/loopback.js", ["--no-open", "--data", dataDirectory], {}, ALONE);
  const port = Number(new URL(host.address).port);
  const socket = path.join(dataDirectory, "bridge.sock");
  const inside = spawn("nsenter", ["--target", String(host.pid), "--user", "--net", "--preserve-credentials", process.execPath, path.join(root, "test/e2e/bridge.ts"), socket, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  await once(inside.stdout, "data");
  const unbridge = await bridge(port, socket);
  return {
    host,
    wantedOut: () => counterOf(host.pid),
    stop: async () => {
      unbridge();
      inside.kill();
      await host.kill();
    },
  };
}

function counterOf(pid: number): number {
  const titled = readFileSync(`/proc/${pid}/net/snmp`, "utf8").split("\n").filter((line) => line.startsWith("Ip:")).map((line) => line.split(" "));
  const column = titled[0]?.indexOf("OutNoRoutes") ?? -1;
  const v6 = /^Ip6OutNoRoutes\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/net/snmp6`, "utf8"))?.[1];
  const [v4, sixth] = [Number(titled[1]?.[column]), Number(v6 ?? 0)];
  if (!Number.isInteger(v4) || !Number.isInteger(sixth)) throw new Error("The kernel does not say what found no route.");
  return v4 + sixth;
}
