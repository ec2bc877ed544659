/**
 * The first sweep over 1,000 servers of which 30% accept a connection and then stay silent, against the computed ideal:
 * the silent ones alone, packed into the monitor's slots, for the time-out each.
 */
import net from "node:net";
import { Monitor, SLOTS } from "../../main/monitor/monitor.ts";
import type { ServerCheck } from "../../main/monitor/run-check.ts";
import { dial } from "../../main/network/dial.ts";
import type { Clock, NameResolver } from "../../main/ports.ts";
import { succeed } from "../../shared/fault.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import { silentLogger } from "../lab/loggers.ts";
import type { BenchResult } from "./main.ts";

const SERVERS = 1_000;
const SILENT_OF_TEN = 3;
const TIMEOUT_MS = 2_000;
const INTERVAL_MS = 10_000;

const clock: Clock = {
  now: () => performance.now(),
  elapsed: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  random: () => 0.5,
};

/** One front end for all names: it reads the name that is asked for, and answers or stays silent. */
async function startFrontEnd(silent: ReadonlySet<string>): Promise<net.Server & { readonly port: number }> {
  const server = net.createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", (data) => {
      if (!silent.has(data.toString("latin1").trim())) socket.end("200\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return Object.assign(server, { port: address !== null && typeof address === "object" ? address.port : 0 });
}

/** Reaches the server as the product does, asks, and waits for an answer until the monitor's signal ends the wait. */
function checkOver(resolver: NameResolver): ServerCheck {
  return async (host, { signal }) => {
    const at = clock.now();
    const { rungs, socket } = await dial({ host, port: 443, tls: null, resolver, dnsServer: null, clock, signal, timeoutMs: TIMEOUT_MS });
    const started = clock.now();
    const answered = socket === null ? false : await answer(socket, host, signal);
    socket?.destroy();
    const ms = clock.now() - started;
    const rung: RungResult = answered
      ? { rung: "health-check", ms, outcome: { state: "passed", answer: "200" } }
      : { rung: "health-check", ms, outcome: { state: "failed", fault: { kind: "cancelled" } } };
    return { at, ms: clock.now() - at, rungs: [...rungs, rung], certificateExpiresAt: null };
  };
}

function answer(socket: net.Socket, host: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once("data", () => resolve(true));
    socket.once("error", () => resolve(false));
    signal.addEventListener("abort", () => resolve(false));
    socket.write(`${host}\r\n`);
  });
}

export async function run(): Promise<BenchResult> {
  const names = Array.from({ length: SERVERS }, (_, index) => `ex${index}.contoso.lab`);
  // Spread evenly but not regularly: 7 has no common factor with 10.
  const silent = new Set(names.filter((_, index) => (index * 7) % 10 < SILENT_OF_TEN));
  const frontEnd = await startFrontEnd(silent);
  const resolver: NameResolver = {
    service: () => Promise.resolve(succeed([])),
    connectTo: () => Promise.resolve(succeed([{ address: "127.0.0.1", port: frontEnd.port }])),
    authorities: [],
  };
  const check = checkOver(resolver);
  const servers = names.map((name) => ({ name, ticked: true, inForce: true, provider: "bench", check }));
  const done = Promise.withResolvers<void>();
  let unchecked = SERVERS;
  const monitor = new Monitor({
    clock,
    logger: silentLogger,
    intervalMs: () => INTERVAL_MS,
    timeoutMs: TIMEOUT_MS,
    onTransition: ({ before }) => {
      if (before.state !== "unchecked") return;
      unchecked -= 1;
      if (unchecked === 0) done.resolve();
    },
  });
  const start = performance.now();
  monitor.follow("bench", servers);
  await done.promise;
  const ours = performance.now() - start;
  const wrong = monitor.feed("bench").values().filter(({ name, health }) => (health.state === "online") === silent.has(name));
  await monitor.dispose();
  frontEnd.close();
  if (wrong.length > 0) throw new Error(`${wrong.length} servers have the wrong state, ${wrong[0]?.name} among them`);
  const ideal = Math.ceil(silent.size / SLOTS) * TIMEOUT_MS;
  return {
    name: "sweep",
    ours_ms: Math.round(ours),
    peer: `ideal: ${silent.size} silent servers in ${SLOTS} slots, ${TIMEOUT_MS} ms each`,
    peer_ms: ideal,
    ratio: Math.round((ours / ideal) * 1000) / 1000,
  };
}
