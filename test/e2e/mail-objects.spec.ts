/** The documentation's worked example in the page: a group is made in the directory, its mail part goes to EXB, and on failure to EXA. */
import { expect, test, type Page } from "@playwright/test";
import { openConsole } from "./console-page.ts";
import { saveExchangeStore } from "./exchange-store.ts";
import { temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";

const SHOTS = process.env["MAIL_SHOTS"] ?? null;
async function shot(page: Page, name: string): Promise<void> {
  if (SHOTS !== null) await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

async function openMailObjects(page: Page, store: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${store}` }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("link", { name: "Mail objects" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Mail objects" })).toBeVisible();
}

async function fillGroup(page: Page, name: string): Promise<void> {
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("textbox", { name: /^Container/ }).fill("OU=Groups,DC=contoso,DC=lab");
  await expect(page.getByRole("textbox", { name: "Alias" })).toHaveValue(name.toLowerCase());
  await page.getByRole("button", { name: "Show the plan" }).click();
}

test("EXB up, EXB down, both down: the worked example, against the practice organisation", async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1024, height: 768 });
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  try {
    await saveExchangeStore(data.path);
    await openConsole(page, host.address);
    await openMailObjects(page, "Contoso HQ");
    await shot(page, "01-new");

    await fillGroup(page, "Sales");
    await expect(page.getByText("exb.contoso.lab is tried first")).toBeVisible();
    await shot(page, "02-plan");
    await page.getByRole("button", { name: "Make it" }).click();
    await expect(page.getByRole("heading", { name: "Result: Sales" })).toBeVisible({ timeout: 30_000 });
    await shot(page, "03-result");
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
