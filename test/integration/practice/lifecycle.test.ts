/** Where the practice organisation listens, what it leaves behind, and what stays the same across restarts. */
import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import tls from "node:tls";
import { promisify } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { startPractice } from "../../../main/practice/index.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { clock, noSignal, openPractice, temporaryFolder } from "./support.ts";

afterEach(() => vi.restoreAllMocks());

/** Every server that begins to listen from now on. */
function watchServers(): ReadonlySet<net.Server> {
  const servers = new Set<net.Server>();
  const emit = net.Server.prototype.emit;
  vi.spyOn(net.Server.prototype, "emit").mockImplementation(function emitWatched(this: net.Server, event: string | symbol, ...args: unknown[]) {
    if (event === "listening") servers.add(this);
    return Boolean(Reflect.apply(emit, this, [event, ...args]));
  });
  return servers;
}

function addressOf(server: net.Server): string | null {
  const address = server.address();
  return address === null || typeof address === "string" ? address : address.address;
}

test("every listener is on loopback, also those of failures and additions, and all close", async () => {
  const servers = watchServers();
  const practice = await openPractice();
  await practice.does("add", null, "exf");
  await practice.does("thousand");
  await practice.does("hang", "ex0003");
  await practice.does("down", "exb");
  await practice.does("up", "exb");
  await practice.does("down", "directory");
  await practice.does("up", "directory");
  const listening = [...servers].filter((server) => server.listening);
  // Two controllers with two ports, seven named servers, the shared listener and the one broken out of it; then the clouds.
  expect(listening.length).toBeGreaterThan(4 + 7 + 2);
  expect(new Set(listening.map(addressOf))).toEqual(new Set(["127.0.0.1"]));
  await practice.stop();
  expect([...servers].filter((server) => server.listening)).toEqual([]);
});

/** Connects, and says through `ended` when the far side ends it. */
function connected(port: number): Promise<{ readonly ended: Promise<unknown> }> {
  const socket = net.connect({ host: "127.0.0.1", port });
  const ended = new Promise((resolve) => socket.on("error", () => undefined).on("close", () => resolve("ended")));
  return new Promise((resolve) => socket.once("connect", () => resolve({ ended })));
}

test.each([
  ["exb", "exb.contoso.lab", 443],
  ["directory", "dc1.contoso.lab", 389],
  ["graph", "graph.microsoft.com", 443],
])("%s, told to be as it is, leaves what is under way alone", async (component, host, port) => {
  const practice = await openPractice();
  const { ended } = await connected(await practice.portOf(host, port));
  await practice.does("up", component);
  // What was told to the first one would be there before a later one gets through.
  await connected(await practice.portOf(host, port));
  await connected(await practice.portOf(host, port));
  expect(await Promise.race([ended, setTimeout(300, "open")])).toBe("open");
  await practice.does("down", component);
  expect(await ended).toBe("ended");
  await practice.stop();
});

test("disposing ends open connections, and a second time does nothing", async () => {
  const practice = await openPractice();
  const ports = [await practice.portOf("exa.contoso.lab", 443), await practice.portOf("dc1.contoso.lab", 389), await practice.portOf("dc1.contoso.lab", 636)];
  const connections = await Promise.all(ports.map(connected));
  await practice.stop();
  expect(await Promise.all(connections.map(({ ended }) => ended))).toEqual(["ended", "ended", "ended"]);
  await practice.dispose();
});

test("a process that disposes ends by itself", async () => {
  const place = temporaryFolder();
  const entry = new URL("../../../main/practice/index.ts", import.meta.url).href;
  const script = `
    import { startPractice } from ${JSON.stringify(entry)};
    const quiet = () => undefined;
    const clock = { now: () => Date.now(), elapsed: () => performance.now(), random: () => 0, after: (ms, call) => { const timer = setTimeout(call, ms); return () => clearTimeout(timer); } };
    const practice = await startPractice({ dataDirectory: ${JSON.stringify(place.folder)}, clock, logger: { info: quiet, warn: quiet, error: quiet } });
    await practice.port.run("thousand", null, null);
    await practice.dispose();
    process.stdout.write("disposed");
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { timeout: 20_000 });
  expect(stdout).toBe("disposed");
  place.remove();
});

async function fingerprints(folder: string): Promise<{ authority: string; controller: string }> {
  const practice = await startPractice({ dataDirectory: folder, clock, logger: silentLogger });
  const found = await practice.resolver.connectTo("dc1.contoso.lab", 636, { server: null, signal: noSignal });
  const port = found.ok ? (found.value[0]?.port ?? 0) : 0;
  const socket = tls.connect({ host: "127.0.0.1", port, servername: "dc1.contoso.lab", ca: [...practice.resolver.authorities] });
  const controller = await new Promise<string>((resolve, reject) => {
    socket.once("secureConnect", () => resolve(socket.getPeerCertificate().fingerprint256));
    socket.once("error", reject);
  });
  socket.destroy();
  await practice.dispose();
  return { authority: new X509Certificate(practice.resolver.authorities[0] ?? "").fingerprint256, controller };
}

test("authority and controller keep their certificates, until their file is damaged", async () => {
  const place = temporaryFolder();
  const first = await fingerprints(place.folder);
  expect(await fingerprints(place.folder)).toEqual(first);
  writeFileSync(path.join(place.folder, "practice-authority.json"), readFileSync(path.join(place.folder, "practice-authority.json")).subarray(0, 100));
  const second = await fingerprints(place.folder);
  expect(second.authority).not.toBe(first.authority);
  // What the old authority issued would no longer be trusted.
  expect(second.controller).not.toBe(first.controller);
  place.remove();
});

test.skipIf(process.platform === "win32")("keys are readable by their owner only (skipped on Windows: the folder's rights decide there)", async () => {
  const place = temporaryFolder();
  await fingerprints(place.folder);
  for (const name of readdirSync(place.folder)) expect([name, statSync(path.join(place.folder, name)).mode & 0o077]).toEqual([name, 0]);
  place.remove();
});

test("two start at once on one folder and agree on the authority afterwards", async () => {
  const place = temporaryFolder();
  await Promise.all([fingerprints(place.folder), fingerprints(place.folder)]);
  expect(await fingerprints(place.folder)).toEqual(await fingerprints(place.folder));
  place.remove();
});
