/** "Set Microsoft Exchange as Messaging Provider" without a mouse: nothing here clicks. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { DETECTION_MS, expectNotice, openConsole, row } from "./console-page.ts";
import { tabTo } from "./focus.ts";
import { temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";

/** More stops than any screen has. */
const STOPS = 80;

/** Goes on with Tab until the grid has the focus, wherever in it. */
async function tabToGrid(page: Page): Promise<void> {
  for (let stop = 0; stop < STOPS; stop += 1) {
    if (await page.getByRole("grid").evaluate((grid) => grid.contains(document.activeElement))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab never reached the grid");
}

async function activate(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

/** Opens the drop-down and goes down to an entry. */
async function chooseOption(page: Page, box: Locator, entry: RegExp): Promise<void> {
  await activate(page, box);
  await expect(page.getByRole("listbox")).toBeVisible();
  for (let step = 0; step < 20; step += 1) {
    const active = await box.getAttribute("aria-activedescendant");
    if (active !== null && entry.test((await page.locator(`[id="${active}"]`).textContent()) ?? "")) {
      await page.keyboard.press("Enter");
      return;
    }
    await page.keyboard.press("ArrowDown");
    // The list answers a key a moment later; the same entry again is the end of the list.
    if (active !== null) await expect(box).not.toHaveAttribute("aria-activedescendant", active);
  }
  throw new Error("the entry is not in the list");
}

/** A finger on Space: ticks the box that has the focus, unless it is ticked. */
async function tickHere(page: Page, box: Locator): Promise<void> {
  await expect(box).toBeFocused();
  if (!(await box.isChecked())) await page.keyboard.press("Space");
  await expect(box).toBeChecked();
}

test("Exchange from domain name to saved priority with the keyboard alone", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  let host = await subject.startConsole(data.path);
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
  const exa = page.getByRole("checkbox", { name: subject.nameOf("exa") });
  const exb = page.getByRole("checkbox", { name: subject.nameOf("exb") });
  const priorityOf = (server: string) => page.getByRole("textbox", { name: `Priority of ${subject.nameOf(server)}` });
  try {
    await openConsole(page, host.address);
    await activate(page, button("Add an identity store"));
    await expect(page.getByRole("heading", { level: 1, name: "New identity store" })).toBeFocused();
    await typeInto(page, page.getByRole("textbox", { name: "Name", exact: true }), "Contoso HQ");
    await typeInto(page, page.getByRole("textbox", { name: /^Domain name/ }), subject.domain);
    await typeInto(page, page.getByRole("textbox", { name: /^User name/ }), subject.username);
    await typeInto(page, page.getByRole("textbox", { name: "Password" }), subject.password);
    await page.keyboard.press("Control+s");

    await expect(page.getByRole("heading", { level: 1, name: "Messaging System" })).toBeFocused();
    await chooseOption(page, page.getByRole("combobox", { name: "Messaging provider" }), /^Microsoft Exchange 2013/);
    await activate(page, button("Next"));
    await typeInto(page, page.getByRole("textbox", { name: "Domain name" }), subject.domain);
    await typeInto(page, page.getByRole("textbox", { name: "User name" }), subject.username);
    await typeInto(page, page.getByRole("textbox", { name: "Password" }), subject.password);
    await page.keyboard.press("Enter");
    await expect(button("Replace Password")).toBeFocused();
    await activate(page, button("Next"));
    await activate(page, button("Sync Again"));
    await expect(exa).toBeVisible();
    await expect(button("Sync Again")).toBeFocused();

    await tabTo(page, exa);
    await tickHere(page, exa);
    await page.keyboard.press("ArrowDown");
    await tickHere(page, exb);
    await page.keyboard.press("F2");
    await expect(priorityOf("exb")).toBeFocused();
    await page.keyboard.type("1");
    await page.keyboard.press("Enter");
    await expect(priorityOf("exa")).toHaveValue("2");
    await page.keyboard.press("Escape");
    await expect(exb).toBeFocused();
    await page.keyboard.press("Alt+Shift+ArrowDown");
    await expect(priorityOf("exb")).toHaveValue("2");
    await expect(exb).toBeFocused();
    await page.keyboard.press("Control+z");
    await expect(priorityOf("exb")).toHaveValue("1");
    await page.keyboard.press("Alt+Shift+ArrowDown");
    await page.keyboard.press("Alt+Shift+ArrowUp");
    await expect(priorityOf("exb")).toHaveValue("1");
    await expect(row(page, subject.nameOf("exb"))).toContainText("Online", { timeout: DETECTION_MS });
    await expect(exb).toBeFocused();

    await activate(page, button("Next"));
    await activate(page, button("Save"));
    await expectNotice(page, "Saved untested as revision 2");

    await host.kill("SIGKILL");
    host = await subject.startConsole(data.path);
    await page.goto("about:blank");
    await openConsole(page, host.address);
    await tabToGrid(page);
    await page.keyboard.press("End");
    await expect(page.getByRole("button", { name: "Actions for Contoso HQ" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Edit" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Messaging System" })).toBeFocused();
    await page.keyboard.press("Shift+F6");
    await expect(page.getByRole("link", { name: "Messaging System" })).toBeFocused();
    await page.keyboard.press("F6");
    await tabToGrid(page);
    await expect(exa).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(exb).toBeFocused();
    await page.keyboard.press("F2");
    await expect(priorityOf("exb")).toBeFocused();
    await expect(priorityOf("exb")).toHaveValue("1");

    // The drawer: F6 twice from the page is the head of the window.
    await page.keyboard.press("F6");
    await activate(page, page.getByRole("button", { name: "Practice organisation" }));
    const drawer = page.getByRole("complementary", { name: "Practice organisation" });
    await expect(drawer).toBeVisible();
    await activate(page, drawer.getByRole("button", { name: /^Down: EXB/i }));
    await expect(row(page, subject.nameOf("exb"))).toContainText("Offline", { timeout: DETECTION_MS });

    await page.keyboard.press("Shift+F6");
    const whatToDo = page.getByRole("button", { name: `What to do about ${subject.nameOf("exb")}` });
    await tabToGrid(page);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(whatToDo).toBeFocused();
    await page.keyboard.press("Enter");
    const ladder = page.getByRole("dialog", { name: `What to do about ${subject.nameOf("exb")}` });
    await expect(ladder).toContainText("is running, but nothing answers on the port.");
    await page.keyboard.press("Escape");
    await expect(ladder).toBeHidden();
    await expect(whatToDo).toBeFocused();

    await page.keyboard.press("F6");
    await activate(page, drawer.getByRole("button", { name: /^Up: EXB/i }));
    await page.keyboard.press("Shift+F6");
    await page.keyboard.press("F5");
    await expect(page.getByRole("heading", { level: 1, name: "Messaging System" })).toBeVisible();
    await expect(row(page, subject.nameOf("exb"))).toContainText("Online", { timeout: DETECTION_MS });

    await tabToGrid(page);
    await page.keyboard.press("Home");
    await expect(exb).toBeFocused();
    await page.keyboard.press("Alt+Shift+ArrowDown");
    await page.keyboard.press("Control+s");
    const review = page.getByRole("dialog", { name: "Save these changes?" });
    await expect(review).toContainText("Priority");
    await activate(page, review.getByRole("button", { name: "Save", exact: true }));
    await expectNotice(page, "Saved untested as revision 3");
    await expect(review).toHaveCount(0);
    await page.keyboard.press("F1");
    await expect(page.getByRole("dialog", { name: "Help" })).toBeVisible();
    await page.keyboard.press("Escape");
  } finally {
    await host.kill();
    data.remove();
  }
});
