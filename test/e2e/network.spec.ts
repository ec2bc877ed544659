/** This computer's network taken away: nothing goes Offline, one line says why, and all is well again when it is back. */
import { expect, test } from "@playwright/test";
import { configureExchange, DETECTION_MS, openConsole, row } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";

test("the resolver taken away makes nothing Offline, and one line says why", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const servers = [subject.nameOf("exa"), subject.nameOf("exb")];
  try {
    await openConsole(page, host.address);
    await configureExchange(page, "Contoso HQ", subject);
    for (const server of servers) await expect(row(page, server)).toContainText("Online", { timeout: DETECTION_MS });

    await subject.run("down", "resolver");
    const line = page.getByRole("region", { name: "Important" }).getByText("This computer's DNS server does not answer.");
    await expect(line).toHaveCount(1, { timeout: DETECTION_MS });
    for (const server of servers) {
      await expect(row(page, server)).toContainText("Unknown", { timeout: DETECTION_MS });
      await expect(row(page, server)).toContainText("last known as Online");
    }
    await expect(page.getByText("Network: offline")).toBeVisible();
    if (process.env["SCREENSHOT"] !== undefined) await page.screenshot({ path: process.env["SCREENSHOT"] });

    await subject.run("up", "resolver");
    for (const server of servers) await expect(row(page, server)).toContainText("Online", { timeout: DETECTION_MS });
    await expect(line).toHaveCount(0);

    await page.getByRole("button", { name: "Practice organisation" }).click();
    await page.getByRole("button", { name: "Down: Network of this computer" }).click();
    await expect(page.getByRole("region", { name: "Important" })).toContainText("This computer has no network.", { timeout: DETECTION_MS });
    await page.getByRole("button", { name: "Up: Network of this computer" }).click();
    for (const server of servers) await expect(row(page, server)).toContainText("Online", { timeout: DETECTION_MS });

    await page.getByRole("link", { name: "Identity stores" }).first().click();
    await page.getByRole("link", { name: "Activity" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: "Messaging configuration saved as revision 2" })).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: subject.domain })).toHaveCount(0);
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
