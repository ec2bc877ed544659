/** The page of mail objects and the journal, as a person uses them. */
import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { DETECTION_MS } from "./console-page.ts";

/** The practice organisation's unit in which the messaging account may make objects. */
export const GROUPS = "OU=Groups,DC=contoso,DC=lab";

export const main = (page: Page): Locator => page.getByRole("main");
export const button = (page: Page, name: string | RegExp): Locator => main(page).getByRole("button", { name, exact: true });

/** The page of the identity store that is open. */
export async function openMailObjects(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Mail objects" }).click();
  await expect(main(page).getByRole("heading", { level: 1, name: /^Mail objects/ })).toBeVisible();
}

/** The journal of every identity store. */
export async function openJournal(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Identity stores" }).click();
  await page.getByRole("navigation").getByRole("link", { name: "Journal" }).click();
  await expect(main(page).getByRole("heading", { level: 1, name: "Journal" })).toBeVisible();
}

/** What the new object's form is to hold, by label, and its plan. */
export async function planNew(page: Page, name: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  await main(page).getByRole("textbox", { name: /^Name/ }).fill(name);
  for (const [label, value] of Object.entries(more)) await main(page).getByRole("textbox", { name: new RegExp(`^${label}`) }).fill(value);
  await button(page, "Show the plan").click();
  await expect(main(page).getByText("What happens")).toBeVisible();
}

/** From an empty form to what came of it. */
export async function makeObject(page: Page, name: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
  await planNew(page, name, more);
  await button(page, "Make it").click();
  await expect(button(page, "Next object")).toBeVisible({ timeout: DETECTION_MS });
}

/** Finds objects that the directory holds. */
export async function find(page: Page, text: string): Promise<void> {
  await main(page).getByRole("searchbox", { name: "Name, address or distinguished name" }).fill(text);
  await button(page, "Find").click();
}

/** Hands a file's text over as pasted lines. */
export async function pasteLines(page: Page, lines: readonly string[]): Promise<void> {
  await main(page).getByRole("textbox", { name: "Lines to read" }).fill(`${lines.join("\n")}\n`);
  await button(page, "Read these lines").click();
}
