/** "Set an External Provider to Create Email Addresses", every step: rule, example, verdicts, presets, save, restart. */
import { expect, test, type Page } from "@playwright/test";
import { chooseProvider, createStore, expectNotice, openConsole, openMessagingSystem } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";

const RUNAWAY = "^([a-z0-9]+[._-]?)+$";
const RUNAWAY_EXAMPLE = `${"a".repeat(40)}!`;

const box = (page: Page, name: string) => page.getByRole("textbox", { name });
const domain = (page: Page) => box(page, "Domain name");
const length = (page: Page) => box(page, "Maximum length allowed for email alias");
const expression = (page: Page) => box(page, "Email alias regular expression");
const example = (page: Page) => box(page, "Example to validate the regular expression");

async function verdict(page: Page, alias: string, text: string | RegExp): Promise<void> {
  await example(page).fill(alias);
  await page.getByRole("button", { name: "Validate" }).click();
  await expect(page.getByText(text)).toBeVisible();
}

/**
 * Sees that the page goes on drawing while a runaway expression is being tried. Where nothing stopped it, or the page itself
 * tried it, the answer would not come before the universe ends.
 */
async function validateRunaway(page: Page): Promise<void> {
  await expression(page).fill(RUNAWAY);
  await example(page).fill(RUNAWAY_EXAMPLE);
  const drawn = await page.evaluateHandle(() => {
    const count = { frames: 0 };
    const frame = () => {
      count.frames += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    return count;
  });
  await page.getByRole("button", { name: "Validate" }).click();
  const before = await drawn.evaluate(({ frames }) => frames);
  await expect(page.getByText(/took too long on this example and was stopped/)).toBeVisible();
  expect(await drawn.evaluate(({ frames }) => frames)).toBeGreaterThan(before);
}

test("Other from domain name to saved rule, and all of it again after a restart", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  let host = await subject.startConsole(data.path);
  try {
    await openConsole(page, host.address);
    await createStore(page, "Contoso groups", subject);
    await chooseProvider(page, "Other");
    await page.getByRole("button", { name: "Next" }).click();

    // A preset fills the rule in, the domain with it where the mail system has but one.
    await page.getByRole("button", { name: "Presets" }).click();
    await page.getByRole("menuitem", { name: /^Gmail/ }).click();
    await expect(domain(page)).toHaveValue("gmail.com");
    await expect(length(page)).toHaveValue("30");
    await expect(expression(page)).not.toHaveValue("");
    await verdict(page, "john.doe", /^matches, 8 of 30 characters · engine: (\.NET|JavaScript)/);
    await page.getByRole("button", { name: "Presets" }).click();
    await page.getByRole("menuitem", { name: /^Google Groups/ }).click();
    await expect(domain(page)).toHaveValue("googlegroups.com");

    await length(page).fill("12");
    await expression(page).fill("^[a-z0-9._-]+$");
    await verdict(page, "john.doe", /^matches, 8 of 12 characters/);
    await verdict(page, "John.Doe", /^does not match/);
    await verdict(page, "john.doe.the.second", /^too long: 19 characters, 12 allowed/);
    await expression(page).fill("[a-z]+");
    await verdict(page, "john.doe", /^only “john” matches/);
    await expect(page.getByText(/The expression is not anchored/)).toBeVisible();
    await expression(page).fill("^[a-z");
    await verdict(page, "john.doe", /^Not a valid regular expression/);

    await validateRunaway(page);
    await expression(page).fill("^[a-z0-9._-]+$");
    await verdict(page, "john.doe", /^matches, 8 of 12 characters/);

    await page.getByRole("button", { name: "Next" }).click();
    await expect(page.getByText("This provider has no servers to choose. Go on to the review.")).toBeVisible();
    await page.getByRole("button", { name: "Next" }).click();
    await expect(page.getByText("No mail server is asked: objects get an address", { exact: false })).toBeVisible();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expectNotice(page, "Saved as revision 2");

    await host.kill("SIGKILL");
    host = await subject.startConsole(data.path);
    await page.goto("about:blank");
    await openConsole(page, host.address);
    await expect(page.getByRole("row").filter({ hasText: "Contoso groups" })).toContainText("Other");
    await openMessagingSystem(page, "Contoso groups");
    await expect(domain(page)).toHaveValue("googlegroups.com");
    await expect(length(page)).toHaveValue("12");
    await expect(expression(page)).toHaveValue("^[a-z0-9._-]+$");
    await expect(example(page)).toHaveValue("john.doe");

    await page.getByRole("button", { name: "Try many aliases" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Alias bench" })).toBeVisible();
    await expect(page.getByRole("textbox", { name: /expression/i })).toHaveValue("^[a-z0-9._-]+$");
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
  }
});
