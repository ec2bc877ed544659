/** Two windows change one store's directory settings: what was typed stays, what both changed is asked. Nothing here clicks. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectNotice, openConsole } from "./console-page.ts";
import { expectFocus, tabTo } from "./focus.ts";
import { startHost, temporaryFolder } from "./host-process.ts";
import { look } from "./look.ts";

const STORE = "Contoso HQ";
const PASSWORD = "a-password-of-the-test";
const box = (page: Page, name: string) => page.getByRole("textbox", { name: new RegExp(`^${name}`) });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function activate(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Types over whatever the box holds. */
async function type(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, box(page, name));
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

/** A store with a saved directory, without any network. */
async function createStore(page: Page): Promise<void> {
  await activate(page, button(page, "Add an identity store"));
  await tabTo(page, page.getByRole("textbox", { name: "Name", exact: true }));
  await page.keyboard.type(STORE);
  await type(page, "Domain name", "contoso.example");
  await type(page, "User name", "first@contoso.example");
  await page.keyboard.press("Control+s");
  await expect(page.getByRole("heading", { level: 1, name: "Messaging System" })).toBeFocused();
}

test("two windows change one directory: what was typed stays, what both changed is asked, and a save says what stands", async ({ page, context }) => {
  const data = temporaryFolder();
  const host = await startHost("out/main/loopback.js", ["--no-open", "--data", data.path]);
  const other = await context.newPage();
  try {
    await openConsole(page, host.address);
    await createStore(page);
    await activate(page, page.getByRole("link", { name: "Directory", exact: true }));
    await expect(box(page, "User name")).toHaveValue("first@contoso.example");
    // A window of the same console, on the same page.
    await other.goto(page.url());
    await expect(box(other, "User name")).toHaveValue("first@contoso.example");

    await type(other, "DNS server", "192.0.2.7");
    await type(other, "User name", "theirs@contoso.example");
    await other.keyboard.press("Control+s");
    await expectNotice(other, "Directory settings saved as revision 2.");

    await type(page, "Domain name", "sales.contoso.example");
    await type(page, "User name", "mine@contoso.example");
    await activate(page, button(page, "Set Password"));
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+s");
    await expect(button(page, "Decide…")).toBeVisible();
    await expectFocus(page, "a save that met another");
    await expect(box(page, "User name")).toHaveValue("mine@contoso.example");
    await expect(box(page, "Domain name")).toHaveValue("sales.contoso.example");

    // Only what both changed is asked, and nothing is chosen beforehand.
    await activate(page, button(page, "Decide…"));
    const question = page.getByRole("alertdialog", { name: "Someone saved meanwhile" });
    const [mine, theirs] = ["Mine: mine@contoso.example", "Theirs: theirs@contoso.example"].map((name) => question.getByRole("radio", { name }));
    if (mine === undefined || theirs === undefined) throw new Error("there are two sides");
    await expect(button(page, "Decide later")).toBeFocused();
    await expect(question.getByRole("radio")).toHaveCount(2);
    await expect(question.getByRole("radio", { checked: true })).toHaveCount(0);
    await look(page, "directory-decide");

    // Closed undecided, nothing is gone, and the focus is where it was.
    await page.keyboard.press("Escape");
    await expect(question).toBeHidden();
    await expect(button(page, "Decide…")).toBeFocused();
    await expect(box(page, "User name")).toHaveValue("mine@contoso.example");

    await page.keyboard.press("Enter");
    await tabTo(page, mine);
    await page.keyboard.press("Space");
    await expect(mine).toBeChecked();
    await activate(page, button(page, "Use what is chosen"));
    await expect(question).toBeHidden();
    await expectFocus(page, "a choice");
    await expect(box(page, "User name")).toHaveValue("mine@contoso.example");
    await expect(box(page, "Domain name")).toHaveValue("sales.contoso.example");
    await expect(box(page, "DNS server")).toHaveValue("192.0.2.7");

    // What was entered before goes with the save, the password too.
    await page.keyboard.press("Control+s");
    await expectNotice(page, "Directory settings saved as revision 3.");
    await expect(button(page, "Replace Password")).toBeVisible();
    await other.reload();
    await expect(box(other, "User name")).toHaveValue("mine@contoso.example");
    await expect(box(other, "Domain name")).toHaveValue("sales.contoso.example");
    await expect(box(other, "DNS server")).toHaveValue("192.0.2.7");
    await expect(button(other, "Replace Password")).toBeVisible();
    for (const each of [page, other]) expect(await each.content()).not.toContain(PASSWORD);
  } finally {
    await other.close();
    await host.kill();
    data.remove();
  }
});
