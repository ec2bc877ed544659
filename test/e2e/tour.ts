/** Every screen, drop-down, menu and dialog of the console, on the practice organisation, one after the other. */
import { expect, type Page } from "@playwright/test";
import { chooseProvider, createStore, DETECTION_MS, fillExchange, listAndPrioritise, openConsole, row, saveWizard } from "./console-page.ts";
import { practiceOrganisation } from "./organisations.ts";
import { temporaryFolder } from "./host-process.ts";
import { seedStores } from "./seed.ts";
import { handover } from "./tour-handover.ts";
import { jobs } from "./tour-jobs.ts";
import { mailObjects } from "./tour-mail-objects.ts";

/** Looks at the screen as it stands, under its name. */
export type Look = (screen: string) => Promise<void>;

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

async function goTo(page: Page, link: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: link, exact: true }).click();
  await expect(heading(page, link)).toBeVisible();
}

/** Goes everywhere; resolves with how many screens were looked at. */
export async function tour(page: Page, look: Look): Promise<number> {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  let screens = 0;
  const visit = (screen: string) => {
    screens += 1;
    return look(screen);
  };
  const exb = subject.nameOf("exb");
  try {
    await openConsole(page, host.address);
    await visit("empty home");
    await page.getByRole("button", { name: "Add an identity store" }).click();
    await expect(heading(page, "New identity store")).toBeVisible();
    await visit("new Active Directory store");
    await page.getByRole("textbox", { name: /^Domain name/ }).fill("nowhere.example");
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(page.getByRole("textbox", { name: /^User name/ })).toBeFocused();
    await expect(page.getByText("Enter a value.")).toHaveCount(2);
    await visit("new store that cannot be tested yet");
    await page.getByRole("textbox", { name: /^User name/ }).fill("someone@nowhere.example");
    await page.getByRole("textbox", { name: "Password" }).fill("a-password-of-the-test");
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(page.getByText("DNS knows no host named nowhere.example.").first()).toBeVisible({ timeout: 30_000 });
    await visit("new store with a failed test");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await expect(page.getByText("Enter a name of 1 to 64 characters.")).toBeVisible();
    await visit("new store with a problem");
    await page.getByRole("radio", { name: /^Microsoft Entra ID/ }).check();
    await visit("new Microsoft Entra store");
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    await visit("leave question of the directory form");
    await page.getByRole("button", { name: "Leave" }).click();

    await createStore(page, "Contoso HQ", subject);
    await visit("wizard, provider");
    await page.getByRole("combobox", { name: "Messaging provider" }).click();
    await visit("provider drop-down");
    await page.keyboard.press("Escape");
    await chooseProvider(page, "Microsoft Exchange 2013");
    await page.getByRole("button", { name: "Next" }).click();
    await visit("wizard, connection");
    await page.getByRole("button", { name: "Next" }).click();
    await visit("wizard, no servers yet");
    await page.getByRole("button", { name: /^1. Provider/ }).click();
    await fillExchange(page, "2013", subject);
    await listAndPrioritise(page, subject);
    await expect(row(page, exb)).toContainText("Online", { timeout: DETECTION_MS });
    await visit("wizard, servers and priority");
    await page.getByRole("button", { name: "Next" }).click();
    await expect(page.getByRole("table", { name: "Changes" })).toBeVisible();
    await visit("wizard, review");
    await page.getByRole("button", { name: "Back" }).click();
    await saveWizard(page);
    await visit("flat form, servers online, with news");

    await page.getByRole("button", { name: `More actions for ${exb}` }).click();
    await expect(page.getByRole("menuitem", { name: "Check now" })).toBeVisible();
    await visit("menu of a server");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: `Details of ${exb}` }).click();
    await visit("details of a server");
    await row(page, exb).getByRole("button", { name: `what to know about ${exb}` }).click();
    await expect(page.getByRole("dialog")).toContainText("mail.contoso.lab");
    await visit("ladder of a server with a finding");
    await page.getByRole("button", { name: "Close" }).click();
    await subject.run("drain", "exb");
    await expect(row(page, exb)).toContainText("Offline", { timeout: DETECTION_MS });
    await visit("flat form, a server offline");
    await page.getByRole("button", { name: `What to do about ${exb}` }).click();
    await expect(page.getByRole("dialog")).toContainText("maintenance");
    await visit("ladder");
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByRole("checkbox", { name: exb }).uncheck();
    await page.getByRole("button", { name: "Review changes" }).click();
    await expect(page.getByRole("dialog", { name: "Review changes" })).toBeVisible();
    await visit("review dialog");
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("link", { name: "History", exact: true }).click();
    await expect(page.getByRole("button", { name: "Keep draft" })).toBeVisible();
    await visit("leave question of the editor");
    await page.getByRole("button", { name: "Keep draft" }).click();
    await expect(page.getByText("Revision 2", { exact: true })).toBeVisible();
    await visit("history");
    await goTo(page, "Compare");
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await expect(page.getByRole("main").getByText(/, held against .+: no difference\.$/)).toBeVisible({ timeout: DETECTION_MS });
    await page.getByRole("combobox", { name: "Right", exact: true }).selectOption("draft");
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await expect(page.getByRole("table", { name: "Differences" })).toBeVisible();
    await visit("comparison");
    await goTo(page, "Directory");
    await visit("directory settings");

    screens += await mailObjects(page, look);

    await page.getByRole("link", { name: "Identity stores" }).click();
    await seedStores(data.path);
    await expect(page.getByRole("row").filter({ hasText: "Contoso cloud" })).toContainText("Office 365");
    await visit("home with stores");
    await page.getByRole("button", { name: "Actions for Branch 7" }).click();
    await visit("menu of a store");
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    await visit("delete dialog");
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("link", { name: "Contoso cloud" }).click();
    await expect(heading(page, "Messaging System")).toBeVisible();
    await visit("Office 365");
    await page.getByRole("link", { name: "Identity stores" }).click();
    await page.getByRole("link", { name: "Branch 7" }).click();
    await expect(heading(page, "Messaging System")).toBeVisible();
    await visit("None");
    await page.getByRole("link", { name: "Identity stores" }).click();

    screens += await jobs(page, look);
    await goTo(page, "Expiry");
    await visit("expiry");
    await goTo(page, "Certificate bench");
    await visit("certificate bench");
    await page.getByRole("button", { name: "Practice file" }).click();
    await page.getByRole("menuitem", { name: "practice-application.pfx" }).click();
    await expect(page.getByText("Its password is practice")).toBeVisible();
    await page.getByRole("textbox", { name: "Password" }).fill("practice");
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await expect(page.getByText("SHA-256 thumbprint")).toBeVisible();
    await visit("certificate bench with a result");
    await goTo(page, "Alias bench");
    await page.getByRole("textbox", { name: /^Aliases, one a line/ }).fill("john.doe\njane doe\n.dot");
    await page.getByRole("textbox", { name: /^Alias regular expression/ }).fill("^[a-z.]+$");
    await page.getByRole("button", { name: "Validate" }).click();
    await expect(page.getByRole("table", { name: "Aliases and their verdicts" })).toBeVisible();
    await visit("alias bench with a result");
    await goTo(page, "Journal");
    await page.getByRole("button", { name: "Everything that was tried with Tour group" }).click();
    await visit("journal with what was tried");
    await goTo(page, "Activity");
    await visit("activity");
    screens += await handover(page, look);
    await page.getByRole("button", { name: "Settings", exact: true }).click();
    await expect(heading(page, "Settings")).toBeVisible();
    await visit("settings");
    await page.getByRole("main").getByRole("link", { name: "Data", exact: true }).click();
    await expect(heading(page, "Data")).toBeVisible();
    await visit("data");
    await page.getByRole("link", { name: "Enter a team's database" }).click();
    await expect(heading(page, "A team's database")).toBeVisible();
    await page.getByRole("radio", { name: "A client certificate" }).check();
    await page.getByRole("radio", { name: /^An authority's certificate from a file/ }).check();
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await expect(page.getByText("Enter a value.").first()).toBeVisible();
    await visit("team's database with problems");
    await page.getByRole("button", { name: "Practice organisation" }).click();
    await expect(page.getByRole("complementary", { name: "Practice organisation" })).toContainText("exb");
    await visit("practice drawer");
    await page.keyboard.press("F1");
    await expect(page.getByRole("dialog", { name: "Help" })).toBeVisible();
    await visit("help");
    return screens;
  } finally {
    await host.kill();
    data.remove();
  }
}
