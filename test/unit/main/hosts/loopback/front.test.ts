/** What the front gives to whom, before any console is behind it. */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openFront, type Front } from "../../../../../main/hosts/loopback/front.ts";
import { watchIdle } from "../../../../../main/hosts/loopback/idle.ts";
import { systemClock } from "../../../../../main/hosts/shared/clock.ts";
import { send } from "../../../../integration/loopback/raw-request.ts";
import { silentLogger } from "../../../../lab/loggers.ts";
import { fakeClock } from "../../monitor/support.ts";
import { temporaryFolder } from "../../store/support.ts";

const place = temporaryFolder();
const pages = path.join(place.folder, "renderer");
let front: Front;
beforeEach(async () => {
  mkdirSync(pages, { recursive: true });
  writeFileSync(path.join(pages, "index.html"), "a page");
  writeFileSync(path.join(place.folder, "outside.html"), "not a page");
  symlinkSync(path.join(place.folder, "outside.html"), path.join(pages, "link.html"));
  front = await openFront({ rendererDirectory: pages, clock: systemClock, logger: silentLogger });
  front.open((_request, socket) => socket.destroy());
});
afterEach(async () => {
  await front.close();
  place.remove();
});

const host = () => ["Host", `127.0.0.1:${front.port}`] as const;
const get = (target: string, ...headers: readonly (readonly [string, string])[]) => send(front.port, { target, headers });

it("swaps a one-time code for a page of its own alone: without an Origin there is none, and the code stays good; no cache keeps what it is swapped for", async () => {
  const body = JSON.stringify({ code: new URL(front.url()).hash.slice("#code=".length) });
  const exchange = (...headers: readonly (readonly [string, string])[]) => send(front.port, { method: "POST", target: "/exchange", headers: [host(), ...headers], body });
  for (const origin of [[], [["Origin", "null"]], [["Origin", "https://evil.example"]], [["Origin", `http://localhost:${front.port}`]]] as const) {
    expect(await exchange(...origin)).toMatchObject({ status: 403, body: "" });
  }
  expect(await exchange(["Origin", `http://127.0.0.1:${front.port}`])).toMatchObject({ status: 200, headers: { "cache-control": "no-store" } });
});

it("gives a rebound name nothing, not even a page", async () => {
  expect(await get("/", host())).toMatchObject({ status: 200, body: "a page" });
  for (const name of [`evil.example:${front.port}`, "127.0.0.1", `127.0.0.1:${front.port + 1}`]) expect(await get("/", ["Host", name])).toMatchObject({ status: 403, body: "" });
});

it("serves nothing that lies outside its pages, by way of a link or not", async () => {
  expect((await get("/link.html", host())).status).toBe(404);
  expect((await get("/../outside.html", host())).status).toBe(404);
});

it("waits for an idle console no more once it has ended", () => {
  const clock = fakeClock();
  const idle = watchIdle(clock, 1000, () => undefined);
  idle.connections(1);
  idle.connections(0);
  expect(clock.waiting()).toBe(1);
  idle.stop();
  expect(clock.waiting()).toBe(0);
});
