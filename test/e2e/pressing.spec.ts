/** What is pressed is what is let go of: nothing moves from under the pointer. */
import { expect, test } from "@playwright/test";
import { configureExchange, createStore, fillExchange, row } from "./console-page.ts";
import { button, GROUPS, main, openMailObjects } from "./mail-page.ts";
import { inPracticeConsole } from "./practice-console.ts";

test("a tick that is pressed while the rows above it grow is taken", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject }) => {
    const [exa, exb] = [subject.nameOf("exa"), subject.nameOf("exb")];
    await createStore(page, "Contoso HQ", subject);
    await fillExchange(page, "2013", subject);
    const box = page.getByRole("checkbox", { name: exb });
    await page.getByRole("button", { name: "Sync Again" }).click();
    await box.hover();
    await page.mouse.down();
    // The first listing ticks one of them.
    const before = await box.isChecked();
    // The first checks end within it, and what main says waits for a press no longer than two seconds.
    await page.waitForTimeout(1_500);
    await page.mouse.up();
    await expect(box).toBeChecked({ checked: !before });
    for (const server of [exa, exb]) await expect(row(page, server)).toContainText("certificate for another name");
  });
});

test("checks while one types move nothing below them", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject }) => {
    await configureExchange(page, "Contoso HQ", subject);
    await openMailObjects(page);
    await main(page).getByRole("textbox", { name: /^Container/ }).fill(GROUPS);
    const places = button(page, "Show the plan").evaluate(async (element) => {
      const seen = new Set<number>();
      for (const end = performance.now() + 3_000; performance.now() < end; await new Promise(requestAnimationFrame)) seen.add(element.getBoundingClientRect().top);
      return seen.size;
    });
    await main(page).getByRole("textbox", { name: /^Name/ }).pressSequentially("Sales");
    await expect(main(page)).toContainText("The alias can be used.");
    expect(await places).toBe(1);
  });
});
