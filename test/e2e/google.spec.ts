/**
 * "Set Google Workspace as Messaging Provider", every step, against the practice clouds: enter, choose the key file, save,
 * restart, break each part of Google's cloud, mend it.
 */
import { expect, test } from "@playwright/test";
import { SCOPES } from "../../main/providers/google-workspace/configuration.ts";
import { breakAndMend, checkOften, chooseCertificate, cloudFacts, listServerAndSave, part, server, testConnection } from "./cloud-page.ts";
import { chooseProvider, createStore, DETECTION_MS, openConsole, openMessagingSystem } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { look } from "./look.ts";
import { practiceOrganisation } from "./organisations.ts";

const SERVER = "admin.googleapis.com";
const RUNGS = ["DNS", "TCP", "TLS", "Certificate", "Sign-in", "Directory search", "Domain"];

const failures = [
  { verb: "delegation-missing", part: "google-token", reason: "delegation missing", sentence: "The service account may not act for the administrator." },
  { verb: "wrong-admin", part: "google-token", reason: "administrator not found", sentence: "The administrator account does not exist" },
  { verb: "clock-skew", part: "google-token", reason: "clocks differ too much", sentence: "differ too much." },
  { verb: "not-enabled", part: "google-directory", reason: "permission missing", sentence: "It needs:" },
  { verb: "rate-limit", part: "google-directory", reason: "asked to wait", sentence: "The service asks to slow down." },
  { verb: "down", part: "google-directory", reason: "TCP: connection refused", sentence: "nothing answers on the port" },
];

test("Google Workspace from service account to live status, and all of it again after a restart", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  let host = await subject.startConsole(data.path);
  try {
    const facts = await cloudFacts(data.path);
    const account = facts.value("google-workspace", "serviceAccount");
    const admin = facts.value("google-workspace", "adminUsername");
    await openConsole(page, host.address);
    await checkOften(page);
    await createStore(page, "Contoso Workspace", subject);

    await chooseProvider(page, "Google Workspace");
    await page.getByRole("button", { name: "Next" }).click();
    // The machine's clipboard belongs to everyone: the page's is asked what it was given.
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: (text: string) => Promise.resolve(void (document.title = text)) } }));
    await page.getByRole("button", { name: "Copy all 5" }).click();
    await expect(page).toHaveTitle(SCOPES.join(","));
    await expect(page.getByRole("listitem").filter({ hasText: /^https:\/\/www\.googleapis\.com\/auth\// })).toHaveText([...SCOPES]);
    await look(page, "google-scopes");
    await page.getByRole("textbox", { name: "Service account" }).fill(account);
    await page.getByRole("textbox", { name: "Admin user name" }).fill(admin);
    await chooseCertificate(page, "P12 certificate", facts.file("practice-google.p12"));
    // Google's own password for every key file opens it: nobody is asked for one.
    await expect(part(page, "P12 certificate")).toContainText(/104512345678901234567 · RSA 2048.* · until \d{4}-\d{2}-\d{2} \(\d+ days\)/);
    await expect(page.locator('input[type="password"]')).toHaveCount(0);
    await testConnection(page, RUNGS);
    await page.getByRole("button", { name: "Next" }).click();
    await listServerAndSave(page, SERVER);

    await host.kill("SIGKILL");
    host = await subject.startConsole(data.path);
    await page.goto("about:blank");
    await openConsole(page, host.address);
    await expect(page.getByRole("row").filter({ hasText: "Contoso Workspace" })).toContainText("Google Workspace");
    await openMessagingSystem(page, "Contoso Workspace");
    await expect(page.getByRole("combobox", { name: "Messaging provider" })).toContainText("Google Workspace");
    await expect(page.getByRole("textbox", { name: "Service account" })).toHaveValue(account);
    await expect(page.getByRole("textbox", { name: "Admin user name" })).toHaveValue(admin);
    await expect(part(page, "P12 certificate")).toContainText(/practice-google\.p12.*104512345678901234567 · RSA 2048/);
    await expect(server(page, SERVER)).toContainText("priority does not apply");
    await expect(server(page, SERVER)).toContainText("Online", { timeout: DETECTION_MS });

    await breakAndMend(page, data.path, SERVER, failures);
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
