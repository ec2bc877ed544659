/** A leak of each kind is planted, seen, and let go of again. */
import { spawn } from "node:child_process";
import dgram from "node:dgram";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ownSurroundings, type Surroundings } from "../../lab/left-behind.ts";
import { canListOpenFiles } from "../../lab/open-files.ts";
import { moreThan, watchResources, type Held, type ResourceWatch } from "../../lab/resources.ts";

let watch: ResourceWatch;
let before: Held;
beforeEach(() => {
  watch = watchResources((file) => file === import.meta.filename);
  before = watch.held();
});
afterEach(() => watch.end());

/** Some turns of the event loop, without a timer that would be counted itself. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Kinds that are left, without their places. */
const left = () => moreThan(before, watch.held()).map((what) => what.replace(/ by .*/, "")).toSorted();

interface Leak {
  readonly kind: readonly string[];
  /** Answers how to let go of it. */
  readonly plant: () => Promise<() => unknown>;
}

const listening = async () => {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
};

const leaks: readonly Leak[] = [
  { kind: ["timer"], plant: () => Promise.resolve(setTimeout(() => undefined, 60_000)).then((timer) => () => clearTimeout(timer)) },
  { kind: ["timer"], plant: () => Promise.resolve(setInterval(() => undefined, 60_000).unref()).then((timer) => () => clearInterval(timer)) },
  { kind: ["listener"], plant: async () => { const server = await listening(); return async () => { server.close(); await once(server, "close"); }; } },
  { kind: ["UDP socket"], plant: async () => { const socket = dgram.createSocket("udp4").bind(0, "127.0.0.1"); await once(socket, "listening"); return async () => { socket.close(); await once(socket, "close"); }; } },
  { kind: ["thread"], plant: async () => { const worker = new Worker("setInterval(() => {}, 1000)", { eval: true }); await once(worker, "online"); return () => worker.terminate(); } },
  { kind: ["child"], plant: async () => { const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" }); await once(child, "spawn"); return async () => { child.kill("SIGKILL"); await once(child, "close"); }; } },
];

describe("what this process holds", () => {
  it.each(leaks)("a $kind that is left is seen, and gone when it is let go of", async ({ kind, plant }) => {
    const letGo = await plant();
    expect(left()).toEqual(expect.arrayContaining([...kind]));
    await letGo();
    await turns();
    expect(left()).toEqual([]);
  });

  it("both ends of a connection, and its listener, are seen with the place that they come from", async () => {
    const server = await listening();
    const taken = once(server, "connection");
    const address = server.address();
    const socket = net.connect(typeof address === "object" && address !== null ? address.port : 0, "127.0.0.1");
    const [far] = await taken;
    expect(left()).toEqual(["listener", "socket", "socket"]);
    expect(moreThan(before, watch.held()).every((what) => / by test\/unit\/lab\/resources\.test\.ts:\d+$/.test(what))).toBe(true);
    socket.destroy();
    far.destroy();
    server.close();
    await once(server, "close");
    await turns();
    expect(left()).toEqual([]);
  });

  it("what others asked for is not counted", () => {
    const others = watchResources((file) => file.endsWith("/no-such-file.ts"));
    const timer = setTimeout(() => undefined, 60_000);
    expect(others.held()).toEqual(new Map());
    clearTimeout(timer);
    others.end();
  });
});

describe("what a test file leaves behind", () => {
  const temporary = process.env["TMPDIR"];
  let surroundings: Surroundings;
  beforeAll(() => {
    surroundings = ownSurroundings();
  });
  afterAll(() => {
    surroundings.remove();
    if (temporary === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = temporary;
  });

  it.skipIf(!canListOpenFiles)(`temporary files are seen, and whether they are open${canListOpenFiles ? "" : " (open files can be listed on Linux only)"}`, () => {
    const file = path.join(os.tmpdir(), "left.db");
    const descriptor = fs.openSync(file, "w");
    expect(surroundings.files()).toEqual(["left.db", "left.db (open)"]);
    fs.closeSync(descriptor);
    fs.rmSync(file);
    expect(surroundings.files()).toEqual([]);
  });

  it.skipIf(!canListOpenFiles)(`programs are seen that a program started which has ended${canListOpenFiles ? "" : " (environments can be read on Linux only)"}`, async () => {
    const script = 'const { spawn } = require("node:child_process"); const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore", detached: true }); child.unref(); console.log(child.pid);';
    const parent = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] });
    let printed = "";
    parent.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    await once(parent, "close");
    await expect.poll(() => surroundings.programs().length).toBe(1);
    process.kill(Number(printed), "SIGKILL");
    await expect.poll(surroundings.programs).toEqual([]);
  });
});
