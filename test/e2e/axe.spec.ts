/** Every screen in light, dark and forced colours on a small remote desktop: axe finds nothing, nothing scrolls sideways. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { chooseProvider, createStore, DETECTION_MS, fillExchange, listAndPrioritise, openConsole, row, saveWizard } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";
import { seedStores } from "./seed.ts";

const MODES = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" } },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" } },
  { name: "forced colours", media: { colorScheme: "dark", forcedColors: "active" } },
] as const;

/** Looks at the screen as it stands in every mode; a finding does not keep the next screen from being looked at. */
function createLook(page: Page) {
  let screens = 0;
  const look = async (screen: string) => {
    screens += 1;
    const findings: string[] = [];
    for (const { name, media } of MODES) {
      await page.emulateMedia(media);
      // In one page, without a second one for frames: there are none.
      const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude("[data-tabster-dummy]");
      // What the parts are does not change with their colours.
      const { violations } = await (media.colorScheme === "light" ? axe : axe.withRules(["color-contrast", "link-in-text-block"])).analyze();
      for (const violation of violations) {
        for (const node of violation.nodes) findings.push(`${screen}, ${name}: ${violation.id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`);
      }
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (sideways > 0) findings.push(`${screen}, ${name}: scrolls ${sideways} px sideways`);
      const main = await page.evaluate(() => {
        const element = document.querySelector("main");
        return element === null ? 0 : element.scrollWidth - element.clientWidth;
      });
      if (main > 0) findings.push(`${screen}, ${name}: the page scrolls ${main} px sideways`);
    }
    await page.emulateMedia(MODES[0].media);
    expect.soft(findings).toEqual([]);
  };
  return { look, count: () => screens };
}

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

async function goTo(page: Page, link: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: link, exact: true }).click();
  await expect(heading(page, link)).toBeVisible();
}

test("axe finds nothing on any screen, and no page scrolls sideways at 1024 by 768", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const { look, count } = createLook(page);
  const exb = subject.nameOf("exb");
  try {
    await openConsole(page, host.address);
    await look("empty home");
    await page.getByRole("button", { name: "Add an identity store" }).click();
    await expect(heading(page, "New identity store")).toBeVisible();
    await look("new Active Directory store");
    await page.getByRole("textbox", { name: /^Domain name/ }).fill("nowhere.example");
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(page.getByRole("textbox", { name: /^User name/ })).toBeFocused();
    await expect(page.getByText("Enter a value.")).toHaveCount(2);
    await look("new store that cannot be tested yet");
    await page.getByRole("textbox", { name: /^User name/ }).fill("someone@nowhere.example");
    await page.getByRole("textbox", { name: "Password" }).fill("a-password-of-the-test");
    await page.getByRole("button", { name: "Test again" }).click();
    await expect(page.getByText("DNS knows no host named nowhere.example.").first()).toBeVisible({ timeout: 30_000 });
    await look("new store with a failed test");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await expect(page.getByText("Enter a name of 1 to 64 characters.")).toBeVisible();
    await look("new store with a problem");
    await page.getByRole("radio", { name: /^Microsoft Entra ID/ }).check();
    await look("new Microsoft Entra store");
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    await look("leave question of the directory form");
    await page.getByRole("button", { name: "Leave" }).click();

    await createStore(page, "Contoso HQ", subject);
    await look("wizard, provider");
    await page.getByRole("combobox", { name: "Messaging provider" }).click();
    await look("provider drop-down");
    await page.keyboard.press("Escape");
    await chooseProvider(page, "Microsoft Exchange 2013");
    await page.getByRole("button", { name: "Next" }).click();
    await look("wizard, connection");
    await page.getByRole("button", { name: "Next" }).click();
    await look("wizard, no servers yet");
    await page.getByRole("button", { name: /^1. Provider/ }).click();
    await fillExchange(page, "2013", subject);
    await listAndPrioritise(page, subject);
    await expect(row(page, exb)).toContainText("Online", { timeout: DETECTION_MS });
    await look("wizard, servers and priority");
    await page.getByRole("button", { name: "Next" }).click();
    await expect(page.getByRole("table", { name: "Changes" })).toBeVisible();
    await look("wizard, review");
    await page.getByRole("button", { name: "Back" }).click();
    await saveWizard(page);
    await look("flat form, servers online, with news");

    await page.getByRole("button", { name: `More actions for ${exb}` }).click();
    await expect(page.getByRole("menuitem", { name: "Check now" })).toBeVisible();
    await look("menu of a server");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: `Details of ${exb}` }).click();
    await look("details of a server");
    await row(page, exb).getByRole("button", { name: `what to know about ${exb}` }).click();
    await expect(page.getByRole("dialog")).toContainText("mail.contoso.lab");
    await look("ladder of a server with a finding");
    await page.getByRole("button", { name: "Close" }).click();
    await subject.run("drain", "exb");
    await expect(row(page, exb)).toContainText("Offline", { timeout: DETECTION_MS });
    await look("flat form, a server offline");
    await page.getByRole("button", { name: `What to do about ${exb}` }).click();
    await expect(page.getByRole("dialog")).toContainText("maintenance");
    await look("ladder");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("checkbox", { name: exb }).uncheck();
    await page.getByRole("button", { name: "Review changes" }).click();
    await expect(page.getByRole("dialog", { name: "Review changes" })).toBeVisible();
    await look("review dialog");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("link", { name: "History", exact: true }).click();
    await expect(page.getByRole("button", { name: "Keep draft" })).toBeVisible();
    await look("leave question of the editor");
    await page.getByRole("button", { name: "Keep draft" }).click();
    await expect(page.getByText("Revision 2", { exact: true })).toBeVisible();
    await look("history");
    await goTo(page, "Directory");
    await look("directory settings");

    await page.getByRole("link", { name: "Identity stores" }).click();
    await seedStores(data.path);
    await expect(page.getByRole("row").filter({ hasText: "Contoso cloud" })).toContainText("Office 365");
    await look("home with stores");
    await page.getByRole("button", { name: "Actions for Branch 7" }).click();
    await look("menu of a store");
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    await look("delete dialog");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("link", { name: "Contoso cloud" }).click();
    await expect(heading(page, "Messaging System")).toBeVisible();
    await look("Office 365");
    await page.getByRole("link", { name: "Identity stores" }).click();
    await page.getByRole("link", { name: "Branch 7" }).click();
    await expect(heading(page, "Messaging System")).toBeVisible();
    await look("None");
    await page.getByRole("link", { name: "Identity stores" }).click();

    await goTo(page, "Expiry");
    await look("expiry");
    await goTo(page, "Certificate bench");
    await look("certificate bench");
    await page.getByRole("button", { name: "Practice file" }).click();
    await page.getByRole("menuitem", { name: "practice-application.pfx" }).click();
    await page.getByRole("textbox", { name: "Password" }).fill("practice");
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await expect(page.getByText("SHA-256 thumbprint")).toBeVisible();
    await look("certificate bench with a result");
    await goTo(page, "Alias bench");
    await page.getByRole("textbox", { name: /^Aliases, one a line/ }).fill("john.doe\njane doe\n.dot");
    await page.getByRole("textbox", { name: /^Alias regular expression/ }).fill("^[a-z.]+$");
    await page.getByRole("button", { name: "Validate" }).click();
    await expect(page.getByRole("table", { name: "Aliases and their verdicts" })).toBeVisible();
    await look("alias bench with a result");
    await goTo(page, "Activity");
    await look("activity");
    await page.getByRole("button", { name: "Settings", exact: true }).click();
    await expect(heading(page, "Settings")).toBeVisible();
    await look("settings");
    await page.getByRole("button", { name: "Practice organisation" }).click();
    await expect(page.getByRole("complementary", { name: "Practice organisation" })).toContainText("exb");
    await look("practice drawer");
    await page.keyboard.press("F1");
    await expect(page.getByRole("dialog", { name: "Help" })).toBeVisible();
    await look("help");
    expect(count()).toBeGreaterThan(30);
  } finally {
    await host.kill();
    data.remove();
  }
});
