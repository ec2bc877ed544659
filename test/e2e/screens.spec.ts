/**
 * The pictures of the README, with what a practice organisation holds. `UPDATE_SCREENS=1` replaces the committed ones;
 * otherwise they go into the cache, and only their main parts are checked.
 */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { configureExchange, DETECTION_MS, notices, openConsole, row } from "./console-page.ts";
import { root, temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";
import { seedStores } from "./seed.ts";

const folder = path.join(root, process.env["UPDATE_SCREENS"] === undefined ? ".cache/screens" : "test/e2e/screens");
/** How many checks the latency shows. */
const CHECKS = process.env["UPDATE_SCREENS"] === undefined ? 2 : 30;

/**
 * Takes the picture once every main part is wholly on the screen, scrolled to `place`, or to the top. What comes late pushes the
 * rest away, and a page may scroll to what it has found: it is scrolled until it stays.
 */
async function picture(page: Page, name: string, parts: readonly Locator[], place: Locator | null = null): Promise<void> {
  await expect(notices(page).getByRole("listitem")).toHaveCount(0);
  // Where no button changes its colour under it.
  await page.mouse.move(512, 4);
  await expect(async () => {
    if (place === null) await page.locator("main").evaluate((main) => main.scrollTo(0, 0));
    else await place.scrollIntoViewIfNeeded();
    for (const part of parts) await expect(part).toBeInViewport({ ratio: 1, timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await page.screenshot({ path: path.join(folder, `${name}.png`), caret: "hide", animations: "disabled" });
}

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

test("the main screens, whole at 1024 by 768", async ({ page }) => {
  mkdirSync(folder, { recursive: true });
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const exa = subject.nameOf("exa");
  const exb = subject.nameOf("exb");
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
  try {
    await openConsole(page, host.address);
    await configureExchange(page, "Contoso HQ", subject);
    await seedStores(data.path);
    for (const server of [exa, exb]) await expect(row(page, server)).toContainText("Online", { timeout: DETECTION_MS });
    // So that the latency has a history. Of the row's drawings, the one of two paths: checks that were answered, each a bar, and those that were not.
    const answered = row(page, exa).locator("svg", { has: page.locator("path + path") }).locator("path").first();
    const checkAgain = async () => {
      await page.keyboard.press("F5");
      return (await answered.getAttribute("d"))?.split("M").slice(1).length ?? 0;
    };
    await expect.poll(checkAgain, { timeout: CHECKS * DETECTION_MS }).toBeGreaterThanOrEqual(CHECKS);
    await picture(page, "messaging-system", [heading(page, "Messaging System"), button("Test connection"), button("Sync Again"), row(page, exa), row(page, exb), button("Save")]);

    await subject.run("drain", "exb");
    await expect(row(page, exb)).toContainText("Offline", { timeout: DETECTION_MS });
    await button(`What to do about ${exb}`).click();
    const ladder = page.getByRole("dialog");
    await picture(page, "what-to-do", [ladder, ladder.getByText("exb.contoso.lab is not in service: maintenance, or a component set Inactive."), ladder.getByRole("button", { name: "Close" })]);
    await page.getByRole("button", { name: "Close" }).click();

    await page.getByRole("link", { name: "Identity stores" }).click();
    for (const name of ["Branch 7", "Contoso cloud", "Contoso HQ"]) await expect(page.getByRole("link", { name })).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: "Contoso cloud" })).toContainText("1/1 online", { timeout: DETECTION_MS });
    await picture(page, "identity-stores", [heading(page, "Identity stores"), button("New"), page.getByRole("grid", { name: "Identity stores" })]);

    await page.getByRole("link", { name: "Contoso cloud" }).click();
    await page.getByRole("link", { name: "Subscriptions" }).click();
    const main = page.getByRole("main");
    const bought = main.getByRole("table", { name: "Subscriptions of the tenant" });
    await expect(bought).toContainText("Office 365 E3", { timeout: DETECTION_MS });
    await picture(page, "subscriptions", [heading(page, "Subscriptions"), button("Ask again"), bought.getByText("ENTERPRISEPACK", { exact: true })]);
    await main.getByRole("textbox", { name: "User's sign-in name" }).fill("eva.lind@contoso-practice.com");
    await button("Look up").click();
    await main.getByRole("checkbox", { name: /ENTERPRISEPACK$/ }).uncheck({ timeout: DETECTION_MS });
    await main.getByRole("checkbox", { name: /EMS$/ }).check();
    await picture(page, "licences", [main.getByText(/^Eva Lind then has no mailbox/), button("Change licences")], button("Change licences"));
    await page.getByRole("link", { name: "Identity stores" }).click();

    await page.getByRole("navigation").getByRole("link", { name: "Jobs", exact: true }).click();
    await button("New job").click();
    await main.getByRole("combobox", { name: "Identity store" }).selectOption({ label: "Contoso HQ" });
    await main.getByRole("radio", { name: /^Create mailbox users/ }).check();
    await button("Begin").click();
    const source = path.join(data.path, "..", `${path.basename(data.path)}-starters.csv`);
    writeFileSync(source, "Name;AccountName;Alias\nAda Kern;ada.kern;ada.kern\nZoë Lind;zoe.lind;zoe.lind\n");
    await main.getByRole("textbox", { name: /^Path of the file/ }).fill(source);
    await button("Read the source").click();
    const becomes = main.getByRole("table", { name: "What becomes of the first rows" });
    await expect(becomes).toContainText("zoe.lind", { timeout: DETECTION_MS });
    await main.getByRole("textbox", { name: "Container" }).fill("OU=People,DC=contoso,DC=lab");
    await expect(becomes).toContainText("OU=People,DC=contoso,DC=lab");
    await picture(page, "job-mapping", [becomes], becomes);
    await button("Save the job").click();
    await expect(heading(page, "Job: Create mailbox users")).toBeVisible();
    await button("Preview").click();
    await expect(button("Apply…")).toBeVisible({ timeout: DETECTION_MS });
    await picture(page, "job-preview", [heading(page, "Preview and run"), button("Apply…"), main.getByText("Ada Kern")]);
    rmSync(source);
    await page.getByRole("link", { name: "Identity stores" }).click();

    await page.getByRole("link", { name: "Contoso HQ" }).click();
    await button("Practice organisation").click();
    const drawer = page.getByRole("complementary", { name: "Practice organisation" });
    await expect(drawer).toContainText("exb");
    await picture(page, "practice", [row(page, exb), drawer.getByRole("heading", { name: "Practice organisation" }), drawer.getByRole("button", { name: "Reset all" }), drawer.getByText("contoso.lab", { exact: true })], row(page, exb));
    await drawer.getByRole("button", { name: "Close the drawer" }).click();

    await page.getByRole("link", { name: "Directory" }).click();
    await expect(page.getByRole("textbox", { name: /^Domain name/ })).toHaveValue(subject.domain);
    await picture(page, "directory", [heading(page, "Directory"), page.getByRole("textbox", { name: /^Domain name/ }), button("Save")]);

    await subject.run("up", "exb");
    await page.getByRole("link", { name: "Messaging System" }).click();
    await expect(row(page, exb)).toContainText("Online", { timeout: DETECTION_MS });
    await subject.run("refuses-sessions", "exb");
    await page.getByRole("link", { name: "Mail objects" }).click();
    await main.getByRole("textbox", { name: /^Container/ }).fill("OU=Groups,DC=contoso,DC=lab");
    await main.getByRole("textbox", { name: /^Name/ }).fill("Sales");
    await button("Show the plan").click();
    await picture(page, "mail-object-plan", [main.getByText(`${exb} is tried first`), button("Make it")], button("Make it"));
    await button("Make it").click();
    await expect(button("Next object")).toBeVisible({ timeout: DETECTION_MS });
    await picture(page, "mail-object-result", [heading(page, "Mail objects"), main.getByText(`${exb} could not be reached`), main.getByText(`${exa} did it in`), button("Next object")]);

    await page.getByRole("link", { name: "Identity stores" }).click();
    await page.getByRole("link", { name: "Certificate bench" }).click();
    await button("Practice file").click();
    await page.getByRole("menuitem", { name: "practice-application.pfx" }).click();
    await expect(page.getByText("Its password is practice")).toBeVisible();
    await page.getByRole("textbox", { name: "Password" }).fill("practice");
    await button("Check").click();
    await expect(page.getByText("SHA-256 thumbprint")).toBeVisible();
    await picture(page, "certificate-bench", [heading(page, "Certificate bench"), button("Choose File"), page.getByText("The file opens. Worth knowing before you use it:")]);

    await page.getByRole("navigation").getByRole("link", { name: "Handover" }).click();
    await button("Suggest words").click();
    const strong = main.getByText("Strong: nobody guesses it.");
    await expect(strong).toBeVisible();
    const exporting = button(/^Export \d+ identity stores$/);
    const words = await main.getByRole("textbox", { name: "Passphrase", exact: true }).inputValue();
    await picture(page, "handover-export", [main.getByRole("radio", { name: /^Sealed with a passphrase/ }), strong, exporting], exporting);
    const saving = page.waitForEvent("download");
    await exporting.click();
    const saved = await saving;
    await main.getByRole("tab", { name: "Import" }).click();
    const choosing = page.waitForEvent("filechooser");
    await button("Choose file…").click();
    await (await choosing).setFiles({ name: saved.suggestedFilename(), mimeType: "application/octet-stream", buffer: await readFile(await saved.path()) });
    await main.getByRole("textbox", { name: "Passphrase of the file" }).fill(words);
    await button("Open").click();
    const review = main.getByRole("list", { name: "Identity stores in the file" });
    await expect(review).toContainText("Nothing changes", { timeout: DETECTION_MS });
    await picture(page, "handover-review", [main.getByText("What is in the file"), review], review);
  } finally {
    await host.kill();
    data.remove();
  }
});
