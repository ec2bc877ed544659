/** The forms of the clouds and the benches as a person uses them, and the practice clouds behind them. */
import { expect, type Locator, type Page } from "@playwright/test";
import { DETECTION_MS, expectNotice, notices } from "./console-page.ts";
import { practice, take, withPractice } from "./running-practice.ts";

/** What the running practice organisation tells to type and to choose. */
export interface CloudFacts {
  /** A value of a provider's form by its label. */
  value(provider: string, field: string): string;
  /** A practice certificate file by its name. */
  file(name: string): ChosenFile & { readonly password: string };
}

/** A file as the browser's chooser hands it over. */
export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Asks the practice console of a data folder, as the command line does. */
export async function cloudFacts(dataDirectory: string): Promise<CloudFacts> {
  const facts = await withPractice(dataDirectory, async (client) => take(await client.practice.facts()));
  return {
    value(provider, field) {
      const found = facts.forms.find((form) => form.provider === provider)?.values.find((each) => each.field === field);
      if (found === undefined) throw new Error(`The practice organisation tells no ${field} for ${provider}.`);
      return found.value;
    },
    file(name) {
      const found = facts.files.find((each) => each.name === name);
      if (found === undefined) throw new Error(`The practice organisation has no file ${name}.`);
      return { name, mimeType: "application/x-pkcs12", buffer: Buffer.from(found.base64, "base64"), password: found.password };
    },
  };
}

/** Creates a Microsoft Entra store by clicking, and ends on its Messaging System page. */
export async function createEntraStore(page: Page, name: string, tenant: string): Promise<void> {
  await page.getByRole("button", { name: /^(Add an identity store|New)$/ }).first().click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("radio", { name: /^Microsoft Entra ID/ }).check();
  await page.getByRole("textbox", { name: /^Tenant/ }).fill(tenant);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Messaging System" })).toBeVisible();
}

/** The names in the provider drop-down; leaves it closed. */
export async function offeredProviders(page: Page): Promise<readonly string[]> {
  const box = page.getByRole("combobox", { name: "Messaging provider" });
  await box.click();
  await expect(page.getByRole("option").first()).toBeVisible();
  const names = await page.getByRole("option").locator("span > span:first-child").allTextContents();
  await page.keyboard.press("Escape");
  return names;
}

/** A secret's or a certificate's part of the form. */
export function part(page: Page, label: string): Locator {
  return page.getByRole("group", { name: label, exact: true });
}

/** Types a secret, for the first time or in place of the one before, and waits until it is sealed. */
export async function typeSecret(page: Page, label: string, value: string): Promise<void> {
  const group = part(page, label);
  const box = group.locator('input[type="password"]');
  const replace = group.getByRole("button", { name: `Replace ${label}` });
  await expect(box.or(replace).first()).toBeVisible();
  if (!(await box.isVisible())) await replace.click();
  await box.fill(value);
  await box.press("Enter");
  await expect(box).toBeHidden();
  await expect(group).toContainText(/Set on \d{4}-\d{2}-\d{2}|Changed \(unsaved\)/);
}

/** Chooses a certificate file with the browser's chooser. */
export async function chooseCertificate(page: Page, label: string, file: ChosenFile): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: `Choose File for ${label}` }).click();
  await (await chooser).setFiles(file);
  await expect(part(page, label)).toContainText(file.name);
}

/** Checks servers every five seconds, the shortest that can be chosen, so that changes are seen soon. */
export async function checkOften(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Settings" }).click();
  const box = page.getByRole("spinbutton");
  await box.fill("5");
  await box.press("Enter");
  await page.getByRole("link", { name: "Identity stores" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Identity stores" })).toBeVisible();
}

/** yyyy-mm-dd, so many days from now. */
export function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The one mail server of a cloud, with its state. */
export function server(page: Page, name: string): Locator {
  return page.getByLabel(name, { exact: true });
}

/** A way a cloud fails: what breaks, the few words beside the state, and the sentence in the ladder. */
export interface CloudFailure {
  readonly verb: string;
  readonly part: string;
  readonly reason: string;
  readonly sentence: string;
}

/**
 * Breaks the clouds in one way after another and mends them in the end, while the page stays as it is. The console signs
 * in every few minutes by itself, so a person asks for a check.
 */
export async function breakAndMend(page: Page, dataDirectory: string, name: string, failures: readonly CloudFailure[]): Promise<void> {
  let broken: string | null = null;
  for (const failure of failures) {
    if (broken !== null && broken !== failure.part) await practice(dataDirectory, "up", broken);
    await practice(dataDirectory, failure.verb, failure.part);
    broken = failure.part;
    await page.keyboard.press("F5");
    await expect(server(page, name)).toContainText("Offline", { timeout: DETECTION_MS });
    await expect(server(page, name)).toContainText(failure.reason, { timeout: DETECTION_MS });
    await page.getByRole("button", { name: `What to do about ${name}` }).click();
    await expect(page.getByRole("dialog")).toContainText(failure.sentence);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  }
  if (broken !== null) await practice(dataDirectory, "up", broken);
  await page.keyboard.press("F5");
  await expect(server(page, name)).toContainText("Online", { timeout: DETECTION_MS });
}

/** Lists the cloud's server in the wizard's third step, sees it go online, and saves. */
export async function listServerAndSave(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Sync Again" }).click();
  await expect(server(page, name)).toContainText("priority does not apply");
  await expect(server(page, name)).toContainText("Online", { timeout: DETECTION_MS });
  await page.getByRole("button", { name: "Next" }).click();
  const saved = /^Saved( untested)? as revision 2$/;
  // Of a store that was saved just before.
  await expect(notices(page).getByText(saved)).toHaveCount(0);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expectNotice(page, saved);
}

/** Tests the connection and sees every rung pass. */
export async function testConnection(page: Page, rungs: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText(/^Tested .*: everything passed$/)).toBeVisible({ timeout: DETECTION_MS });
  const passed = page.getByRole("listitem").filter({ has: page.getByLabel("passed") });
  await expect(passed).toHaveCount(rungs.length);
  for (const [index, rung] of rungs.entries()) await expect(passed.nth(index)).toContainText(rung);
}

/** Fills the Office 365 form with what the practice clouds accept, from the drop-down to the open certificate. */
export async function fillOffice365(page: Page, facts: CloudFacts, secretEnds: string): Promise<void> {
  const pfx = facts.file("practice-application.pfx");
  await page.getByRole("textbox", { name: "Domain name" }).fill(facts.value("office365", "domain"));
  await page.getByRole("textbox", { name: "Application ID" }).fill(facts.value("office365", "applicationId"));
  await typeSecret(page, "Client secret", facts.value("office365", "clientSecret"));
  await page.getByLabel("Client secret expires").fill(secretEnds);
  await chooseCertificate(page, "PFX certificate", pfx);
  await typeSecret(page, "PFX certificate password", pfx.password);
  await expect(part(page, "PFX certificate")).toContainText(/Messaging Console practice · RSA 2048/);
}
