/** The screens of synchronize jobs: one is made over a file, saved, previewed, and looked for in the list and the history. */
import { expect, type Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { temporaryFolder } from "./host-process.ts";
import type { Look } from "./tour.ts";

const ROWS = "Name;AccountName;Alias;Product;Country\nZoë Lind;zoe.lind;zoe.lind;ENTERPRISEPACK;DE\nTom Reed;tom.reed;tom.reed;;DE\n";

/** Goes through them; resolves with how many were looked at. */
export async function jobs(page: Page, look: Look): Promise<number> {
  let screens = 0;
  const visit = (screen: string) => {
    screens += 1;
    return look(screen);
  };
  const main = page.getByRole("main");
  const button = (name: string) => main.getByRole("button", { name, exact: true });
  const heading = (name: string | RegExp) => page.getByRole("heading", { level: 1, name });
  const folder = temporaryFolder();
  const file = path.join(folder.path, "joiners.csv");
  writeFileSync(file, ROWS);
  try {
    await page.getByRole("navigation").getByRole("link", { name: "Jobs", exact: true }).click();
    await expect(main.getByText("No job yet")).toBeVisible();
    await visit("jobs, none yet");
    await button("New job").click();
    await main.getByRole("combobox", { name: "Identity store" }).selectOption({ label: "Contoso cloud" });
    await main.getByRole("radio", { name: /^Create mailbox users/ }).check();
    await visit("new job");
    await button("Begin").click();
    await main.getByRole("textbox", { name: /^Path of the file/ }).fill(file);
    await button("Read the source").click();
    await expect(main.getByRole("table", { name: "First rows of the source" })).toBeVisible();
    await expect(main.getByRole("table", { name: "What becomes of the first rows" }).getByText("zoe.lind").first()).toBeVisible();
    await main.getByRole("radio", { name: /^Give and take/ }).check();
    await main.getByRole("radio", { name: "On days of the week" }).check();
    await expect(main.getByRole("list", { name: "Next runs" })).toBeVisible();
    await visit("job editor");
    await button("Save the job").click();
    await expect(heading("Job: Create mailbox users")).toBeVisible();
    // By its address: its link comes with a second save, whose notices would lie over the next screens.
    await page.evaluate(() => {
      location.hash = location.hash.replace(/\/edit$/, "/provider");
    });
    await expect(heading("Messaging provider of the job: Create mailbox users")).toBeVisible();
    await expect(main.getByRole("combobox", { name: "Messaging provider" })).toBeVisible();
    await visit("messaging provider of a job");
    await main.getByRole("link", { name: "Edit this job" }).click();
    await expect(heading("Job: Create mailbox users")).toBeVisible();
    await button("Preview").click();
    await expect(heading(/^Preview and run/)).toBeVisible();
    await expect(main.getByRole("progressbar")).toHaveCount(0);
    await visit("job preview");
    await main.getByRole("link", { name: "History", exact: true }).click();
    await expect(heading("History of jobs")).toBeVisible();
    await visit("history of jobs");
    await main.getByRole("link", { name: "Jobs", exact: true }).click();
    await button("Actions for Create mailbox users").click();
    await expect(page.getByRole("menuitem", { name: "Duplicate" })).toBeVisible();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await expect(page.getByRole("alertdialog")).toBeVisible();
    await visit("jobs, a question before deleting");
    await page.getByRole("button", { name: "Cancel" }).click();
    return screens;
  } finally {
    folder.remove();
  }
}
