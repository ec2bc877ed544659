/** A console in this very process: what it opens is closed with it. */
import { mkdirSync, existsSync, readFileSync, rmdirSync, statSync } from "node:fs";
import { once } from "node:events";
import net from "node:net";
import path from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { startConsole, type Console } from "../../../../../main/hosts/loopback/console.ts";
import { openFront, type Front } from "../../../../../main/hosts/loopback/front.ts";
import { systemClock } from "../../../../../main/hosts/shared/clock.ts";
import { announcePractice, connectToRunningPractice } from "../../../../../main/hosts/shared/practice-control.ts";
import type { Contract } from "../../../../../shared/contract/index.ts";
import { canListOpenFiles, openFilesBelow } from "../../../../lab/open-files.ts";
import { recordingLogger } from "../../../../lab/loggers.ts";
import { take, temporaryFolder } from "../../store/support.ts";

const place = temporaryFolder();
const { folder } = place;
const practiceFolder = path.join(folder, "practice");
afterEach(place.remove);

async function start(practice: boolean): Promise<{ readonly console: Console; readonly front: Front }> {
  const logger = recordingLogger();
  mkdirSync(practiceFolder, { recursive: true });
  const front = await openFront({ rendererDirectory: folder, clock: systemClock, logger });
  const dataDirectory = practice ? practiceFolder : folder;
  return { front, console: take(await startConsole({ dataDirectory, rendererDirectory: folder, practice, logger, front })) };
}

/** The contract, as a page of the console has it. */
async function pageOf({ console, front }: { readonly console: Console; readonly front: Front }): Promise<ContractRouterClient<Contract>> {
  const origin = `http://127.0.0.1:${front.port}`;
  const answer = await fetch(`${origin}/exchange`, { method: "POST", headers: { origin }, body: JSON.stringify({ code: new URL(console.url()).hash.slice("#code=".length) }) });
  const { token } = z.object({ token: z.string() }).parse(await answer.json());
  const socket: WebSocket = Reflect.construct(WebSocket, [`${origin.replace("http", "ws")}/contract`, { protocols: ["messaging-console.v1", token], headers: { origin } }]);
  await once(socket, "open");
  return createORPCClient(new RPCLink({ websocket: socket }));
}

const listeners = () => process.getActiveResourcesInfo().filter((each) => each === "TCPServerWrap").length;

/** Whether somebody listens on a port of this machine. */
function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
    socket.on("close", () => socket.destroy());
    setTimeout(() => socket.destroy(), 2000).unref();
  });
}

const where = canListOpenFiles ? "" : " (open files can be listed on Linux only)";

it.skipIf(!canListOpenFiles)(`closes its database, its listener and every connection${where}`, async () => {
  const { console, front } = await start(false);
  expect(openFilesBelow(folder).length).toBeGreaterThan(0);
  const idle = net.connect(front.port, "127.0.0.1");
  const ended = new Promise((resolve) => idle.on("error", resolve).on("close", resolve));
  await new Promise((resolve) => idle.once("connect", resolve));
  await console.close();
  await ended;
  expect(openFilesBelow(folder)).toEqual([]);
  expect(await isOpen(front.port)).toBe(false);
});

it.skipIf(!canListOpenFiles)(`of the practice organisation takes away the way in, and everything else with it${where}`, async () => {
  const { console } = await start(true);
  const control = path.join(practiceFolder, "control.json");
  expect(statSync(control).mode & 0o077).toBe(0);
  const connected = take(await connectToRunningPractice(folder));
  const components = await connected.client.practice.facts();
  const ports = components.ok ? [...JSON.stringify(components.value).matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port)) : [];
  await console.close();
  await connected.close();
  expect(existsSync(control)).toBe(false);
  expect(openFilesBelow(folder)).toEqual([]);
  expect(await Promise.all(ports.map(isOpen))).toEqual(ports.map(() => false));
  await expect.poll(listeners).toBe(0);
});

it("leaves nothing of a practice console that could not be opened, and opens it when it is asked again", async () => {
  const started = await start(false);
  const page = await pageOf(started);
  const before = listeners();
  const blocked = path.join(practiceFolder, "messaging-console.db");
  mkdirSync(blocked);
  expect((await page.app.openPractice()).ok).toBe(false);
  await expect.poll(listeners).toBe(before);
  rmdirSync(blocked);
  take(await page.app.openPractice());
  await started.console.close();
  await expect.poll(listeners).toBe(0);
});

it("takes away the note of its own practice console, and no other one's", () => {
  mkdirSync(practiceFolder, { recursive: true });
  const withdraw = announcePractice(practiceFolder, { port: 1, token: "first" });
  const withdrawSecond = announcePractice(practiceFolder, { port: 2, token: "second" });
  withdraw();
  expect(readFileSync(path.join(practiceFolder, "control.json"), "utf8")).toContain("second");
  withdrawSecond();
  expect(existsSync(path.join(practiceFolder, "control.json"))).toBe(false);
});

it.skipIf(!canListOpenFiles)(`ends the practice console beside it${where}`, async () => {
  const started = await start(false);
  const { console } = started;
  const { url } = take(await (await pageOf(started)).app.openPractice());
  const port = Number(new URL(url ?? "").port);
  expect(await isOpen(port)).toBe(true);
  await console.close();
  expect(await isOpen(port)).toBe(false);
  expect(openFilesBelow(folder)).toEqual([]);
});
