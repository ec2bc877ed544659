/** Jobs in the browser: a job has a messaging provider of its own in the practice organisation; there, and in Samba with real PowerShell remoting, new starters of a file become mailbox users through EXA while EXB is down, a halt holds, and a second run finds them as they are. */
import { expect, test, type Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { configureExchange, DETECTION_MS, fillExchange, listAndPrioritise, expectNotice, openConsole, row, saveForm, setPriority } from "./console-page.ts";
import { press } from "./focus.ts";
import { temporaryFolder } from "./host-process.ts";
import { button, main } from "./mail-page.ts";
import { practiceOrganisation, remotingSubjects } from "./organisations.ts";

/** The practice organisation's unit in which the messaging account may make users. */
const PEOPLE = "OU=People,DC=contoso,DC=lab";
const PASSWORD = "Starter-Pa55word!";
/** Two users, each asked for at a server that is down and at the next, by real PowerShell. */
const RUN_MS = 180_000;

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
async function openJobs(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Identity stores" }).click();
  await page.getByRole("navigation").getByRole("link", { name: "Jobs", exact: true }).click();
}
/** A job that makes mailbox users of Contoso HQ, typed and not saved; `found` is what the page says of its source. */
async function typeJob(page: Page, source: string, found: string): Promise<void> {
  await openJobs(page);
  await button(page, "New job").click();
  await main(page).getByRole("combobox", { name: "Identity store" }).selectOption({ label: "Contoso HQ" });
  await main(page).getByRole("radio", { name: /^Create mailbox users/ }).check();
  await button(page, "Begin").click();
  await main(page).getByRole("textbox", { name: /^Path of the file/ }).fill(source);
  await button(page, "Read the source").click();
  await expect(main(page)).toContainText(found);
  await main(page).getByRole("textbox", { name: /^(Container|Text)/ }).first().fill(PEOPLE);
}
const preview = async (page: Page) => {
  await press(page, button(page, /^Preview( again)?$/));
  await expect(main(page).getByRole("progressbar")).toHaveCount(0, { timeout: DETECTION_MS });
};

for (const { name, start, skip } of remotingSubjects) {
  test(`new starters of a file become mailbox users through EXA, EXB being down, and a halt holds: ${name}`, async ({ page }) => {
    test.skip(skip !== null, skip ?? "");
    const data = temporaryFolder();
    const files = temporaryFolder();
    const source = path.join(files.path, "starters.csv");
    const subject = await start();
    const host = await subject.startConsole(data.path);
    const [exa, exb] = [subject.nameOf("exa"), subject.nameOf("exb")];
    try {
      writeFileSync(source, "Name;AccountName;Alias\n");
      await openConsole(page, host.address);
      await configureExchange(page, "Contoso HQ", subject);
      for (const server of [exa, exb]) await expect(row(page, server)).toContainText("Online", { timeout: DETECTION_MS });

      await typeJob(page, source, "0 rows, 3 columns");
      await button(page, "Save the job").click();
      await expect(heading(page, "Job: Create mailbox users")).toBeVisible();
      await button(page, "Preview").click();
      await expect(main(page)).toContainText("This run is halted: nothing can be written as it is.", { timeout: DETECTION_MS });
      await expect(button(page, "Apply…")).toHaveCount(0);

      writeFileSync(source, "Name;AccountName;Alias\nAda Kern;ada.kern;ada.kern\nBen Ott;ben.ott;ben.ott\n");
      await subject.run("down", "exb");
      await preview(page);
      await expect(main(page)).toContainText("Create: 2");
      await button(page, "Apply…").click();
      await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByLabel("First password of new users").fill(PASSWORD);
      await page.getByRole("button", { name: "Apply", exact: true }).click();
      await expect(main(page)).toContainText("What came of it", { timeout: RUN_MS });
      await expect(main(page).getByRole("progressbar")).toHaveCount(0, { timeout: DETECTION_MS });
      await expect(main(page)).toContainText("Done: 2");

      await preview(page);
      await expect(main(page)).toContainText("Keep as it is: 2");
      await expect(main(page)).toContainText("Everything is as the rows say. There is nothing to write.");
    } finally {
      await host.kill();
      await subject.dispose();
      data.remove();
      files.remove();
    }
  });
}

test("a job gets an Exchange of its own: chosen, signed in to, synced again, put in order and saved in its own form", async ({ page }) => {
  const data = temporaryFolder();
  const files = temporaryFolder();
  const source = path.join(files.path, "starters.csv");
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const [exa, exb] = [subject.nameOf("exa"), subject.nameOf("exb")];
  try {
    writeFileSync(source, "Name;AccountName;Alias\nCai Wolf;cai.wolf;cai.wolf\n");
    await openConsole(page, host.address);
    await configureExchange(page, "Contoso HQ", subject);
    await typeJob(page, source, "1 row, 3 columns");
    await main(page).getByRole("combobox", { name: "Messaging provider" }).selectOption({ label: "Another one, for this job alone" });
    await expect(main(page)).toContainText("Save the job first, then set its messaging provider up.");
    await button(page, "Save the job").click();
    await expect(heading(page, "Job: Create mailbox users")).toBeVisible();
    await expect(main(page)).toContainText("The messaging provider of this job is not set up yet.");

    await main(page).getByRole("link", { name: "Set up the messaging provider" }).click();
    await expect(heading(page, "Messaging provider of the job: Create mailbox users")).toBeVisible();
    await fillExchange(page, "2013", subject);
    await listAndPrioritise(page, subject);
    await page.getByRole("button", { name: "Next" }).click();
    await button(page, "Save").click();
    await expect(button(page, "Sync Again")).toBeVisible();
    for (const server of [exa, exb]) await expect(row(page, server)).toContainText("Online", { timeout: DETECTION_MS });
    await button(page, "Sync Again").click();
    await expect(main(page).getByRole("progressbar")).toHaveCount(0, { timeout: DETECTION_MS });
    await setPriority(page, exa, 1);
    await saveForm(page);
    await expectNotice(page, /^Saved .*as revision 3$/);

    await main(page).getByRole("link", { name: "Edit this job" }).click();
    await expect(main(page)).not.toContainText("The messaging provider of this job is not set up yet.");
    await button(page, "Preview").click();
    await expect(main(page)).toContainText("Create: 1", { timeout: DETECTION_MS });
    // Of all identity stores there is still the one.
    await page.getByRole("link", { name: "Identity stores" }).click();
    await expect(main(page).getByRole("row")).toHaveCount(2);
  } finally {
    await host.kill();
    await subject.dispose();
    data.remove();
    files.remove();
  }
});
