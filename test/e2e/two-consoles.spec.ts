/** Nothing typed or saved is lost: two consoles of one person, a killed process, leaving, undo, and going back. */
import { expect, test, type Page } from "@playwright/test";
import { configureOffline, enterSecret, expectNotice, notices, openConsole, openMessagingSystem, saveForm } from "./console-page.ts";
import { startHost } from "./host-process.ts";
import { places, withServer } from "./places.ts";

const STORE = "Contoso HQ";
const startConsole = (data: string) => startHost("out/main/loopback.js", ["--no-open", "--data", data]);
const username = (page: Page) => page.getByRole("textbox", { name: "User name" });
const domain = (page: Page) => page.getByRole("textbox", { name: "Domain name" });

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

withServer();

for (const [name, makePlace, missing] of places) {
  test(`two consoles on ${name} share a draft: what both typed into one field is asked, the rest merges, and a save elsewhere is said`, async ({ page, browser }) => {
    if (missing !== null) test.skip(true, missing);
    const data = await makePlace();
    const hosts = [await startConsole(data.folders[0]), await startConsole(data.folders[1])] as const;
    const other = await browser.newPage();
    try {
      await openConsole(page, hosts[0].address);
      await openConsole(other, hosts[1].address);
      await configureOffline(page, STORE);
      // What one console saves, the other one shows without being asked.
      await expect(other.getByRole("row").filter({ hasText: STORE })).toContainText("Saved untested", { timeout: 20_000 });
      await openMessagingSystem(other, STORE);
      await expect(username(other)).toHaveValue("first@contoso.example");

      // Both type before either has heard of the other: the one whose words come later is asked, and what was typed stays.
      await Promise.all([username(page).fill("ada@contoso.example"), username(other).fill("bob@contoso.example")]);
      const decide = (at: Page) => at.getByRole("button", { name: "Decide…" });
      const asked = await Promise.race([page, other].map((at) => decide(at).waitFor({ timeout: 20_000 }).then(() => at)));
      const [mine, theirs] = asked === page ? ["ada@contoso.example", "bob@contoso.example"] : ["bob@contoso.example", "ada@contoso.example"];
      await expect(username(asked)).toHaveValue(mine);
      await decide(asked).press("Enter");
      const question = asked.getByRole("alertdialog", { name: "Changed in another window as well" }).or(asked.getByRole("dialog", { name: "Changed in another window as well" }));
      await expect(question.getByRole("radio", { name: `Mine: ${mine}` })).not.toBeChecked();
      await expect(question.getByRole("radio", { name: `Theirs: ${theirs}` })).not.toBeChecked();
      // By keyboard alone, up to where the focus is afterwards.
      await question.getByRole("radio", { name: `Mine: ${mine}` }).press("Space");
      await question.getByRole("button", { name: "Use what is chosen" }).press("Enter");
      await expect(question).toBeHidden();
      await expect(username(asked)).toBeFocused();
      const away = asked === page ? other : page;
      await expect(username(away)).toHaveValue(mine, { timeout: 20_000 });
      await expect(away.locator("#root").getByText("Changed in another window: User name")).toBeVisible();

      // Changes of different fields merge, and one save holds both.
      await domain(away).fill("sales.contoso.example");
      await enterSecret(away, "Password", "a-password-of-the-test");
      await expect(domain(asked)).toHaveValue("sales.contoso.example", { timeout: 20_000 });
      const titles = await titlesFrom(asked);
      await saveForm(asked);
      await expectNotice(asked, "Saved untested as revision 3");
      // It stays long enough to be read and undone, with less motion as well, as over RDP.
      await asked.waitForTimeout(3_000);
      await expectNotice(asked, "Saved untested as revision 3");
      expect(await titles()).toEqual(["Save these changes?"]);
      await expect(away.locator("#root").getByText(/saved this draft as revision 3/)).toBeVisible({ timeout: 20_000 });
      await expect(username(away)).toHaveValue(mine);

      await away.getByRole("link", { name: "History", exact: true }).click();
      const revisions = away.getByRole("list", { name: "Revisions" }).getByRole("listitem").filter({ hasText: /^Revision \d/ });
      await expect(revisions.filter({ hasText: "Revision 3" })).toContainText(`first@contoso.example → ${mine}`);
      await expect(revisions.filter({ hasText: "Revision 3" })).toContainText("contoso.example → sales.contoso.example");
    } finally {
      await other.close();
      for (const host of hosts) await host.kill();
      data.remove();
    }
  });

  test(`a draft in ${name} survives a killed process and is offered with its time; leaving asks; a save can be undone and gone back to`, async ({ page }) => {
    if (missing !== null) test.skip(true, missing);
    const data = await makePlace();
    let host = await startConsole(data.folders[0]);
    try {
      await openConsole(page, host.address);
      await configureOffline(page, STORE);
      await username(page).fill("draft@contoso.example");
      await expect(page.getByText(/^Draft saved .*1 change/)).toBeVisible();
      await host.kill("SIGKILL");

      host = await startConsole(data.folders[0]);
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
      // A notice that has the focus keeps its time, and Tab leads through it and out of it.
      const [saved, undo] = [notices(page).getByRole("listitem").filter({ hasText: "revision 3" }), notices(page).getByText("Undo", { exact: true })];
      await saved.focus();
      await page.keyboard.press("Tab");
      await expect(undo).toBeFocused();
      await page.keyboard.press("Tab");
      await expect(notices(page).locator(":focus")).toHaveCount(0);
      await saved.focus();
      await page.keyboard.press("Shift+Tab");
      await expect(page.getByRole("main").locator(":focus")).toHaveCount(1);
      await undo.press("Enter");
      // A notice that goes with the focus in it hands it to the next one.
      await expect(saved).toHaveCount(0);
      const undone = notices(page).getByRole("listitem").filter({ hasText: "The save was undone. The configuration is as before." });
      await undone.focus();
      await page.keyboard.press("Shift+Tab");
      await expect(undone).not.toBeFocused();
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
}
