/** The console's screens as a person uses them: by what is written on them. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { Subject } from "./organisations.ts";

/** Longest a change of a server's health may take to be seen, interval, jitter and two fast checks after it, on a busy machine. */
export const DETECTION_MS = 60_000;

/** The news in the corner of the window. */
export function notices(page: Page): Locator {
  return page.getByRole("complementary", { name: "Notices" });
}

/** Expects a notice with this text, which is the whole of it where it is a string. */
export async function expectNotice(page: Page, text: string | RegExp): Promise<void> {
  await expect(notices(page).getByText(text, { exact: true })).toBeVisible();
}

/** The frame that stands in the page until the console has drawn it itself. */
export const drawnFrame = (page: Page): Locator => page.locator("[data-drawn]");

/** Opens the console, until it can be used; the code in the address works once. */
export async function openConsole(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(drawnFrame(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1, name: "Identity stores" })).toBeVisible();
}

/** Fills the form of a new Active Directory store. */
export async function fillNewStore(page: Page, name: string, subject: Subject): Promise<void> {
  await page.getByRole("button", { name: /^(Add an identity store|New)$/ }).first().click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("textbox", { name: /^Domain name/ }).fill(subject.domain);
  if (subject.dnsServer !== null) await page.getByRole("textbox", { name: /^DNS server/ }).fill(subject.dnsServer);
  await page.getByRole("textbox", { name: /^User name/ }).fill(subject.username);
  await page.getByLabel("Password").fill(subject.password);
  if (subject.authorityPem !== null) {
    await page.getByRole("radio", { name: /^An authority's certificate from a file/ }).check();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose file…" }).click();
    await (await chooser).setFiles({ name: "authority.pem", mimeType: "application/x-pem-file", buffer: Buffer.from(subject.authorityPem) });
    await expect(page.getByText("authority.pem")).toBeVisible();
  }
}

/** Creates an Active Directory store by clicking, and ends on its Messaging System page. */
export async function createStore(page: Page, name: string, subject: Subject): Promise<void> {
  await fillNewStore(page, name, subject);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Messaging System" })).toBeVisible();
}

/** The way of the documentation: the store's ellipsis button, Edit, Configurations, Messaging System. */
export async function openMessagingSystem(page: Page, store: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${store}` }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("link", { name: "Configurations" }).click();
  await page.getByRole("link", { name: "Messaging System" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Messaging System" })).toBeVisible();
}

export async function chooseProvider(page: Page, label: string): Promise<void> {
  await page.getByRole("combobox", { name: "Messaging provider" }).click();
  await page.getByRole("option", { name: new RegExp(`^${label}`) }).click();
}

/** Types a secret and seals it. */
export async function enterSecret(page: Page, label: string, value: string): Promise<void> {
  const box = page.getByLabel(label, { exact: true }).locator("input");
  const replace = page.getByRole("button", { name: new RegExp(`^(Set|Replace) ${label}`) });
  await expect(box.or(replace).first()).toBeVisible();
  if (!(await box.isVisible())) await replace.click();
  await page.locator('input[type="password"]').last().fill(value);
  await page.locator('input[type="password"]').last().press("Enter");
}

/** The wizard from the provider to its third step, with what the organisation's account needs typed in. */
export async function fillExchange(page: Page, version: string, subject: Subject): Promise<void> {
  await chooseProvider(page, `Microsoft Exchange ${version}`);
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("textbox", { name: "Domain name" }).fill(subject.domain);
  await page.getByRole("textbox", { name: "User name" }).fill(subject.username);
  await enterSecret(page, "Password", subject.password);
  await expect(page.getByRole("button", { name: "Replace Password" })).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();
}

/** Lists EXA and EXB of Exchange 2013 in the wizard, ticks both and puts EXB first. */
export async function listAndPrioritise(page: Page, subject: Subject): Promise<void> {
  await page.getByRole("button", { name: "Sync Again" }).click();
  await page.getByRole("checkbox", { name: subject.nameOf("exa") }).check();
  await page.getByRole("checkbox", { name: subject.nameOf("exb") }).check();
  await setPriority(page, subject.nameOf("exb"), 1);
}

/** From the wizard's third step to a saved revision; answers when the notice says so. */
export async function saveWizard(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expectNotice(page, /^Saved .*as revision \d+$/);
}

/** From a flat form through its review to a saved revision. */
export async function saveForm(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
}

/** A whole Exchange 2013 configuration, saved; ends on its flat form. */
export async function configureExchange(page: Page, name: string, subject: Subject): Promise<void> {
  await createStore(page, name, subject);
  await fillExchange(page, "2013", subject);
  await listAndPrioritise(page, subject);
  await saveWizard(page);
}

/** The grid's row of a server. */
export function row(page: Page, server: string): Locator {
  return page.getByRole("row").filter({ hasText: server });
}

export async function setPriority(page: Page, server: string, priority: number): Promise<void> {
  const box = page.getByRole("spinbutton", { name: `Priority of ${server}` }).or(page.getByRole("textbox", { name: `Priority of ${server}` }));
  await box.fill(String(priority));
  await box.press("Enter");
}

/** An identity store with a saved Exchange configuration, without any network. */
export async function configureOffline(page: Page, store: string): Promise<void> {
  await page.getByRole("button", { name: "Add an identity store" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(store);
  await page.getByRole("textbox", { name: /^Domain name/ }).fill("contoso.example");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await chooseProvider(page, "Microsoft Exchange 2016");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("textbox", { name: "Domain name" }).fill("contoso.example");
  await page.getByRole("textbox", { name: "User name" }).fill("first@contoso.example");
  await enterSecret(page, "Password", "a-password-of-the-test");
  await expect(page.getByRole("button", { name: "Replace Password" })).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();
  await saveWizard(page);
}
