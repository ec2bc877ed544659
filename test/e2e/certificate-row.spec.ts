/** The certificate field of a form: what a file turned out to be stays beside it, and what cannot be used cannot be saved. */
import { expect, test, type Page } from "@playwright/test";
import { pfxBytes } from "../lab/vectors.ts";
import "../../renderer/text/all-texts.ts";
import { say } from "../../renderer/text/text.ts";
import { chooseCertificate, part, typeSecret } from "./cloud-page.ts";
import { chooseProvider, createStore, openConsole, openMessagingSystem } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { look } from "./look.ts";
import { practiceOrganisation } from "./organisations.ts";

const LABEL = "PFX certificate";
const PASSWORD = "PFX certificate password";
const row = (page: Page) => part(page, LABEL);
const verdicts = (page: Page) => row(page).getByRole("list", { name: "What to know about the file" }).getByRole("listitem");
const tab = (page: Page, name: string) => page.getByRole("navigation", { name: "Steps of the set-up" }).getByRole("button", { name });

const file = (name: string) => ({ name: name.replace(/^.*\//, ""), mimeType: "application/octet-stream", buffer: Buffer.from(pfxBytes(name)) });
const choose = (page: Page, name: string) => chooseCertificate(page, LABEL, file(name));

/** The green tick, which says that the file can be used. */
const tick = (page: Page) => row(page).getByRole("img", { name: "Can be used" });

test("the row shows every verdict and keeps the reason, and no tick where nobody can sign in", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  let host = await subject.startConsole(data.path);
  try {
    await openConsole(page, host.address);
    await createStore(page, "Contoso cloud", subject);
    await chooseProvider(page, "Office 365");
    await page.getByRole("button", { name: "Next" }).click();

    await choose(page, "generated/3des.p12");
    await expect(row(page)).toContainText("The file is there. Enter its password to open it.");
    await typeSecret(page, PASSWORD, "wrong");
    await expect(row(page)).toContainText("The password does not open the certificate file.");
    await expect(page.getByText("The password does not open the certificate file. Type the password that was chosen when the file was exported.")).toBeVisible();
    await expect(tick(page)).toHaveCount(0);
    await look(page, "certificate-wrong-password");
    await typeSecret(page, PASSWORD, "password");
    await expect(row(page)).toContainText(/RSA 2048 · until/);
    await expect(verdicts(page)).toHaveCount(0);
    await expect(tick(page)).toBeVisible();
    await look(page, "certificate-fine");

    for (const [file, ...sentences] of [
      ["generated/certificate-without-key.p12", "The file holds no private key."],
      ["generated/key-mismatch.p12", "The private key does not belong to the certificate."],
      ["generated/expired.p12", "The certificate has expired."],
      ["generated/ec-p256.p12", "Exchange Online refuses this kind of key."],
    ] as const) {
      await choose(page, file);
      for (const sentence of sentences) await expect(verdicts(page).filter({ hasText: sentence })).toBeVisible();
      await expect(tick(page)).toHaveCount(0);
    }
    await look(page, "certificate-refused");

    // The reason is kept: in the review, after a reload, and after the process was killed.
    await choose(page, "generated/truncated-half.p12");
    await expect(row(page)).toContainText("The file is damaged. Copy or export it again, then choose it anew.");
    await expect(page.getByLabel(PASSWORD, { exact: true }).getByRole("button", { name: `Replace ${PASSWORD}` })).toBeDisabled();
    await tab(page, "4. Review").click();
    await expect(page.getByRole("region", { name: "Review" }).getByRole("listitem").filter({ hasText: LABEL })).toHaveText(
      "Connection: PFX certificate. The file is damaged. Copy or export it again, then choose it anew.",
    );
    await page.getByRole("button", { name: "Connection: PFX certificate." }).click();
    await expect(page.getByRole("button", { name: `Choose File for ${LABEL}` })).toBeFocused();
    await host.kill("SIGKILL");
    host = await subject.startConsole(data.path);
    await page.goto("about:blank");
    await openConsole(page, host.address);
    await openMessagingSystem(page, "Contoso cloud");
    await page.getByRole("button", { name: "Next" }).click();
    await expect(row(page)).toContainText("truncated-half.p12");
    await expect(row(page)).toContainText("The file is damaged. Copy or export it again, then choose it anew.");
    await look(page, "certificate-damaged");
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});

test("what a file is instead, and that no password opens it, is said before any password is asked for", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const box = page.getByLabel(PASSWORD, { exact: true }).locator("input");
  try {
    await openConsole(page, host.address);
    await createStore(page, "Contoso cloud", subject);
    await chooseProvider(page, "Office 365");
    await page.getByRole("button", { name: "Next" }).click();
    await choose(page, "field/sid-protected.pfx");
    await expect(row(page)).toContainText("The file is protected for accounts of a domain");
    await expect(page.getByText("The file's own password is sealed for accounts of a domain.")).toBeVisible();
    await look(page, "certificate-domain-protected");
    await choose(page, "field/google-key.json");
    await expect(row(page)).toContainText(say("other-files.google-key-json"));
    await expect(box).toBeDisabled();
    await expect(page.getByText("No password helps here")).toBeVisible();
    await look(page, "certificate-other-file");
    await choose(page, "generated/3des.p12");
    await expect(box).toBeEnabled();

    await page.getByRole("button", { name: "Back" }).click();
    await chooseProvider(page, "Google Workspace");
    await page.getByRole("button", { name: "Next" }).click();
    await chooseCertificate(page, "P12 certificate", file("generated/3des.p12"));
    await expect(part(page, "P12 certificate")).toContainText("The file does not open with “notasecret”");
    await chooseCertificate(page, "P12 certificate", file("field/google-key.json"));
    await expect(part(page, "P12 certificate")).toContainText(say("other-files.google-key-json"));
    await look(page, "certificate-google-json");
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});

test("of several certificates in a file one is chosen with the keyboard, and stays chosen", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const radios = row(page).getByRole("radio");
  try {
    await openConsole(page, host.address);
    await createStore(page, "Contoso cloud", subject);
    await chooseProvider(page, "Office 365");
    await page.getByRole("button", { name: "Next" }).click();
    await choose(page, "field/renewed-old-first.pfx");
    await typeSecret(page, PASSWORD, "secret");
    await expect(radios).toHaveCount(3);
    await expect(radios.first()).toBeChecked();
    await expect(verdicts(page).filter({ hasText: "The certificate has expired." })).toHaveCount(0);
    await look(page, "certificate-several");

    await radios.first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(radios.nth(2)).toBeChecked();
    await page.keyboard.press("ArrowUp");
    await expect(radios.nth(1)).toBeChecked();
    await expect(radios.nth(1)).toBeFocused();
    await expect(verdicts(page).filter({ hasText: "The certificate has expired." })).toBeVisible();
    await expect(tick(page)).toHaveCount(0);
    await look(page, "certificate-several-old");
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "Messaging System" })).toBeVisible();
    await page.getByRole("button", { name: "Next" }).click();
    await expect(radios.nth(1)).toBeChecked();
    await expect(verdicts(page).filter({ hasText: "The certificate has expired." })).toBeVisible();
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
