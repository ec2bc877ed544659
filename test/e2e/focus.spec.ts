/** After every action at the keyboard the focus is somewhere and can be seen, and what came of it is said. */
import { expect, test, type Page } from "@playwright/test";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { chooseProvider, createStore, DETECTION_MS, expectNotice, fillNewStore, notices, openConsole, row, setPriority } from "./console-page.ts";
import { expectFocus, listen, press } from "./focus.ts";
import { temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

/** Opens by a key, closes with Esc, and expects the focus where it was. */
async function thereAndBack(page: Page, opener: ReturnType<typeof button>, dialog: ReturnType<typeof button>): Promise<void> {
  await press(page, opener);
  await expect(dialog).toBeVisible();
  await expectFocus(page, "opening a dialog");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
}

/** First to second, or second to first: which server had which is left to chance. */
async function changePlaces(page: Page, server: string): Promise<void> {
  const now = await page.getByRole("textbox", { name: `Priority of ${server}` }).inputValue();
  await setPriority(page, server, now === "1" ? 2 : 1);
}

test("the focus is never lost, and what was done is said", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const said = await listen(page);
  const [exa, exb] = [subject.nameOf("exa"), subject.nameOf("exb")];
  const dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  try {
    await test.step("help, from a key and from its button", async () => {
      await openConsole(page, host.address);
      await button(page, "Settings").focus();
      await page.keyboard.press("F1");
      await expect(dialog).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(button(page, "Settings")).toBeFocused();
      await thereAndBack(page, button(page, "Help (F1)"), dialog);
    });

    await test.step("a new store: what is missing has the focus, the test keeps its button, its end is said", async () => {
      await fillNewStore(page, "Contoso HQ", subject);
      await page.getByLabel("Password").fill("");
      await press(page, button(page, "Test"));
      await expect(page.getByLabel("Password")).toBeFocused();
      await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/Enter a value/);
      await page.getByLabel("Password").fill(subject.password);
      await press(page, button(page, /^Test/));
      await expect(page.getByRole("main").getByText("The directory answers and the account may read it.")).toBeVisible({ timeout: 60_000 });
      await expect(button(page, "Test again")).toBeFocused();
      expect(await said("polite")).toContain("The test has ended: everything passed.");
      await press(page, page.getByRole("link", { name: "Expiry" }));
      await expect(button(page, "Stay")).toBeFocused();
      await page.keyboard.press("Enter");
      await expect(page.getByRole("link", { name: "Expiry" })).toBeFocused();
      await press(page, button(page, "Create"));
      await expect(heading(page, "Messaging System")).toBeFocused();
    });

    await test.step("the wizard: each step begins where it is read, a secret that is cleared leaves its field", async () => {
      await chooseProvider(page, "Microsoft Exchange 2013");
      await press(page, button(page, "Next"));
      await page.getByRole("textbox", { name: "Domain name" }).fill(subject.domain);
      await page.getByRole("textbox", { name: /^User ?name/i }).fill(subject.username);
      await page.getByRole("textbox", { name: "Password" }).fill(subject.password);
      await press(page, page.getByRole("textbox", { name: "Password" }));
      await expect(button(page, "Replace Password")).toBeFocused();
      await press(page, button(page, "Clear Password"));
      await expect(page.getByRole("textbox", { name: "Password" })).toBeFocused();
      await page.keyboard.type(subject.password);
      await page.keyboard.press("Enter");
      await expect(button(page, "Replace Password")).toBeFocused();
      await press(page, button(page, "Next"));
      await press(page, button(page, "Sync Again"));
      await expect(page.getByRole("checkbox", { name: exa })).toBeVisible({ timeout: 60_000 });
      await expect(button(page, "Sync Again")).toBeFocused();
      await expect.poll(() => said("polite")).toContainEqual(expect.stringMatching(/^The servers were listed: \d+ servers new\.$/));
      await page.getByRole("checkbox", { name: exa }).check();
      await page.getByRole("checkbox", { name: exb }).check();
      await press(page, button(page, "Next"));
      await press(page, button(page, "Save"));
      await expectNotice(page, "Saved untested as revision 2");
      await expectFocus(page, "saving the wizard");
      expect(await said("polite")).toContain("Saved untested as revision 2 Undo");
    });

    await test.step("review, save, undo and discard", async () => {
      await thereAndBack(page, button(page, "Review changes"), dialog);
      await changePlaces(page, exb);
      await press(page, button(page, "Save"));
      await expect(dialog.getByRole("table", { name: "Changes" })).toBeVisible();
      await press(page, dialog.getByRole("button", { name: "Save", exact: true }));
      await expectNotice(page, /revision 3$/);
      // Wherever the page is scrolled to, and there is room to scroll while a notice stands.
      await page.getByRole("main").evaluate((main) => main.scrollTo(0, main.scrollHeight));
      const { y = 0, height = 0 } = (await button(page, "Save").boundingBox()) ?? {};
      expect(y + height, "Save is at the lower edge").toBeGreaterThan((page.viewportSize()?.height ?? 0) - 40);
      await expect(button(page, "Save")).toBeFocused();
      await press(page, notices(page).locator(".fui-Toast", { hasText: "revision 3" }).getByText("Undo", { exact: true }));
      await expectNotice(page, "The save was undone. The configuration is as before.");
      await expectFocus(page, "taking a save back");
      await changePlaces(page, exb);
      await expect(button(page, "Discard")).toBeVisible();
      await thereAndBack(page, button(page, "Discard"), dialog);
      await press(page, button(page, "Discard"));
      await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
      await press(page, dialog.getByRole("button", { name: "Discard changes" }));
      await expect(button(page, "Discard")).toBeHidden();
      await expectFocus(page, "discarding");
    });

    await test.step("a row that recovers under the focus, and under its open dialog", async () => {
      const whatToDo = button(page, `What to do about ${exb}`);
      await subject.run("down", "exb");
      await expect(whatToDo).toBeVisible({ timeout: DETECTION_MS });
      await whatToDo.focus();
      await page.keyboard.press("Enter");
      await expect(dialog).toBeVisible();
      await expectFocus(page, "opening what to do");
      await dialog.getByRole("button", { name: "Copy", exact: true }).focus();
      await subject.run("up", "exb");
      // The row behind the dialog is hidden; the dialog is about the same server.
      await expect(dialog).toHaveAccessibleName(/^What to know about/, { timeout: DETECTION_MS });
      await expectFocus(page, "a recovery under an open dialog");
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expectFocus(page, "closing what to do");
      await subject.run("down", "exb");
      await expect(whatToDo).toBeVisible({ timeout: DETECTION_MS });
      await whatToDo.focus();
      await subject.run("up", "exb");
      await expect(whatToDo).toBeHidden({ timeout: DETECTION_MS });
      await expectFocus(page, "a recovery");
      expect(await row(page, exb).evaluate((element) => element.contains(document.activeElement))).toBe(true);
    });

    await test.step("copying, with a clipboard that refuses", async () => {
      await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: () => Promise.reject(new DOMException("", "NotAllowedError")) } }));
      await press(page, button(page, `More actions for ${exb}`));
      await press(page, page.getByRole("menuitem", { name: "Copy details" }));
      await expectNotice(page, "The clipboard refused. Select the text and copy it with the keyboard.");
      await expect(button(page, `More actions for ${exb}`)).toBeFocused();
      await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: () => Promise.resolve() } }));
      await press(page, button(page, `More actions for ${exb}`));
      await press(page, page.getByRole("menuitem", { name: "Copy details" }));
      await expectNotice(page, "Copied");
      expect(await said("polite")).toEqual(expect.arrayContaining(["Copied", "The clipboard refused. Select the text and copy it with the keyboard."]));
    });

    await test.step("the drawer", async () => {
      await press(page, button(page, "Practice organisation"));
      await press(page, button(page, "Close the drawer"));
      await expect(button(page, "Practice organisation")).toBeFocused();
    });

    await test.step("rename, duplicate and delete in the list of stores", async () => {
      await press(page, page.getByRole("link", { name: "Identity stores" }));
      await expect(heading(page, "Identity stores")).toBeFocused();
      const choose = async (name: string, entry: string) => {
        await press(page, button(page, `Actions for ${name}`));
        await press(page, page.getByRole("menuitem", { name: entry }));
        await expect(dialog.getByRole("textbox")).toBeFocused();
      };
      await choose("Contoso HQ", "Duplicate…");
      await page.keyboard.press("Escape");
      await expect(button(page, "Actions for Contoso HQ")).toBeFocused();
      await choose("Contoso HQ", "Duplicate…");
      await dialog.getByRole("textbox").fill("Contoso Branch");
      await page.keyboard.press("Enter");
      await expect(dialog).toBeHidden();
      await expect(button(page, "Actions for Contoso HQ")).toBeFocused();
      await choose("Contoso Branch", "Rename…");
      await dialog.getByRole("textbox").fill("Contoso Aside");
      await page.keyboard.press("Enter");
      await expect(button(page, "Actions for Contoso Aside")).toBeVisible();
      await expect(dialog).toBeHidden();
      await expectFocus(page, "renaming");
      await choose("Contoso Aside", "Delete…");
      await dialog.getByRole("textbox").fill("Contoso Aside");
      await page.keyboard.press("Enter");
      await expect(dialog).toBeHidden();
      await expect(button(page, "Actions for Contoso Aside")).toHaveCount(0);
      await expect(button(page, "Actions for Contoso HQ")).toBeFocused();
      expect(await said("polite")).toContain("Contoso Aside was deleted.");
    });

    await test.step("a failure is said at once", async () => {
      await createStore(page, "Nowhere", { ...subject, domain: "nowhere.example" });
      await press(page, page.getByRole("link", { name: "Directory" }));
      await press(page, button(page, "Test"));
      await expect.poll(() => said("assertive"), { timeout: 60_000 }).toContainEqual(expect.stringMatching(/^DNS knows no host named nowhere\.example\. ./));
      await expect(button(page, "Test again")).toBeFocused();
    });
    await test.step("no bug of the page went by, and one that is planted reaches the log", async () => {
      const logs = globSync("**/*.log", { cwd: data.path });
      const bugs = () => logs.flatMap((log) => readFileSync(path.join(data.path, log), "utf8").split("\n")).filter((line) => line.includes("The page met a bug"));
      expect(logs).not.toEqual([]);
      expect(bugs()).toEqual([]);
      await page.evaluate(() => void Promise.reject(new RangeError("typed by a person")));
      await expect.poll(bugs).toHaveLength(1);
      expect(bugs()[0]).toContain('"met":"rejection","name":"RangeError"');
      expect(bugs()[0]).not.toContain("typed by a person");
    });
  } finally {
    await host.kill();
    data.remove();
  }
});
