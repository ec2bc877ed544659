/** The set-up in steps: each tab says what its step lacks, the review leads to it, and nobody is told off before having been there. */
import { expect, test } from "@playwright/test";
import { cloudFacts, fillOffice365, dateIn, typeSecret } from "./cloud-page.ts";
import { chooseProvider, createStore, expectNotice, notices, openConsole } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { look } from "./look.ts";
import { practiceOrganisation } from "./organisations.ts";

test("each tab says what its step lacks, and the review leads there", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const tab = (name: string) => page.getByRole("navigation", { name: "Steps of the set-up" }).getByRole("button", { name });
  const box = (name: string) => page.getByRole("textbox", { name });
  const problems = page.getByRole("region", { name: "Review" }).getByRole("listitem");
  try {
    const facts = await cloudFacts(data.path);
    await openConsole(page, host.address);
    await createStore(page, "Contoso cloud", subject);
    await expect(tab("1. Provider still to fill in")).toBeVisible();
    await chooseProvider(page, "Office 365");
    await expect(tab("1. Provider complete")).toBeVisible();
    await expect(tab("2. Connection still to fill in")).toBeVisible();
    await tab("2. Connection").click();
    await expect(page.getByRole("region", { name: "Connection" })).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.getByText("Enter a value.")).toHaveCount(0);
    await look(page, "wizard-new");

    // Left, it says what it lacks; while one types the count follows.
    await tab("1. Provider").click();
    await expect(tab("2. Connection 3 missing")).toBeVisible();
    await tab("2. Connection").click();
    await expect(page.getByText("Enter a value.")).toHaveCount(2);
    await expect(page.getByText("Choose a file.")).toBeVisible();
    await box("Application ID").fill("no-id");
    await expect(tab("2. Connection 2 missing, 1 to correct")).toBeVisible();
    await look(page, "wizard-lacking");

    // The review names every place and leads there.
    await tab("4. Review").click();
    await expect(problems).toHaveText([
      "Connection: Domain name. Enter a value.",
      "Connection: Application ID. Enter an ID of the form 00000000-0000-0000-0000-000000000000.",
      "Connection: PFX certificate. Choose a file.",
    ]);
    await look(page, "wizard-review");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("button", { name: "Connection: Domain name." })).toBeFocused();
    await expect(notices(page)).toContainText("3 fields need attention");
    await page.getByRole("button", { name: "Connection: Application ID." }).press("Enter");
    await expect(box("Application ID")).toBeFocused();
    await tab("4. Review").click();
    await page.getByRole("button", { name: "Connection: PFX certificate." }).click();
    await expect(page.getByRole("button", { name: "Choose File for PFX certificate" })).toBeFocused();

    await fillOffice365(page, facts, dateIn(200));
    await typeSecret(page, "Client secret", facts.value("office365", "clientSecret"));
    await expect(tab("2. Connection complete")).toBeVisible();
    await look(page, "wizard-complete");
    await tab("4. Review").click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expectNotice(page, "Saved untested as revision 2");
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
