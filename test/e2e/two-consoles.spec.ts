/** Nothing typed or saved is lost: two consoles on one data folder, a killed process, leaving, undo, and going back. */
import { expect, test, type Page } from "@playwright/test";
import { chooseProvider, enterSecret, expectNotice, notices, openConsole, openMessagingSystem, saveWizard } from "./console-page.ts";
import { startHost, temporaryFolder } from "./host-process.ts";

const STORE = "Contoso HQ";
const startConsole = (data: string) => startHost("out/main/loopback.js", ["--no-open", "--data", data]);
const username = (page: Page) => page.getByRole("textbox", { name: "User name" });
const domain = (page: Page) => page.getByRole("textbox", { name: "Domain name" });

/** A saved Exchange configuration, without any network. */
async function configure(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add an identity store" }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(STORE);
  await page.getByRole("textbox", { name: /^Domain name/ }).fill("contoso.example");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await chooseProvider(page, "Microsoft Exchange 2016");
  await page.getByRole("button", { name: "Next" }).click();
  await domain(page).fill("contoso.example");
  await username(page).fill("first@contoso.example");
  await enterSecret(page, "Password", "a-password-of-the-test");
  await expect(page.getByRole("button", { name: "Replace Password" })).toBeVisible();
  await page.getByRole("button", { name: "Next" }).click();
  await saveWizard(page);
}

async function saveForm(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
}

/** Every title that a dialog has had since, however short. */
async function titlesFrom(page: Page): Promise<() => Promise<readonly (string | null)[]>> {
  const seen = await page.evaluateHandle(() => {
    const titles = new Set<string | null>();
    const look = () => document.querySelectorAll("[role=dialog] h2").forEach(({ textContent }) => titles.add(textContent));
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    return titles;
  });
  return () => seen.evaluate((titles) => [...titles]);
}

test("the second save is told who saved what, and both are kept", async ({ page, browser }) => {
  const data = temporaryFolder();
  const hosts = [await startConsole(data.path), await startConsole(data.path)] as const;
  const other = await browser.newPage();
  try {
    await openConsole(page, hosts[0].address);
    await openConsole(other, hosts[1].address);
    await configure(page);
    // What one console saves, the other one shows without being asked.
    await expect(other.getByRole("row").filter({ hasText: STORE })).toContainText("Saved untested", { timeout: 20_000 });
    await openMessagingSystem(other, STORE);
    await expect(username(other)).toHaveValue("first@contoso.example");

    await username(page).fill("second@contoso.example");
    await expect(page.getByText(/^Draft saved/)).toBeVisible();
    const titles = await titlesFrom(page);
    await saveForm(page);
    await expectNotice(page, "Saved untested as revision 3");
    // It stays long enough to be read and undone, with less motion as well, as over RDP.
    await page.waitForTimeout(3_000);
    await expectNotice(page, "Saved untested as revision 3");
    expect(await titles()).toEqual(["Save these changes?"]);

    // The password was entered for another domain, and is not lent to this one.
    await domain(other).fill("sales.contoso.example");
    await enterSecret(other, "Password", "a-password-of-the-test");
    await expect(other.getByText(/^Draft saved/)).toBeVisible();
    await saveForm(other);
    const told = other.getByRole("alertdialog", { name: "Someone saved meanwhile" }).or(other.getByRole("dialog", { name: "Someone saved meanwhile" }));
    await expect(told).toContainText("saved revision 3 of this identity store");
    await expect(told).toContainText("User name");
    await told.getByRole("button", { name: "Load theirs, keep my draft" }).click();
    await expect(told).toBeHidden();
    await expect(domain(other)).toHaveValue("sales.contoso.example");
    await saveForm(other);
    await expectNotice(other, "Saved untested as revision 4");

    // Both saves are in the history, with what each changed.
    await other.getByRole("link", { name: "History", exact: true }).click();
    const revisions = other.getByRole("list", { name: "Revisions" }).getByRole("listitem").filter({ hasText: /^Revision \d/ });
    await expect(revisions.filter({ hasText: "Revision 3" })).toContainText("first@contoso.example → second@contoso.example");
    await expect(revisions.filter({ hasText: "Revision 4" })).toContainText("contoso.example → sales.contoso.example");
  } finally {
    await other.close();
    for (const host of hosts) await host.kill();
    data.remove();
  }
});

test("a draft survives a killed process and is offered with its time; leaving asks; a save can be undone and gone back to", async ({ page }) => {
  const data = temporaryFolder();
  let host = await startConsole(data.path);
  try {
    await openConsole(page, host.address);
    await configure(page);
    await username(page).fill("draft@contoso.example");
    await expect(page.getByText(/^Draft saved .*1 change/)).toBeVisible();
    await host.kill("SIGKILL");

    host = await startConsole(data.path);
    await page.goto("about:blank");
    await openConsole(page, host.address);
    await expect(page.getByRole("row").filter({ hasText: STORE })).toContainText("+ draft");
    await openMessagingSystem(page, STORE);
    await expect(page.getByText(/^You have unsaved changes from \d{1,2}:\d{2}/)).toBeVisible();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(username(page)).toHaveValue("draft@contoso.example");

    await page.getByRole("link", { name: "Identity stores" }).click();
    await expect(page.getByRole("alertdialog", { name: "Leave with unsaved changes?" })).toBeVisible();
    await page.getByRole("button", { name: "Stay" }).click();
    await expect(username(page)).toHaveValue("draft@contoso.example");

    await saveForm(page);
    await expectNotice(page, "Saved untested as revision 3");
    await notices(page).getByText("Undo", { exact: true }).click();
    await expectNotice(page, "The save was undone. The configuration is as before.");
    await expect(username(page)).toHaveValue("first@contoso.example");

    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.getByRole("button", { name: "Go back to this: revision 3" }).click();
    await expectNotice(page, /^Went back to revision 3/);
    await page.getByRole("link", { name: "Messaging System" }).click();
    await expect(username(page)).toHaveValue("draft@contoso.example");
    await expect(page.getByText("No unsaved changes")).toBeVisible();
  } finally {
    await host.kill();
    data.remove();
  }
});
