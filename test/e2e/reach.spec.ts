/** Every screen on a wide window, with the keyboard and a screen reader: each stop of Tab is seen, and the tree makes sense. */
import { expect, test, type Page } from "@playwright/test";
import { tabFindings } from "./focus.ts";
import { tour, type Look } from "./tour.ts";
import { keepTree, readTree, treeFindings } from "./tree.ts";

test.use({ viewport: { width: 1366, height: 768 } });

/** Long enough for what is behind a dialog to be hidden, which Fluent does a quarter of a second later. */
const HIDDEN_MS = 5_000;

function lookOf(page: Page): Look {
  return async (screen) => {
    const findings = async () => {
      const tree = await readTree(page);
      keepTree(screen, tree);
      return treeFindings(tree).map((finding) => `${screen}: ${finding}`);
    };
    await expect.configure({ soft: true }).poll(findings, { timeout: HIDDEN_MS }).toEqual([]);
    // Tab leaves a menu, and closes it.
    if ((await page.getByRole("menu").or(page.getByRole("listbox")).count()) > 0) return;
    expect.soft((await tabFindings(page)).map((finding) => `${screen}: ${finding}`)).toEqual([]);
  };
}

test("every screen can be walked with Tab, and its tree names what is there", async ({ page }) => {
  expect(await tour(page, lookOf(page))).toBeGreaterThan(30);
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
});
