/** The front alone: what a page gets while there is no console yet, and when there never will be one. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openFront, type Front } from "../../../main/hosts/loopback/front.ts";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import { securityHeaders } from "../../../main/hosts/shared/page-headers.ts";
import { pageThemeOf } from "../../../main/hosts/shared/page-theme.ts";
import { silentLogger } from "../../lab/loggers.ts";

let folder: string;
let front: Front;
let origin: string;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-front-"));
  writeFileSync(path.join(folder, "index.html"), '<!doctype html><html lang="en"><title>page</title>');
  front = await openFront({ rendererDirectory: folder, theme: () => pageThemeOf(folder), clock: systemClock, logger: silentLogger });
  origin = `http://127.0.0.1:${front.port}`;
});
afterEach(async () => {
  await front.close();
  rmSync(folder, { recursive: true, force: true });
});

function exchange(code: string): Promise<Response> {
  return fetch(`${origin}/exchange`, { method: "POST", headers: { origin, "content-type": "application/json" }, body: JSON.stringify({ code }) });
}
const code = () => new URL(front.url()).hash.slice("#code=".length);

it("serves pages before there is a console", async () => {
  const page = await fetch(`${origin}/`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("page");
});

it.each([
  ["dark", '{"theme":"dark"}', '<html data-theme="dark" lang="en">'],
  ["light", '{"theme":"light","checkIntervalSeconds":1}', '<html data-theme="light" lang="en">'],
  ["the system's", '{"theme":"system"}', '<html lang="en">'],
  ["anything else", '{"theme":"\\"><script>"}', '<html lang="en">'],
  ["not to be read", "{", '<html lang="en">'],
])("sends the page in the theme that was chosen: %s", async (_theme, preferences, root) => {
  writeFileSync(path.join(folder, "preferences.json"), preferences);
  const page = await fetch(`${origin}/`);
  const text = await page.text();
  expect(text).toBe(`<!doctype html>${root}<title>page</title>`);
  expect(page.headers.get("content-length")).toBe(String(text.length));
});

it.each([
  ["a page", "/", { method: "GET" }, 200],
  ["what is not there", "/missing.js", { method: "GET" }, 404],
  ["another method", "/", { method: "PUT" }, 405],
  ["a foreign origin", "/", { method: "GET", headers: { origin: "https://evil.example" } }, 403],
  ["a wrong code", "/exchange", { method: "POST", body: '{"code":"wrong"}' }, 403],
])("sends the pages' policy with the answer to %s", async (_what, target, request, status) => {
  const answer = await fetch(`${origin}${target}`, request);
  expect(answer.status).toBe(status);
  expect(Object.fromEntries(answer.headers)).toMatchObject(Object.fromEntries(Object.entries(securityHeaders).map(([name, value]) => [name.toLowerCase(), value])));
});

it("hands out no token before there is a console", async () => {
  let answered = false;
  const answer = exchange(code()).finally(() => (answered = true));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(answered).toBe(false);
  front.open(() => undefined);
  expect(await (await answer).json()).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/) });
});

it("refuses a wrong code at once", async () => {
  expect((await exchange("wrong")).status).toBe(403);
});

it("tells who waits why there will be no console, and nobody without the code", async () => {
  const right = exchange(code());
  await new Promise((resolve) => setTimeout(resolve, 50));
  const told = front.refuse({ kind: "unreadable", what: "database-damaged" });
  const answer = await right;
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ fault: { kind: "unreadable", what: "database-damaged" } });
  await told;
  const wrong = await exchange("wrong");
  expect([wrong.status, await wrong.text()]).toEqual([403, ""]);
});

it("tells who comes later, and waits for him", async () => {
  const later = code();
  let told = false;
  const telling = front.refuse({ kind: "unreadable", what: "database-damaged" }).then(() => (told = true));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(told).toBe(false);
  expect((await exchange(later)).status).toBe(503);
  await telling;
});

it("does not wait for a page that does not come", async () => {
  await expect(front.pageDrawn(10)).resolves.toBeUndefined();
});

it("waits for a page that is on its way until it asks to be let in, and for no wrong code", async () => {
  let drawn = false;
  const waiting = front.pageDrawn(600_000).then(() => (drawn = true));
  expect((await fetch(`${origin}/`)).status).toBe(200);
  expect((await exchange("wrong")).status).toBe(403);
  expect(drawn).toBe(false);
  const asked = exchange(code());
  await waiting;
  front.open(() => undefined);
  expect((await asked).status).toBe(200);
});

it("waits longer with each file that a page asks for, but not for as long as somebody asks", async () => {
  const begun = performance.now();
  const waiting = front.pageDrawn(400);
  const asking = setInterval(() => void fetch(`${origin}/`).catch(() => undefined), 100);
  await waiting;
  clearInterval(asking);
  const waited = performance.now() - begun;
  expect(waited).toBeGreaterThan(590);
  expect(waited).toBeLessThan(30_000);
});
