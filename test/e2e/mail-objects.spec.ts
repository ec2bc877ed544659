/** The documentation's worked example in the browser: the directory first, then ExchB, on failure ExchA, and the journal for what is left. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { configureExchange, DETECTION_MS, openConsole, row } from "./console-page.ts";
import { press } from "./focus.ts";
import { temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";

const main = (page: Page): Locator => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name, exact: true });

/** From an empty form to what came of it. */
async function makeGroup(page: Page, name: string): Promise<void> {
  await main(page).getByRole("textbox", { name: /^Name/ }).fill(name);
  await button(page, "Show the plan").click();
  await button(page, "Make it").click();
  await expect(button(page, "Next object")).toBeVisible({ timeout: DETECTION_MS });
}

test("EXB does it; with EXB down EXA does, and says why; with both down the journal finishes it once EXA is up", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const [exa, exb] = [subject.nameOf("exa"), subject.nameOf("exb")];
  try {
    await openConsole(page, host.address);
    await configureExchange(page, "Contoso HQ", subject);
    for (const server of [exa, exb]) await expect(row(page, server)).toContainText("Online", { timeout: DETECTION_MS });
    await page.getByRole("link", { name: "Mail objects" }).click();
    await main(page).getByRole("textbox", { name: /^Container/ }).fill("OU=Groups,DC=contoso,DC=lab");

    await makeGroup(page, "Sales");
    await expect(main(page)).toContainText("The group is in the directory and mail-enabled.");
    await expect(main(page)).toContainText(`${exb} did it in`);

    await subject.run("down", "exb");
    await button(page, "Next object").click();
    await makeGroup(page, "Marketing");
    await expect(main(page)).toContainText(`${exb} could not be reached`);
    await expect(main(page)).toContainText(`${exa} did it in`);

    await subject.run("down", "exa");
    await button(page, "Next object").click();
    await makeGroup(page, "Finance");
    await expect(main(page)).toContainText("The group is in the directory, but not mail-enabled.");

    await subject.run("up", "exa");
    await page.getByRole("link", { name: "Identity stores" }).click();
    await page.getByRole("navigation").getByRole("link", { name: "Journal" }).click();
    await main(page).getByRole("combobox", { name: "State" }).selectOption({ label: "Half done" });
    await expect(main(page).getByRole("table", { name: "Journal entries, newest first" }).getByRole("row")).toHaveCount(2);
    // With the keyboard alone.
    await press(page, button(page, "Finish now: Finance"));
    await expect(main(page)).toContainText("Nothing in the journal passes the filters and the search.", { timeout: DETECTION_MS });
    await main(page).getByRole("combobox", { name: "State" }).selectOption({ label: "Done" });
    await main(page).getByRole("searchbox", { name: "Search the journal" }).fill("finance");
    await button(page, "Everything that was tried with Finance").click();
    await expect(main(page).getByRole("list", { name: "What was tried with Finance" })).toContainText(`${exa} did it in`);
  } finally {
    await host.kill();
    data.remove();
  }
});
