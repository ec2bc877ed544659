/** Every screen in light, dark and forced colours on a small remote desktop: axe finds nothing, nothing scrolls sideways or is cut. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { tour, type Look } from "./tour.ts";
import { watchPolicy } from "./page-policy.ts";

const MODES = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" } },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" } },
  { name: "forced colours", media: { colorScheme: "dark", forcedColors: "active" } },
] as const;

/** Looks at the screen as it stands in every mode; a finding does not keep the next screen from being looked at. */
function lookOf(page: Page): Look {
  return async (screen) => {
    const findings: string[] = [];
    for (const { name, media } of MODES) {
      await page.emulateMedia(media);
      // In one page, without a second one for frames: there are none.
      const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude("[data-tabster-dummy]");
      // What the parts are does not change with their colours.
      const { violations } = await (media.colorScheme === "light" ? axe : axe.withRules(["color-contrast", "link-in-text-block"])).analyze();
      for (const violation of violations) {
        for (const node of violation.nodes) findings.push(`${screen}, ${name}: ${violation.id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`);
      }
      const sideways = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll("main, :has(> [role=grid])")].map((box) => box.scrollWidth - box.clientWidth));
      if (sideways.some((pixels) => pixels > 0)) findings.push(`${screen}, ${name}: scrolls sideways, or is cut, by ${sideways.join(" and ")} px`);
    }
    await page.emulateMedia(MODES[0].media);
    expect.soft(findings).toEqual([]);
  };
}

test("axe finds nothing on any screen, and none asks for what the page's policy refuses", async ({ page }) => {
  const refusals = await watchPolicy(page);
  expect(await tour(page, lookOf(page))).toBeGreaterThan(30);
  expect(refusals()).toEqual([]);
});
