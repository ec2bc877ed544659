/** What is pressed is what is let go of: nothing moves from under the pointer. */
import { expect, test, type Page } from "@playwright/test";
import { configureExchange, createStore, fillExchange, row } from "./console-page.ts";
import { button, GROUPS, main, openMailObjects } from "./mail-page.ts";
import { inPracticeConsole } from "./practice-console.ts";
import { take, withPractice } from "./running-practice.ts";

/** Milliseconds that a press may last: after two seconds it is a drag, for which nothing waits. */
const LONGEST_PRESS_MS = 2_000;

/** On a busy computer the rows have grown before the pointer is down, or it lets go too late; they grow only once in a console. */
const ATTEMPTS = 4;

/** Seconds that each answer of a mail server takes: the rows grow half a second after they came, when the pointer has found its way and has not let go. */
const SLOW = "0.1";

/** Presses what the pointer is over for some milliseconds. Answers whether that was the box, and short enough, by the page's own clock. */
async function pressFor(page: Page, label: string, ms: number): Promise<boolean> {
  await page.evaluate(() => {
    for (const heard of ["pointerdown", "pointerup"]) {
      window.addEventListener(heard, ({ target, timeStamp }) => {
        const label = target instanceof Element ? target.getAttribute("aria-label") : null;
        Object.assign(window, { [heard]: { label, at: timeStamp } });
      }, { capture: true, once: true });
    }
  });
  await page.mouse.down();
  await page.waitForTimeout(ms);
  await page.mouse.up();
  const { down, up } = await page.evaluate(() => {
    const memory: Window & Partial<Record<"pointerdown" | "pointerup", { readonly label: string | null; readonly at: number }>> = window;
    return { down: memory.pointerdown, up: memory.pointerup };
  });
  return down !== undefined && up !== undefined && down.label === label && up.at - down.at < LONGEST_PRESS_MS;
}

/** False where the press was none that counts. */
async function tickWhileRowsGrow(page: Page): Promise<boolean> {
  let isPressed = false;
  await inPracticeConsole(page, async ({ subject, data }) => {
    const [exa, exb] = [subject.nameOf("exa"), subject.nameOf("exb")];
    await withPractice(data, async (client) => {
      for (const target of ["exa", "exb"]) take(await client.practice.run({ verb: "slow", target, argument: SLOW }));
    });
    await createStore(page, "Contoso HQ", subject);
    await fillExchange(page, "2013", subject);
    const box = page.getByRole("checkbox", { name: exb });
    await page.getByRole("button", { name: "Sync Again" }).click();
    await box.hover();
    // The first listing ticks one of them.
    const before = await box.isChecked();
    isPressed = await pressFor(page, exb, 1_200);
    if (!isPressed) return;
    await expect(box).toBeChecked({ checked: !before });
    for (const server of [exa, exb]) await expect(row(page, server)).toContainText("certificate for another name");
  });
  return isPressed;
}

test("a tick that is pressed while the rows above it grow is taken", async ({ page }) => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) if (await tickWhileRowsGrow(page)) return;
  throw new Error(`In ${ATTEMPTS} attempts the box was never pressed for less than ${LONGEST_PRESS_MS} ms.`);
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
