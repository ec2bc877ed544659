/** Every screen and dialog where there is little room: on a narrow one, and at 400% of a small desktop. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { openConsole } from "./console-page.ts";
import { root, startHost, temporaryFolder } from "./host-process.ts";
import { reflowFindings } from "./reflow.ts";
import { tour, type Look } from "./tour.ts";

const folder = path.join(root, ".cache/screens");
const DESKTOP = { width: 1024, height: 768 };
/** 1280 by 720 at 400% is the smaller one; WCAG 1.4.10 asks for 320 by 256. */
const SIZES = [
  { width: 320, height: 640 },
  { width: 320, height: 180 },
] as const;

/** A menu belongs to the button it was opened at, which another size of the window puts elsewhere: it is opened there. */
async function openMenuAgain(page: Page, size: (typeof SIZES)[number] | typeof DESKTOP): Promise<void> {
  const menu = page.getByRole("menu");
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await page.setViewportSize(size);
  await page.locator(":focus").scrollIntoViewIfNeeded();
  await page.keyboard.press("Enter");
  await expect(menu).toBeVisible();
}

function lookOf(page: Page): Look {
  return async (screen) => {
    const isMenu = screen.startsWith("menu of ");
    const findings: string[] = [];
    for (const size of SIZES) {
      if (isMenu) await openMenuAgain(page, size);
      findings.push(...(await reflowFindings(page, size)));
      await page.screenshot({ path: path.join(folder, `${screen.replaceAll(/[ ,]+/g, "-")}-${size.width}-${size.height}.png`) });
    }
    if (isMenu) await openMenuAgain(page, DESKTOP);
    await page.setViewportSize(DESKTOP);
    // Off by default in axe; 24 by 24 pixels or room around (WCAG 2.5.8).
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude("[data-tabster-dummy]").withRules(["target-size"]).analyze();
    for (const { nodes } of violations) findings.push(...nodes.map(({ html }) => `too small to hit: ${html}`));
    expect.soft(findings, screen).toEqual([]);
  };
}

test("every screen holds up at 320 pixels wide and at 400%", async ({ page }) => {
  mkdirSync(folder, { recursive: true });
  expect(await tour(page, lookOf(page))).toBeGreaterThan(30);
});

test("a small window's navigation opens by its button and closes with the next page", async ({ page }) => {
  const data = temporaryFolder();
  const host = await startHost("out/main/loopback.js", ["--no-open", "--data", data.path]);
  try {
    await page.setViewportSize(SIZES[1]);
    await openConsole(page, host.address);
    const menu = page.getByRole("button", { name: "Menu" });
    const navigation = page.getByRole("navigation", { name: "Main" });
    await expect(navigation).toBeHidden();
    await menu.press("Enter");
    await expect(menu).toHaveAttribute("aria-expanded", "true");
    await navigation.getByRole("link", { name: "Alias bench" }).press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Alias bench" })).toBeFocused();
    await expect(page.getByRole("heading", { level: 1, name: "Alias bench" })).toBeInViewport();
    await expect(navigation).toBeHidden();
    await expect(menu).toHaveAttribute("aria-expanded", "false");
    await page.setViewportSize(DESKTOP);
    await expect(navigation).toBeVisible();
    await expect(menu).toBeHidden();
  } finally {
    await host.kill();
    data.remove();
  }
});
