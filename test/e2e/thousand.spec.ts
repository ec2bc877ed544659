/** A thousand servers: all are listed, few exist in the page, and a check moves neither focus nor order. */
import { expect, test, type Page } from "@playwright/test";
import { createStore, DETECTION_MS, fillExchange, openConsole } from "./console-page.ts";
import { runCommandLine, temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";

/** Two more than a directory returns at once. */
const TOTAL = 1002;
/** Rows in the page at any time. */
const ROWS_AT_MOST = 60;

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
  try {
    await runCommandLine(["practice", "thousand", "--data", data.path]);
    await openConsole(page, host.address);
    await createStore(page, "Contoso HQ", subject);
    await fillExchange(page, "2016", subject);
    await page.getByRole("button", { name: "Sync Again" }).click();
    await expect(page.getByRole("grid")).toHaveAttribute("aria-rowcount", String(TOTAL + 1), { timeout: 60_000 });
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
    await page.keyboard.press("Space");
    await expect(first).toBeChecked();
    const row = rows(page).filter({ hasText: "ex0001.contoso.lab" });
    await expect(row).toContainText("Online", { timeout: DETECTION_MS });
    await page.keyboard.press("F5");
    await expect(row).toContainText("ms", { timeout: DETECTION_MS });
    await expect(first).toBeFocused();
    expect(await order()).toEqual(before);
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
