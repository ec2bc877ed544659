/**
 * "Do Not Set a Messaging Provider": None over a configured provider says first what changes and what stops working, and
 * one step of the history brings everything back, the secrets included.
 */
import { expect, test } from "@playwright/test";
import { cloudFacts, dateIn, fillOffice365, listServerAndSave, part, server, testConnection } from "./cloud-page.ts";
import { chooseProvider, createStore, DETECTION_MS, expectNotice, openConsole, openMessagingSystem } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";

const SERVER = "outlook.office365.com";
const RUNGS = ["DNS", "TCP", "TLS", "Sign-in with certificate", "Sign-in with secret", "Permissions", "Domain"];

test("None over Office 365, and back again by one revision", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  let host = await subject.startConsole(data.path);
  try {
    const facts = await cloudFacts(data.path);
    const stops = page.getByRole("dialog").getByRole("listitem");
    await openConsole(page, host.address);
    await createStore(page, "Contoso HQ", subject);
    await chooseProvider(page, "Office 365");
    await page.getByRole("button", { name: "Next" }).click();
    await fillOffice365(page, facts, dateIn(200));
    await page.getByRole("button", { name: "Next" }).click();
    await listServerAndSave(page, SERVER);

    await chooseProvider(page, "None");
    await expect(page.getByText(/^Nobody can create mail-enabled users, groups or contacts/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Sync Again" })).toHaveCount(0);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("dialog").getByRole("row").filter({ hasText: "Office 365" })).toContainText("None");
    await expect(stops.filter({ hasText: "Office 365 is no longer used." })).toBeVisible();
    await expect(stops.filter({ hasText: "can no longer be created in this identity store" })).toBeVisible();
    // Nothing happens to who only looks.
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
    await expectNotice(page, "Saved as revision 3");

    await host.kill("SIGKILL");
    host = await subject.startConsole(data.path);
    await page.goto("about:blank");
    await openConsole(page, host.address);
    await expect(page.getByRole("row").filter({ hasText: "Contoso HQ" })).toContainText("None");
    await openMessagingSystem(page, "Contoso HQ");
    await expect(page.getByRole("combobox", { name: "Messaging provider" })).toContainText("None");
    await expect(page.getByLabel(SERVER, { exact: true })).toHaveCount(0);

    await page.getByRole("link", { name: "History" }).click();
    await page.getByRole("button", { name: "Go back to this: revision 2" }).click();
    await expectNotice(page, "Went back to revision 2. This is revision 4.");
    await page.getByRole("link", { name: "Messaging System" }).click();
    await expect(page.getByRole("combobox", { name: "Messaging provider" })).toContainText("Office 365");
    await expect(page.getByRole("textbox", { name: "Application ID" })).toHaveValue(facts.value("office365", "applicationId"));
    await expect(part(page, "Client secret")).toContainText(/Set on/);
    await expect(part(page, "PFX certificate password")).toContainText(/Set on/);
    await expect(part(page, "PFX certificate")).toContainText(/practice-application\.pfx.*Messaging Console practice/);
    await expect(server(page, SERVER)).toContainText("Online", { timeout: DETECTION_MS });
    // Both ways to sign in pass: the secret, the certificate and its password are the ones from before.
    await testConnection(page, RUNGS);
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
