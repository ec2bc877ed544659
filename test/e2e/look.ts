/** Looks at a page in every theme: axe finds nothing, and a picture is left in the cache for who wants to see it. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { root } from "./host-process.ts";

const folder = path.join(root, ".cache/screens");

const THEMES = [
  { theme: "light", media: { colorScheme: "light", forcedColors: "none" } },
  { theme: "dark", media: { colorScheme: "dark", forcedColors: "none" } },
  { theme: "forced", media: { colorScheme: "dark", forcedColors: "active" } },
] as const;

export async function look(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // Where no button changes its colour under it.
  await page.mouse.move(512, 4);
  for (const { theme, media } of THEMES) {
    await page.emulateMedia(media);
    await page.screenshot({ path: path.join(folder, `${name}-${theme}.png`), caret: "hide", animations: "disabled" });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude("[data-tabster-dummy]").analyze();
    expect.soft(violations.map(({ id, nodes }) => `${name}, ${theme}: ${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  }
  await page.emulateMedia(THEMES[0].media);
}
