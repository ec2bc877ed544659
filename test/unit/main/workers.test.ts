import { getEventListeners } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { Reading, ReadingQuestion } from "../../../main/certificates/refusal.ts";
import { WorkerLine, WorkerPool, workerUrl } from "../../../main/workers.ts";
import { watchResources } from "../../lab/resources.ts";
import { pfxBytes } from "../../lab/vectors.ts";

it("answers a question that no thread can be sent as crashed, the first one and later ones", async () => {
  const line = new WorkerLine<unknown, { readonly error: string | null }>(workerUrl("aliases", "regex"), {});
  const uncloneable = { pattern: () => "a function cannot be copied" };
  expect(await line.ask(uncloneable, { timeoutMs: 20_000 })).toMatchObject({ kind: "crashed", error: { name: "DataCloneError" } });
  expect(await line.ask(uncloneable, { timeoutMs: 20_000 })).toMatchObject({ kind: "crashed" });
  await line.dispose();
});

it("keeps no question waiting behind one that takes long while another thread is free", async () => {
  const pool = new WorkerPool<ReadingQuestion, Reading>(2, workerUrl("certificates", "certificate"), {});
  const ended: string[] = [];
  const ask = async (name: string, file: string, password: string) => {
    await pool.ask({ bytes: pfxBytes(file), password, now: 0, withKey: false }, { timeoutMs: 60_000 });
    ended.push(name);
  };
  const quick = ["1", "2", "3", "4", "5"];
  await Promise.all([ask("long", "rustcrypto/ValidCertificatePathTest1EE_firefox.p12", "password"), ...quick.map((name) => ask(name, "generated/3des.p12", "password"))]);
  expect(ended).toEqual([...quick, "long"]);
  await pool.rest();
}, 120_000);

describe("a thread", () => {
  const task = { source: "a", text: "a", ends: Uint32Array.of(1), spans: new SharedArrayBuffer(12) };
  const forEver = { source: "^(a+)+$", text: `${"a".repeat(40)}b`, ends: Uint32Array.of(41), spans: new SharedArrayBuffer(12) };
  const newLine = () => new WorkerLine<typeof task, true>(workerUrl("aliases", "regex"), {});
  const threads = watchResources();
  const running = () => [...threads.held()].filter(([what]) => what.startsWith("thread ")).reduce((sum, [, count]) => sum + count, 0);
  afterAll(() => threads.end());

  it("is kept for the next question, and ends when it may rest and nobody waits for it", async () => {
    const line = newLine();
    expect(await line.ask(task, { timeoutMs: 20_000 })).toMatchObject({ kind: "answered" });
    expect(running()).toBe(1);
    await line.rest();
    await expect.poll(running).toBe(0);
    const asked = line.ask(task, { timeoutMs: 20_000 });
    await line.rest();
    expect(await asked).toMatchObject({ kind: "answered" });
    expect(running()).toBe(1);
    await line.dispose();
    await expect.poll(running).toBe(0);
  });

  it("that takes too long, or whose question is called off, is ended, and nobody listens any more", async () => {
    const line = newLine();
    expect(await line.ask(forEver, { timeoutMs: 50 })).toEqual({ kind: "timed-out" });
    await expect.poll(running).toBe(0);
    const stop = new AbortController();
    const asked = line.ask(forEver, { timeoutMs: 20_000, signal: stop.signal });
    await expect.poll(running).toBe(1);
    expect(getEventListeners(stop.signal, "abort")).toHaveLength(1);
    stop.abort();
    expect(await asked).toEqual({ kind: "cancelled" });
    await expect.poll(running).toBe(0);
    const { signal } = new AbortController();
    await line.ask(task, { timeoutMs: 20_000, signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await line.dispose();
  });

  it("that does not end at once keeps the next question waiting, and not who gave up", async () => {
    const line = newLine();
    const stop = new AbortController();
    const ended = Promise.withResolvers<number>();
    const terminate = vi.spyOn(Worker.prototype, "terminate").mockReturnValueOnce(ended.promise);
    const asked = line.ask(forEver, { timeoutMs: 20_000, signal: stop.signal });
    await expect.poll(running).toBe(1);
    stop.abort();
    expect(await asked).toEqual({ kind: "cancelled" });
    const [given] = terminate.mock.contexts;
    const next = line.ask(task, { timeoutMs: 20_000 });
    await new Promise(setImmediate);
    expect(running()).toBe(1);
    terminate.mockRestore();
    if (given instanceof Worker) ended.resolve(await given.terminate());
    expect(await next).toMatchObject({ kind: "answered" });
    await line.dispose();
    await expect.poll(running).toBe(0);
  });

  it("keeps no process from ending while it has nothing to do, and knows nothing of its environment", async () => {
    const started = vi.spyOn(Worker.prototype, "unref");
    const line = newLine();
    await line.ask(task, { timeoutMs: 20_000 });
    expect(started).toHaveBeenCalled();
    started.mockRestore();
    await line.dispose();
    const folder = mkdtempSync(path.join(tmpdir(), "mc-workers-"));
    const file = path.join(folder, "environment.mjs");
    writeFileSync(file, 'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => parentPort.postMessage(Object.keys(process.env))); parentPort.postMessage("ready");');
    const other = new WorkerLine<null, readonly string[]>(pathToFileURL(file), {});
    expect(await other.ask(null, { timeoutMs: 20_000 })).toEqual({ kind: "answered", answer: [] });
    await other.dispose();
    rmSync(folder, { recursive: true });
  });
});
