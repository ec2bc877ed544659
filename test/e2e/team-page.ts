/** What a person does about a team's database on the page, up to what is seen then. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { TeamSettings } from "../../main/store/team/types.ts";
import { expectNotice } from "./console-page.ts";
import { look } from "./look.ts";

export const heading = (page: Page, name: string | RegExp): Locator => page.getByRole("heading", { name });
export const card = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });

/** From any page to Settings, Data. */
export async function openData(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.getByRole("main").getByRole("link", { name: "Data", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Data" })).toBeFocused();
}

/** Fills the form for the team's database and climbs to it. */
async function testDatabase(page: Page, { place, signIn }: TeamSettings): Promise<void> {
  await page.getByRole("link", { name: "Enter a team's database" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "A team's database" })).toBeFocused();
  await page.getByRole("textbox", { name: "Server" }).fill(place.host);
  await page.getByRole("textbox", { name: "Port" }).fill(String(place.port));
  await page.getByRole("textbox", { name: "Database" }).fill(place.database);
  await page.getByRole("textbox", { name: "Account" }).fill(place.user);
  await page.getByLabel("Password", { exact: true }).fill(signIn.by === "password" ? signIn.password : "");
  await page.getByRole("radio", { name: /^An authority's certificate from a file/ }).check();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose file…" }).click();
  await (await chooser).setFiles({ name: "authority.pem", mimeType: "application/x-pem-file", buffer: Buffer.from(place.authority?.pem ?? "") });
  await expect(page.getByText("authority.pem")).toBeVisible();
  await page.getByRole("button", { name: "Test", exact: true }).press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "Version of the database" }).getByLabel("passed", { exact: true })).toBeVisible();
}

/** Sets a team up in an empty database; answers its recovery key. */
export async function setUpTeam(page: Page, settings: TeamSettings): Promise<string> {
  await openData(page);
  await look(page, "data-file");
  await testDatabase(page, settings);
  await expect(page.locator("#root").getByText("The database is empty.")).toBeVisible();
  await look(page, "data-found-empty");
  await page.getByRole("button", { name: "Set up a team here" }).press("Enter");
  await expect(heading(page, "The recovery key of the team")).toBeFocused();
  await look(page, "data-recovery-key");
  const key = await page.locator("[data-paper] [aria-hidden]").innerText();
  expect(key.length).toBeGreaterThan(20);
  await page.getByRole("button", { name: "Done" }).press("Enter");
  await expect(heading(page, "The recovery key of the team")).toBeVisible();
  await page.getByRole("checkbox", { name: "I keep it on paper" }).press("Space");
  await page.getByRole("button", { name: "Done" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Data" })).toBeVisible();
  await expect(page.getByText(key)).toHaveCount(0);
  return key;
}

/** Moves everything, of which `sample` is one, and waits for the report. */
export async function moveEverything(page: Page, sample: string, count = 1): Promise<void> {
  await page.getByRole("link", { name: "Move everything…" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Move everything" })).toBeFocused();
  await expect(page.getByRole("grid", { name: "Comparison" })).toContainText(sample);
  await look(page, "data-comparison");
  const many = count.toLocaleString("en");
  await page.getByRole("button", { name: count === 1 ? "Move 1 identity store" : `Move ${many} identity stores` }).press("Enter");
  await expect(card(page, "Report")).toContainText(count === 1 ? "1 identity store was moved." : `${many} identity stores were moved.`, { timeout: 60_000 });
  await expect(page.getByRole("list", { name: "What the comparison found" })).toContainText("there, and the same");
}

export async function goOverToTeam(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Work on the team's database" }).press("Enter");
  await expectNotice(page, "The console works on the team's database now.");
}

/** Another console asks to join; answers the code on its screen. */
export async function join(page: Page, settings: TeamSettings): Promise<string> {
  await openData(page);
  await testDatabase(page, settings);
  await page.getByRole("button", { name: "Ask to join" }).press("Enter");
  await expect(heading(page, "Waiting to be let in")).toBeVisible();
  await look(page, "data-asking");
  return card(page, "Waiting to be let in").locator("p [aria-hidden]").innerText();
}

/** The administrator types what was read to them: first wrongly, then in small letters and without the dash. */
export async function approve(page: Page, code: string): Promise<void> {
  await openData(page);
  await page.getByRole("button", { name: /^Approve / }).press("Enter");
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  const box = dialog.getByRole("textbox", { name: "Code on the other screen" });
  await expect(box).toBeFocused();
  const last = code.endsWith("0") ? "1" : "0";
  await box.fill(`${code.slice(0, -1)}${last}`);
  await box.press("Enter");
  await expect(dialog).toContainText("The two codes are not the same");
  await look(page, "data-approve-refused");
  await box.fill(code.toLowerCase().replace("-", " "));
  await box.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(card(page, "Asking to be let in")).toBeHidden();
}
