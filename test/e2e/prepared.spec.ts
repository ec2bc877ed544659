/** Prepared without a network at a customer's site, handed over sealed, and in force at the admin's without a password being typed. */
import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { chooseCertificate, cloudFacts, server, typeSecret, type CloudFacts } from "./cloud-page.ts";
import { chooseProvider, createStore, DETECTION_MS, expectNotice, fillExchange, fillNewStore, openConsole, openMessagingSystem, row, saveWizard, setPriority } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { look } from "./look.ts";
import { reasonForNone, startAlone, type AloneConsole } from "./no-network.ts";
import { practiceOrganisation, type Subject } from "./organisations.ts";

const [HQ, CLOUD] = ["Contoso HQ", "Contoso cloud"];
const ONLINE_SERVER = "outlook.office365.com";
const END = "End “Prepare only”";

const stores = (page: Page) => page.getByRole("navigation").getByRole("link", { name: "Identity stores" }).first().click();
const bar = (page: Page) => page.getByText("Nothing is asked for this identity store from this computer");

async function createPreparedOnly(page: Page, name: string, subject: Subject): Promise<void> {
  await fillNewStore(page, name, subject);
  await page.getByRole("checkbox", { name: /^Prepare only/ }).check();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Messaging System" })).toBeVisible();
  await expect(bar(page)).toBeVisible();
}

async function fillOffice365(page: Page, facts: CloudFacts): Promise<void> {
  const pfx = facts.file("practice-application.pfx");
  await chooseProvider(page, "Office 365");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("textbox", { name: "Domain name" }).fill(facts.value("office365", "domain"));
  await page.getByRole("textbox", { name: "Application ID" }).fill(facts.value("office365", "applicationId"));
  await typeSecret(page, "Client secret", facts.value("office365", "clientSecret"));
  await chooseCertificate(page, "PFX certificate", pfx);
  await typeSecret(page, "PFX certificate password", pfx.password);
  await page.getByRole("button", { name: "Next" }).click();
}

/** Exports everything sealed, and answers the file and its passphrase. */
async function exportSealed(page: Page): Promise<{ readonly name: string; readonly bytes: Buffer; readonly passphrase: string }> {
  await page.getByRole("navigation").getByRole("link", { name: "Handover" }).click();
  await page.getByRole("button", { name: "Suggest words" }).click();
  const box = page.getByRole("textbox", { name: "Passphrase", exact: true });
  await expect(box).not.toHaveValue("");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export 2 identity stores" }).click();
  const download = await saved;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()), passphrase: await box.inputValue() };
}

async function nameServer(page: Page, typed: string): Promise<void> {
  await page.getByRole("textbox", { name: "Server that is not listed" }).fill(typed);
  await page.getByRole("button", { name: "Add", exact: true }).click();
}

const why = reasonForNone();

test("an engineer without a network prepares and hands over; the admin imports, and it is Online", async ({ browser }) => {
  test.skip(why !== null, why ?? "");
  const [field, office, besides] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  const subject = await practiceOrganisation();
  const admin = await subject.startConsole(office.path);
  let engineer: AloneConsole | null = null;
  try {
    const console = (engineer = await startAlone(field.path, besides.path));
    const facts = await cloudFacts(office.path);
    const page = await (await browser.newContext()).newPage();
    await openConsole(page, console.host.address);
    await createPreparedOnly(page, HQ, subject);
    await fillExchange(page, "2013", subject);
    await page.getByRole("button", { name: "Sync Again" }).click();
    await expect(page.getByRole("region", { name: /^Step 3/ }).getByText("This identity store is prepared only: nothing is asked for it from this computer.")).toBeVisible();
    await look(page, "prepare-only-refused");
    // No list is to be had here: what the customer says is typed.
    await nameServer(page, ` ${subject.nameOf("exa").toUpperCase()} `);
    await nameServer(page, subject.nameOf("exb"));
    await setPriority(page, subject.nameOf("exb"), 1);
    await expect(page.getByText("New mail objects go to EXB first; if it fails, EXA.")).toBeVisible();
    await look(page, "prepare-only-named");
    await saveWizard(page);
    await stores(page);
    await createPreparedOnly(page, CLOUD, subject);
    await fillOffice365(page, facts);
    // The one server of a cloud has a name that is known without asking.
    await page.getByRole("button", { name: "Sync Again" }).click();
    await expect(server(page, ONLINE_SERVER)).toContainText("prepare only: not asked");
    await look(page, "prepare-only-server");
    await saveWizard(page);
    await stores(page);
    await expect(row(page, CLOUD)).toContainText("Saved untested, prepare only");
    await look(page, "prepare-only-list");
    const file = await exportSealed(page);
    expect(console.wantedOut()).toBe(0);

    const desk = await (await browser.newContext()).newPage();
    await openConsole(desk, admin.address);
    await desk.getByRole("navigation").getByRole("link", { name: "Handover" }).click();
    await desk.getByRole("tab", { name: "Import" }).click();
    const chooser = desk.waitForEvent("filechooser");
    await desk.getByRole("button", { name: "Choose file…" }).click();
    await (await chooser).setFiles({ name: file.name, mimeType: "application/octet-stream", buffer: file.bytes });
    await desk.getByRole("textbox", { name: "Passphrase of the file" }).fill(file.passphrase);
    await desk.getByRole("button", { name: "Open", exact: true }).click();
    await desk.getByRole("button", { name: "Import 2 identity stores" }).click();
    await expect(desk.getByRole("list", { name: "Imported identity stores" })).toContainText("Made anew.");
    await stores(desk);
    await openMessagingSystem(desk, CLOUD);
    await expect(server(desk, ONLINE_SERVER)).toContainText("Online", { timeout: DETECTION_MS });
    await stores(desk);
    await openMessagingSystem(desk, HQ);
    for (const name of ["exa", "exb"]) await expect(row(desk, subject.nameOf(name))).toContainText("Online", { timeout: DETECTION_MS });

    // What was counted is what it was taken for: asked for, packets want out at once, and find no way.
    await stores(page);
    await page.getByRole("button", { name: `Actions for ${CLOUD}` }).click();
    await page.getByRole("menuitem", { name: END }).click();
    await expect.poll(() => console.wantedOut()).toBeGreaterThan(0);
    await openMessagingSystem(page, CLOUD);
    await expect(server(page, ONLINE_SERVER)).toContainText("Unknown", { timeout: DETECTION_MS });
    await expect(server(page, ONLINE_SERVER)).not.toContainText("Offline");
  } finally {
    await engineer?.stop();
    await admin.kill();
    await subject.dispose();
    field.remove();
    office.remove();
    besides.remove();
  }
});

test("a store is put offline by hand and back, says what was last known, and when", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const exb = subject.nameOf("exb");
  try {
    await openConsole(page, host.address);
    await createStore(page, HQ, subject);
    await fillExchange(page, "2013", subject);
    await page.getByRole("button", { name: "Sync Again" }).click();
    await page.getByRole("checkbox", { name: exb }).check();
    await saveWizard(page);
    await expect(row(page, exb)).toContainText("Online", { timeout: DETECTION_MS });
    await stores(page);
    await page.getByRole("button", { name: `Actions for ${HQ}` }).click();
    await page.getByRole("menuitem", { name: "Prepare only" }).click();
    await expectNotice(page, `Nothing is asked for ${HQ} from this computer any more.`);
    await openMessagingSystem(page, HQ);
    await expect(row(page, exb)).toContainText("Unknown");
    await expect(row(page, exb)).toContainText(/last known as Online at \d/);
    await look(page, "prepare-only-page");
    await page.getByRole("button", { name: END }).click();
    await expect(bar(page)).toHaveCount(0);
    await expect(row(page, exb)).toContainText("Online", { timeout: DETECTION_MS });
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
