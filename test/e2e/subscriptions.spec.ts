/** What the practice tenant has bought by the seat: read, searched and opened by keyboard, refused by Graph, asked for again, and given to its users. */
import { expect, test, type Page } from "@playwright/test";
import { cloudFacts, dateIn, fillOffice365 } from "./cloud-page.ts";
import { chooseProvider, createStore, expectNotice, saveWizard } from "./console-page.ts";
import { press } from "./focus.ts";
import { lookEverywhere } from "./look-everywhere.ts";
import { inPracticeConsole, type PracticeConsole } from "./practice-console.ts";

const OLDER = "This is the list of before. It may not hold any more.";

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true });
const link = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name, exact: true });
const table = (page: Page) => main(page).getByRole("table", { name: "Subscriptions of the tenant", exact: true });
const row = (page: Page, partNumber: string) => table(page).getByRole("row").filter({ hasText: partNumber }).filter({ hasNot: page.getByRole("table") });
const cells = (page: Page, partNumber: string) => row(page, partNumber).getByRole("cell");

async function openSubscriptions(page: Page, { subject, data }: PracticeConsole): Promise<void> {
  await createStore(page, "Contoso cloud", subject);
  await expect(link(page, "Mail objects")).toBeVisible();
  await expect(link(page, "Subscriptions")).toHaveCount(0);
  await chooseProvider(page, "Office 365");
  await page.getByRole("button", { name: "Next" }).click();
  await fillOffice365(page, await cloudFacts(data), dateIn(200));
  await page.getByRole("button", { name: "Next" }).click();
  await saveWizard(page);
  await link(page, "Subscriptions").click();
  await expect(page.getByRole("heading", { level: 1, name: "Subscriptions: Contoso cloud" })).toBeVisible();
}

test("the seats of a tenant are told, searched and opened by keyboard, and an older list is called so while Graph refuses", async ({ page }) => {
  await inPracticeConsole(page, async (console) => {
    const { subject } = console;
    await openSubscriptions(page, console);
    await expect(cells(page, "ENTERPRISEPACK")).toHaveText([/^Office 365 E3ENTERPRISEPACK/, "25", "22", "3", "yes", "active"]);
    await expect(cells(page, "EXCHANGESTANDARD")).toHaveText([/^Exchange Online \(Plan 1\)/, "10", "10", "0", "yes", "active"]);
    await expect(cells(page, "FLOW_FREE")).toHaveText([/^Microsoft Power Automate Free/, "10,000", "3", "9,997", "no", "active"]);
    await expect(cells(page, "VISIOCLIENT").last()).toHaveText("suspended");
    await expect(cells(page, "CDS_DB_CAPACITY").first()).toContainText("for the whole tenant");
    await expect(main(page).getByText(/^6 subscriptions\. As graph\.microsoft\.com said, \d\d:\d\d\./)).toBeVisible();
    await lookEverywhere(page, "subscriptions");

    await press(page, button(page, "5 service plans of Office 365 E3"));
    const plans = main(page).getByRole("table", { name: "Service plans of Office 365 E3", exact: true });
    await expect(plans.getByRole("row").filter({ hasText: "INTUNE_O365" }).getByRole("cell")).toHaveText(["INTUNE_O365", "waits to be activated", "for the whole tenant"]);
    await expect(button(page, "5 service plans of Office 365 E3")).toBeFocused();
    await lookEverywhere(page, "subscriptions-opened");

    await page.keyboard.press("Control+f");
    await page.keyboard.type("intune");
    await expect(main(page).getByText("2 of 6 shown", { exact: true })).toBeVisible();
    await expect(row(page, "ENTERPRISEPACK")).toBeVisible();
    await expect(row(page, "FLOW_FREE")).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(row(page, "FLOW_FREE")).toBeVisible();

    await subject.run("forbidden", "graph");
    await press(page, button(page, "Ask again"));
    await expect(button(page, "Try again")).toBeVisible();
    await expect(main(page).getByText(OLDER, { exact: true })).toBeVisible();
    await expect(main(page).getByText(/As graph\.microsoft\.com said, \d\d:\d\d\. That was (just now|\d+ minutes? ago)\.$/)).toBeVisible();
    await expect(row(page, "ENTERPRISEPACK")).toBeVisible();
    await lookEverywhere(page, "subscriptions-refused");

    await subject.run("up", "graph");
    await press(page, button(page, "Try again"));
    await expect(button(page, "Try again")).toHaveCount(0);
    await expect(button(page, "Ask again")).toBeFocused();
    await expect(main(page).getByText(OLDER, { exact: true })).toHaveCount(0);
    await expect(row(page, "ENTERPRISEPACK")).toBeVisible();

    await subject.run("slow", "graph");
    await press(page, button(page, "Ask again"));
    await expect(main(page).getByText(/It is being asked again\.$/)).toBeVisible();
    await press(page, button(page, "Cancel: Subscriptions of Contoso cloud"));
    await expect(main(page).getByText("Asking was stopped.", { exact: true })).toBeVisible();
    await expect(main(page).getByText(OLDER, { exact: true })).toBeVisible();
    await expect(button(page, "Ask again")).toBeFocused();

    await subject.run("seats-bought-back", "graph");
    await page.keyboard.press("F5");
    await expect(cells(page, "EXCHANGESTANDARD")).toHaveText([/^Exchange Online/, "9", "10", "0", "yes", /1 seat too few/]);
    await lookEverywhere(page, "subscriptions-too-few");

    await subject.run("none-bought", "graph");
    await press(page, button(page, "Ask again"));
    await expect(page.getByRole("heading", { level: 2, name: "This tenant has no subscription." })).toBeVisible();
    await lookEverywhere(page, "subscriptions-none");
  });
});

test("licences of a user are looked up, given, taken over a warning, and need a usage location", async ({ page }) => {
  await inPracticeConsole(page, async (console) => {
    await openSubscriptions(page, console);
    await expect(cells(page, "EMS").nth(3)).toHaveText("21");
    const box = main(page).getByRole("textbox", { name: "User's sign-in name" });
    const lookUp = async (user: string) => {
      await box.fill(user);
      await press(page, box);
    };
    const held = (name: string) => main(page).getByRole("table", { name: `Licences of ${name}`, exact: true }).getByRole("row");
    const tick = (name: RegExp) => main(page).getByRole("checkbox", { name });
    const change = button(page, "Change licences");

    await lookUp("nobody@contoso-practice.com");
    await expect(main(page).getByText(/^The tenant has no user of that sign-in name/)).toBeVisible();
    await lookUp("eva.lind@contoso-practice.com");
    await expect(held("Eva Lind").filter({ hasText: "ENTERPRISEPACK" }).getByRole("cell")).toHaveText([/^Office 365 E3/, "given to the user", "works"]);
    await expect(change).toHaveAttribute("aria-disabled", "true");
    await lookEverywhere(page, "licences");

    await press(page, tick(/EMS$/), "Space");
    await expect(main(page).getByText("Give: Enterprise Mobility + Security E3 (EMS)", { exact: true })).toBeVisible();
    await press(page, change);
    await expectNotice(page, "Licences of Eva Lind changed");
    await expect(held("Eva Lind")).toHaveCount(3);
    await expect(cells(page, "EMS").nth(3)).toHaveText("20");

    await press(page, tick(/ENTERPRISEPACK$/), "Space");
    await expect(main(page).getByText(/^Eva Lind then has no mailbox by any licence\./)).toBeVisible();
    await lookEverywhere(page, "licences-mailbox-lost");
    await press(page, change);
    const dialog = page.getByRole("alertdialog", { name: "Take licences from Eva Lind?" });
    await expect(dialog.getByText(/deletes it\.$/)).toBeVisible();
    await lookEverywhere(page, "licences-question");
    await press(page, dialog.getByRole("button", { name: "Cancel" }));
    await expect(dialog).toHaveCount(0);
    await expect(tick(/ENTERPRISEPACK$/)).not.toBeChecked();
    await press(page, change);
    await press(page, dialog.getByRole("button", { name: "Change licences" }));
    await expect(held("Eva Lind").filter({ hasText: "ENTERPRISEPACK" })).toHaveCount(0);
    await expect(cells(page, "ENTERPRISEPACK").nth(3)).toHaveText("4");

    await lookUp("tom.reed@contoso-practice.com");
    await expect(held("Tom Reed").filter({ hasText: "EMS" }).getByRole("cell")).toHaveText([/^Enterprise Mobility/, "by the group Licensed staff", "works"]);
    await press(page, tick(/ENTERPRISEPACK$/), "Space");
    await expect(main(page).getByText(/without one no licence can be given\.$/)).toBeVisible();
    await expect(change).toHaveAttribute("aria-disabled", "true");
    await main(page).getByRole("textbox", { name: "Usage location to set" }).fill("at");
    await press(page, change);
    await expectNotice(page, "Licences of Tom Reed changed");
    await expect(held("Tom Reed").filter({ hasText: "ENTERPRISEPACK" })).toBeVisible();
    await expect(main(page).getByText("AT", { exact: true })).toBeVisible();
    await expect(cells(page, "ENTERPRISEPACK").nth(3)).toHaveText("3");
  });
});
