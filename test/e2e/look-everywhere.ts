/** Looks at a page in every theme, as the keyboard and a screen reader meet it, and where there is little room. */
import { expect, type Page } from "@playwright/test";
import { tabFindings } from "./focus.ts";
import { look } from "./look.ts";
import { reflowFindings } from "./reflow.ts";
import { readTree, treeFindings } from "./tree.ts";

const DESKTOP = { width: 1024, height: 768 };
/** Narrow, and 1280 by 720 at 400%. */
const SMALL = [{ width: 320, height: 640 }, { width: 320, height: 180 }] as const;

export async function lookEverywhere(page: Page, name: string): Promise<void> {
  await look(page, name);
  const findings = [...(await tabFindings(page)), ...treeFindings(await readTree(page))];
  for (const size of SMALL) findings.push(...(await reflowFindings(page, size)));
  await page.setViewportSize(DESKTOP);
  expect.soft(findings, name).toEqual([]);
}
