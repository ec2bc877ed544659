/**
 * The connection is cut, stalled and given back at random while a person goes on pressing: what the page says of each action is
 * held against what the host did and when. The host is a process of its own, the page's part its real stores and link.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { ask } from "../../../renderer/host/ask.ts";
import { currentConnection, onConnection, whenOpen } from "../../../renderer/host/connection.ts";
import type { ConsoleClient } from "../../../renderer/host/client.ts";
import { createEditor } from "../../../renderer/stores/editor.ts";
import { followStores, storesList } from "../../../renderer/stores/stores-list.ts";
import type { Result } from "../../../shared/fault.ts";
import type { Revision } from "../../../shared/model/draft.ts";
import { TOO_LATE_AFTER_MS } from "../../../shared/rules/liveness.ts";
import { eventually } from "../../lab/eventually.ts";
import { chance } from "../command-line/mutations.ts";
import { start, type Running } from "../command-line/processes.ts";
import { connectTo, storesListed, type Connected } from "../wine/console-client.ts";
import { startCuttingProxy, type CuttingProxy } from "./cutting-proxy.ts";
import { enterAsPage } from "./page.ts";

const SEED = 20_261_126;
const ACTIONS = 200;
const address = /http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]+/g;
const connection = { kind: "entra-id", cloud: "worldwide", tenant: "contoso.example" } as const;

interface Action {
  readonly what: string;
  readonly at: number;
  readonly settledAt: number;
  readonly said: Result<unknown>;
  /** The page said that main was away when it was pressed. */
  readonly isPressedAway: boolean;
  /** It was answered only after the connection had come back. */
  readonly hasWaited: boolean;
}

let folder: string;
let host: Running;
let proxy: CuttingProxy;
/** Beside the proxy, for the truth. */
let truth: Connected;
let page: ConsoleClient;

/** An address of the running host, which prints one more with each Enter. */
async function nextAddress(number: number): Promise<string> {
  if (number > 1) host.child.stdin.write("\n");
  return eventually(() => {
    const found = host.stdout().match(address)?.[number - 1];
    if (found === undefined) throw new Error("no address yet");
    return found;
  });
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-away-"));
  host = start("out/main/loopback.js", ["--no-open", "--end-with-stdin", "--data", folder]);
  truth = await connectTo(await nextAddress(1));
  const second = await nextAddress(2);
  proxy = await startCuttingProxy(Number(new URL(second).port));
  page = await enterAsPage(second, proxy.port);
}, 120_000);
afterAll(async () => {
  truth.close();
  await proxy.close();
  host.child.kill("SIGCONT");
  host.child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function take<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

function outcomeOf({ said }: Action): string {
  if (said.ok) return "done";
  // Main refuses too: a draft whose last answer was lost is not the one that this page knows.
  return said.fault.kind === "no-connection" ? said.fault.outcome : "refused";
}

function hasSaved({ changes }: Revision, username: string): boolean {
  return changes.some(({ key, after }) => key === "values.username" && after === username);
}

/** What the page said of an action, held against when the host did it, if it did. */
function wrongsOf(action: Action, doneAt: readonly number[]): readonly string[] {
  const outcome = outcomeOf(action);
  const late = doneAt.some((at) => at - action.at > TOO_LATE_AFTER_MS + 1_000 || (outcome === "done" && at > action.settledAt));
  return [
    action.isPressedAway && doneAt.length > 0 && `${action.what} was pressed while main was away, and was done`,
    action.isPressedAway && outcome !== "not-done" && `${action.what} was pressed while main was away, and is shown as ${outcome}`,
    action.hasWaited && `${action.what} was answered when the connection was back, and not when it was pressed or the connection went`,
    outcome === "done" && doneAt.length !== 1 && `${action.what} is shown done and was done ${doneAt.length} times`,
    outcome !== "done" && outcome !== "unknown" && doneAt.length > 0 && `${action.what} is shown not done and was done`,
    late && `${action.what} was done later than it was meant to`,
  ].filter((wrong) => wrong !== false);
}

/** Until the page says that main is away. */
async function untilAway(): Promise<void> {
  const away = () => {
    if (currentConnection().state === "open") throw new Error("main is still heard");
  };
  await vi.waitFor(away, { timeout: 30_000, interval: 5 });
}

/** How often the connection came back, as the page was told. */
let returns = 0;

/** Presses, and keeps what was said of it. */
async function press(what: string, call: () => Promise<Result<unknown>>): Promise<Action> {
  const [at, isPressedAway, before] = [Date.now(), currentConnection().state !== "open", returns];
  const said = await call();
  return { what, at, settledAt: Date.now(), said, isPressedAway, hasWaited: returns !== before };
}

/** A store with a saved messaging system, whose user name the actions change. */
async function configured(): Promise<string> {
  const { client } = truth;
  const { id } = take(await client.stores.create({ name: "Saved", connection: { ...connection, kind: "active-directory", domain: "contoso.example", domainControllers: [], dnsServer: null, username: "", security: "ldaps", trust: { mode: "system" } }, password: null }));
  const editor = createEditor(id, client);
  await editor.open();
  const entry = editor.state.getState().providers.flatMap((provider) => provider.entries).find(({ provider }) => provider === "exchange");
  if (entry === undefined) throw new Error("no Exchange");
  editor.choose(entry);
  editor.setValue("domain", "contoso.example");
  editor.setValue("username", "user-0@contoso.example");
  take(await editor.setSecret("password", "a-password-of-the-test"));
  take(await editor.save());
  editor.dispose();
  return id;
}

/** Breaks the way at random until it is told to stop; always gives it back. */
async function breakAtRandom(random: () => number, signal: AbortSignal): Promise<number> {
  let cuts = 0;
  while (!signal.aborted) {
    await whenOpen();
    await pause(40 + random() * 400);
    if (random() < 0.7) proxy.cut();
    else {
      proxy.stall();
      await pause(random() * 300);
      if (random() < 0.5) proxy.cut();
      proxy.resume();
    }
    cuts += 1;
  }
  return cuts;
}

it(`${ACTIONS} actions: none runs later than it was meant to, none is shown done that was not`, { timeout: 180_000 }, async () => {
  const random = chance(SEED);
  const storeId = await configured();
  const unfollow = followStores();
  const unlisten = onConnection(({ state }) => void (returns += state === "open" ? 1 : 0));
  const stop = new AbortController();
  const breaking = breakAtRandom(random, stop.signal);
  const actions: Promise<Action>[] = [];
  const saves: Promise<Action>[] = [];
  for (let number = 1; number <= ACTIONS; number += 1) {
    if (number % 4 === 0) {
      // One page of the store after the other: what two at a time do to one draft is another matter.
      await saves.at(-1);
      await whenOpen();
      const editor = createEditor(storeId, page);
      await editor.open();
      const value = `user-${number}@contoso.example`;
      editor.setValue("username", value);
      // As a person does, who saves what was reviewed; without a review there is nothing to press.
      if ((await editor.review()).ok) {
        if (number % 8 === 0) await untilAway();
        saves.push(press(value, () => editor.save()));
      }
      // The page is left at once: what it asked for is asked for, and no more.
      editor.dispose();
    } else {
      actions.push(press(`Store ${number}`, () => ask(() => page.stores.create({ name: `Store ${number}`, connection, password: null }))));
    }
    await pause(random() * 60);
  }
  // A main that hangs: once behind a way that stalls, once itself.
  stop.abort();
  const cuts = await breaking;
  for (const [hang, resume, ms] of [
    [() => proxy.stall(), () => proxy.resume(), 7_000],
    [() => host.child.kill("SIGSTOP"), () => host.child.kill("SIGCONT"), TOO_LATE_AFTER_MS + 3_000],
  ] as const) {
    await whenOpen();
    // Until main was heard since.
    await pause(1_500);
    hang();
    const name = `Hanging ${ms}`;
    actions.push(press(name, () => ask(() => page.stores.create({ name, connection, password: null }))));
    await vi.waitFor(() => expect(currentConnection().state).toBe("silent"), { timeout: 30_000, interval: 50 });
    actions.push(press(`${name} noticed`, () => ask(() => page.stores.create({ name: `${name} noticed`, connection, password: null }))));
    await pause(ms);
    resume();
  }
  const all = await Promise.all(actions);
  const allSaves = await Promise.all(saves);
  await whenOpen();
  // Whatever lay somewhere has arrived by now.
  await pause(2_000);

  const stores = await storesListed(truth);
  const created = new Map<string, number[]>();
  for (const { id, name } of stores) {
    const [first] = take(await truth.client.stores.revisions({ id })).revisions;
    if (first !== undefined) created.set(name, [...(created.get(name) ?? []), first.at]);
  }
  const { revisions } = take(await truth.client.stores.revisions({ id: storeId }));
  const wrong = [
    ...all.flatMap((action) => wrongsOf(action, created.get(action.what) ?? [])),
    ...allSaves.flatMap((action) => wrongsOf(action, revisions.filter((revision) => hasSaved(revision, action.what)).map(({ at }) => at))),
  ];
  expect(wrong).toEqual([]);
  // The way broke often enough for every outcome to be met.
  expect(cuts).toBeGreaterThan(10);
  expect([...all, ...allSaves].map(outcomeOf)).toEqual(expect.arrayContaining(["done", "not-done", "unknown"]));
  expect(allSaves.map(outcomeOf)).toEqual(expect.arrayContaining(["done", "not-done"]));
  expect(all.filter(({ isPressedAway }) => isPressedAway).length).toBeGreaterThan(10);
  // And what the page shows in the end is what is there.
  await eventually(() => expect([...storesList.getState().entries.values()].map(({ name }) => name).toSorted()).toEqual(stores.map(({ name }) => name).toSorted()));
  unlisten();
  unfollow();
});
