/** A thousand servers: all are listed, few exist in the page, a check moves neither focus nor order, and the keyboard alone gets everywhere. */
import { expect, test, type Page } from "@playwright/test";
import { createStore, DETECTION_MS, fillExchange, openConsole } from "./console-page.ts";
import { runCommandLine, temporaryFolder } from "./host-process.ts";
import { look } from "./look.ts";
import { practiceOrganisation } from "./organisations.ts";
import { longestTasksDuring } from "../lab/page-tasks.ts";
import { listenToCalls } from "../lab/wire-calls.ts";

/** Two more than a directory returns at once. */
const TOTAL = 1002;
/** Rows in the page at any time. */
const ROWS_AT_MOST = 60;
/** Of a page's CPU time, in milliseconds. The goal is 100, which the benchmark of lists measures; a busy machine is slower at the same. */
const LONGEST_TASK_MS = 200;
/** Of a call that says what became of one server, and of its answer. */
const TICK_BYTES = 2 * 1024;

const rows = (page: Page) => page.getByRole("grid").getByRole("row");

/** Scrolls the grid from top to bottom by its own scroller and answers what was seen on the way. */
async function scrollThrough(page: Page): Promise<{ readonly names: readonly string[]; readonly most: number }> {
  return page.getByRole("grid").evaluate(async (grid) => {
    const scroller = grid.parentElement;
    if (scroller === null) throw new Error("the grid stands alone");
    const names = new Set<string>();
    let most = 0;
    for (let top = 0; ; top += scroller.clientHeight / 2) {
      scroller.scrollTop = top;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const boxes = grid.querySelectorAll<HTMLElement>("input[type=checkbox]");
      most = Math.max(most, boxes.length);
      for (const box of boxes) names.add(box.getAttribute("aria-label") ?? "");
      if (top > scroller.scrollHeight) break;
    }
    return { names: [...names], most };
  });
}

test("1,002 servers are listed, scroll, and keep focus and order under their checks", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const called = listenToCalls(page);
  const held: number[] = [];
  const watched = async (work: () => Promise<void>) => {
    held.push((await longestTasksDuring(page, work)).cpuMs);
  };
  try {
    await runCommandLine(["practice", "thousand", "--data", data.path]);
    await openConsole(page, host.address);
    await createStore(page, "Contoso HQ", subject);
    await fillExchange(page, "2016", subject);
    await watched(async () => {
      await page.getByRole("button", { name: "Sync Again" }).click();
      await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", String(TOTAL + 1), { timeout: 60_000 });
    });
    expect(await rows(page).count()).toBeLessThan(ROWS_AT_MOST);

    const seen = await scrollThrough(page);
    expect(seen.names.length).toBe(TOTAL);
    expect(seen.most).toBeLessThan(ROWS_AT_MOST);

    await page.getByRole("grid").evaluate((grid) => grid.parentElement?.scrollTo(0, 0));
    const first = page.getByRole("grid").getByRole("checkbox").first();
    await expect(first).toHaveAccessibleName("ex0001.contoso.lab");
    await first.focus();
    const order = () => page.getByRole("grid").getByRole("checkbox").evaluateAll((boxes) => boxes.map((box) => box.getAttribute("aria-label")));
    const before = await order();
    const ticked = called("/editor/change");
    await page.keyboard.press("Space");
    await expect(first).toBeChecked();
    const { sent, received } = await ticked;
    expect(Math.max(sent, received)).toBeLessThan(TICK_BYTES);
    const row = rows(page).filter({ hasText: "ex0001.contoso.lab" });
    await expect(row).toContainText("Online", { timeout: DETECTION_MS });
    await page.keyboard.press("F5");
    await expect(row).toContainText("ms", { timeout: DETECTION_MS });
    await expect(first).toBeFocused();
    expect(await order()).toEqual(before);

    // From here on without a mouse. One Tab stop, whatever the length.
    const grid = page.getByRole("grid");
    const stops = await grid.evaluate((element) => [...element.querySelectorAll<HTMLElement>("a, input, button, [tabindex]")].filter(({ tabIndex }) => tabIndex >= 0).length);
    expect(stops).toBe(1);
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Home");
    await expect(grid.getByRole("checkbox").last()).toBeFocused();
    await page.keyboard.press("PageUp");
    await page.keyboard.press("Space");
    const here = page.locator("[role=checkbox]:focus, input:focus");
    await expect(here).toBeChecked();
    const name = (await here.getAttribute("aria-label")) ?? "";
    const priority = page.getByRole("textbox", { name: `Priority of ${name}` });

    // What is typed stays with its server, however far the list is scrolled and in whatever order.
    await page.keyboard.press("F2");
    await expect(priority).toBeFocused();
    await page.keyboard.type("1");
    await grid.evaluate((element) => element.parentElement?.scrollTo(0, 0));
    await expect(grid.getByRole("checkbox").first()).toHaveAccessibleName("ex0001.contoso.lab");
    await expect(priority).toBeFocused();
    await expect(priority).toHaveValue("1");
    const other = page.getByRole("textbox", { name: "Priority of ex0001.contoso.lab" });
    const place = Number(await other.inputValue());
    await page.keyboard.press("Enter");
    await expect(other).toHaveValue(String(place + 1));

    // By priority, from the title; then the first of it.
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    await watched(async () => {
      await page.keyboard.press("Enter");
      await expect(page.getByRole("columnheader", { name: "Priority" })).toHaveAttribute("aria-sort", "ascending");
    });
    await expect(grid.getByRole("checkbox").first()).toHaveAccessibleName(name);

    await watched(async () => {
      await page.keyboard.press("Control+f");
      await page.keyboard.type("ex0042");
      await page.keyboard.press("ArrowDown");
      await expect(grid).toHaveAttribute("aria-rowcount", "2");
    });
    expect(Math.max(...held)).toBeLessThan(LONGEST_TASK_MS);
    await page.keyboard.press("Home");
    await expect(page.getByRole("checkbox", { name: "ex0042.contoso.lab" })).toBeFocused();
    await look(page, "thousand-servers");
    await page.setViewportSize({ width: 320, height: 640 });
    await look(page, "thousand-servers-narrow");
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
