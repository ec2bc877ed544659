/**
 * "Set Office 365 as Messaging Provider", every step, against the practice clouds: enter, choose the certificate, save,
 * restart, break each cloud, mend it.
 */
import { expect, test } from "@playwright/test";
import {
  breakAndMend,
  checkOften,
  chooseCertificate,
  cloudFacts,
  createEntraStore,
  dateIn,
  listServerAndSave,
  offeredProviders,
  part,
  server,
  testConnection,
  typeSecret,
} from "./cloud-page.ts";
import { chooseProvider, createStore, DETECTION_MS, openConsole, openMessagingSystem } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";

const SERVER = "outlook.office365.com";
const CLOUD = "Microsoft 365 (Worldwide and GCC)";
const RUNGS = ["DNS", "TCP", "TLS", "Sign-in with certificate", "Sign-in with secret", "Permissions", "Domain"];

const failures = [
  { verb: "wrong-secret", part: "authority", reason: "client secret wrong", sentence: "The client secret is wrong." },
  { verb: "expired-secret", part: "authority", reason: "client secret expired", sentence: "The client secret has expired." },
  { verb: "certificate-not-registered", part: "authority", reason: "certificate not registered", sentence: "not registered for this application." },
  { verb: "throttled", part: "graph", reason: "asked to wait", sentence: "The service asks to slow down." },
  { verb: "domain-unverified", part: "graph", reason: "domain not verified", sentence: "The domain is in the tenant, but not verified." },
  { verb: "down", part: "exchange-online", reason: "TCP: connection refused", sentence: "nothing answers on the port" },
];

test("Office 365 from cloud to live status, and all of it again after a restart", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  let host = await subject.startConsole(data.path);
  try {
    const facts = await cloudFacts(data.path);
    const pfx = facts.file("practice-application.pfx");
    const domain = facts.value("office365", "domain");
    const application = facts.value("office365", "applicationId");
    const secretEnds = dateIn(200);
    const cloud = page.getByRole("combobox", { name: "Cloud" });
    const note = page.getByText(/distribution groups are created in Office 365 without their members/);
    await openConsole(page, host.address);
    await checkOften(page);
    await createStore(page, "Contoso cloud", subject);

    await chooseProvider(page, "Office 365");
    await page.getByRole("button", { name: "Next" }).click();
    await expect(note).toBeVisible();
    await cloud.click();
    await expect(page.getByRole("option")).toHaveCount(4);
    await page.getByRole("option", { name: CLOUD }).click();
    await page.getByRole("textbox", { name: "Domain name" }).fill(domain);
    await page.getByRole("textbox", { name: "Application ID" }).fill(application);
    await typeSecret(page, "Client secret", facts.value("office365", "clientSecret"));
    await page.getByLabel("Client secret expires").fill(secretEnds);
    await chooseCertificate(page, "PFX certificate", pfx);
    await expect(part(page, "PFX certificate")).toContainText("Enter its password to open it.");
    await typeSecret(page, "PFX certificate password", "not the password");
    await expect(part(page, "PFX certificate")).toContainText("The password does not open the certificate file.");
    await expect(part(page, "PFX certificate password").locator("..").getByText("The password does not open the certificate file.")).toBeVisible();
    await typeSecret(page, "PFX certificate password", pfx.password);
    await expect(part(page, "PFX certificate")).toContainText(/Messaging Console practice · RSA 2048.* · until \d{4}-\d{2}-\d{2} \(\d+ days\)/);
    await testConnection(page, RUNGS);
    await page.getByRole("button", { name: "Next" }).click();
    await listServerAndSave(page, SERVER);

    await host.kill("SIGKILL");
    host = await subject.startConsole(data.path);
    await page.goto("about:blank");
    await openConsole(page, host.address);
    await expect(page.getByRole("row").filter({ hasText: "Contoso cloud" })).toContainText("Office 365");
    await openMessagingSystem(page, "Contoso cloud");
    await expect(page.getByRole("combobox", { name: "Messaging provider" })).toContainText("Office 365");
    await expect(cloud).toContainText(CLOUD);
    await expect(page.getByRole("textbox", { name: "Domain name" })).toHaveValue(domain);
    await expect(page.getByRole("textbox", { name: "Application ID" })).toHaveValue(application);
    await expect(page.getByLabel("Client secret expires")).toHaveValue(secretEnds);
    await expect(part(page, "Client secret")).toContainText(/Set on \d{4}-\d{2}-\d{2}/);
    await expect(part(page, "PFX certificate password")).toContainText(/Set on \d{4}-\d{2}-\d{2}/);
    await expect(part(page, "PFX certificate")).toContainText(/practice-application\.pfx.*Messaging Console practice · RSA 2048/);
    await expect(note).toBeVisible();
    await expect(server(page, SERVER)).toContainText("priority does not apply");
    await expect(server(page, SERVER)).toContainText("Online", { timeout: DETECTION_MS });

    await breakAndMend(page, data.path, SERVER, failures);
    expect(host.output()).not.toContain(facts.value("office365", "clientSecret"));
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});

test("A Microsoft Entra store offers Office 365 and None only, without the note about Active Directory", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  try {
    await openConsole(page, host.address);
    await createEntraStore(page, "Fabrikam", "contoso-practice.com");
    expect(await offeredProviders(page)).toEqual(["Office 365", "None"]);
    await chooseProvider(page, "Office 365");
    await page.getByRole("button", { name: "Next" }).click();
    await expect(page.getByRole("textbox", { name: "Domain name" })).toHaveValue("contoso-practice.com");
    await expect(page.getByText(/objects synchronized from Active Directory are changed there/)).toBeVisible();
    await expect(page.getByText(/without their members/)).toHaveCount(0);
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
