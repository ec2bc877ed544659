/** What a person does with long lists, step by step, each with what it cost. */
import type { Page } from "@playwright/test";
import { longestTasksDuring } from "../lab/page-tasks.ts";
import type { Call } from "../lab/wire-calls.ts";
import type { LargeConsole } from "./lists-console.ts";
import { firstPaint, firstPaintAnew, shown } from "./lists-page.ts";

/** By a name that says the unit. Of a step: the longest task of the page and the longest hold of the host's event loop, both of CPU time. */
export type Figures = Map<string, number>;

export interface Bench {
  readonly page: Page;
  readonly subject: LargeConsole;
  /** Answers the next call of a path. */
  readonly called: (path: string) => Promise<Call>;
  readonly figures: Figures;
}

const cells = "main [role=gridcell]";
const firstServer = "ex0001.contoso.lab";
/** By name and by priority. */
const lastServer = "ex1000.contoso.lab";
const names = "main tbody td";
const dialog = "[aria-modal=true]";
const searchBox = "main input[type=search]";
/** A page has nothing to do for so long, in milliseconds, once it is done. */
const REST_MS = 400;
/** Checks of a thousand servers are begun, and answered by many. */
const CHECKED_MS = 3_000;

async function step({ page, subject, figures }: Bench, name: string, work: () => Promise<unknown>): Promise<void> {
  await subject.held();
  const { cpuMs } = await longestTasksDuring(page, async () => {
    await work();
    await page.waitForTimeout(REST_MS);
  });
  figures.set(`${name}_task_ms`, cpuMs);
  figures.set(`${name}_host_ms`, await subject.held());
}

/** As a step, with the time from the data to the first row on the screen. */
async function opening(bench: Bench, name: string, paint: () => Promise<number>): Promise<void> {
  await step(bench, name, async () => bench.figures.set(`${name}_paint_ms`, await paint()));
}

const go = (page: Page, address: string) => page.evaluate((to) => void (location.hash = to), address);
const back = (page: Page) => page.evaluate(() => history.back());
const button = (name: string) => `button:text-is("${name}")`;
const title = (column: string) => `main [role=columnheader][data-grid-column=${column}] button`;
const priorityOf = (server: string) => `main input[aria-label="Priority of ${server}"]`;

async function type(page: Page, box: string, text: string): Promise<void> {
  await page.click(box);
  await page.keyboard.type(text);
}

async function erase(page: Page, letters: number): Promise<void> {
  for (let letter = 0; letter < letters; letter += 1) await page.keyboard.press("Backspace");
}

export async function stepThroughServers(bench: Bench): Promise<void> {
  const { page, subject, called, figures } = bench;
  await opening(bench, "servers_open", () => firstPaint(page, { message: firstServer, cell: cells, row: firstServer }, () => go(page, `#/stores/${subject.listed}/messaging-system`)));
  await step(bench, "servers_sort", async () => {
    await page.click(title("priority"));
    await page.click(title("priority"));
    await shown(page, cells, lastServer);
    await page.click(title("server"));
    await shown(page, cells, firstServer);
  });
  await step(bench, "servers_filter", async () => {
    await page.click("main button[aria-haspopup=menu][aria-expanded]");
    await page.locator("[role=menuitemcheckbox]").first().click();
    await page.locator("[role=menuitemcheckbox]").last().click();
    await page.keyboard.press("Escape");
    await page.click(button("Clear search and filters"));
  });
  await step(bench, "servers_search", async () => {
    await type(page, searchBox, "ex0042");
    await shown(page, "main [role=grid]:has([role=row]:nth-child(1):last-child)", "ex0042");
    await erase(page, 6);
    await shown(page, cells, firstServer);
  });
  const changed = called("/editor/change");
  await step(bench, "servers_priority", async () => {
    await type(page, searchBox, lastServer);
    await shown(page, cells, lastServer);
    await page.fill(priorityOf(lastServer), "1");
    await page.keyboard.press("Enter");
    await shown(page, priorityOf(lastServer), "1");
    await page.fill(searchBox, "");
    await shown(page, cells, firstServer);
    await changed;
  });
  const ticked = called("/editor/change");
  await step(bench, "servers_tick", async () => {
    await page.click(`main input[type=checkbox][aria-label="${firstServer}"]`);
    const { sent, received } = await ticked;
    figures.set("tick_sent_bytes", sent).set("tick_answer_bytes", received);
  });
  await step(bench, "servers_sync", async () => {
    await page.click(button("Sync Again"));
    await shown(page, "main span", "no server new, none gone");
  });
  await step(bench, "servers_check", async () => {
    await page.keyboard.press("F5");
    await page.waitForTimeout(CHECKED_MS);
  });
  await step(bench, "servers_review", async () => {
    await page.click(button("Review changes"));
    await shown(page, `${dialog} td`, lastServer);
  });
  await page.keyboard.press("Escape");
  await page.waitForSelector(dialog, { state: "detached" });
  await discard(page);
}

/** Goes from a page with a draft, which is discarded, back to the stores. */
async function discard(page: Page): Promise<void> {
  await go(page, "#/stores");
  await page.click(`${dialog} ${button("Discard")}`);
  await shown(page, cells, "Branch 1");
}

/** A store whose servers were never listed gets all of them. */
export async function listServersAnew(bench: Bench, name: string): Promise<void> {
  const { page, subject } = bench;
  const id = await subject.addUnlisted(name);
  await go(page, `#/stores/${id}/messaging-system`);
  await page.waitForSelector(button("Sync Again"));
  await opening(bench, "servers_sync_first", () => firstPaint(page, { message: firstServer, cell: cells, row: firstServer }, () => page.click(button("Sync Again"))));
  await discard(page);
  await subject.remove(id, name);
}

export async function stepThroughStores(bench: Bench): Promise<void> {
  const { page } = bench;
  const first = { message: '"Branch 1"', cell: cells, row: "Branch 1" };
  await go(page, "#/stores");
  await opening(bench, "stores_open", () => firstPaintAnew(page, first));
  await step(bench, "stores_search", async () => {
    await type(page, searchBox, "branch 27");
    await shown(page, cells, "Branch 279");
    await erase(page, 9);
    await shown(page, cells, "Branch 1");
  });
  await page.click("main [role=gridcell] a");
  await page.waitForSelector("main [role=gridcell]", { state: "detached" });
  await opening(bench, "stores_back", () => firstPaint(page, { ...first, message: null }, () => back(page)));
}

export async function stepThroughNames(bench: Bench): Promise<void> {
  const { page, subject } = bench;
  await go(page, "#/alias-bench");
  await page.fill("input[name=pattern]", "^[a-z.0-9]+$");
  await step(bench, "names_choose", async () => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("button:has-text('Choose a list')")]);
    await chooser.setFiles(subject.users);
    await page.waitForSelector('button[aria-label="Remove the list users.csv"]');
  });
  await opening(bench, "names_judge", () => firstPaint(page, { message: '"user.0"', cell: names, row: "user.0" }, () => page.click("button[type=submit]")));
  await step(bench, "names_filter", async () => {
    await page.selectOption("main select", "duplicate");
    await shown(page, names, "the same alias as line");
    await page.selectOption("main select", "all");
  });
  await step(bench, "names_search", async () => {
    await type(page, searchBox, "JÜRGEN");
    await shown(page, names, "50,003");
    await erase(page, 6);
    await shown(page, names, "user.0");
  });
  await step(bench, "names_scroll", async () => {
    for (let more = 0; more < 5; more += 1) {
      const count = await page.locator(names).count();
      await page.click(button("Show more"));
      await page.waitForFunction(([sought, before]) => document.querySelectorAll(String(sought)).length > Number(before), [names, count]);
      await page.mouse.wheel(0, 4000);
    }
  });
  await step(bench, "names_save", async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.click(button("Save the result as CSV"))]);
    await download.path();
  });
  await page.click('button[aria-label="Remove the list users.csv"]');
}
