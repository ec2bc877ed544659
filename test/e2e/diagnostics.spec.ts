/** One zip file for support: its list first, then the file, without secrets and without names unless they are ticked. */
import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { pythonHere, pythonWords, readZip } from "../lab/read-zip.ts";
import { press } from "./focus.ts";
import { lookEverywhere } from "./look-everywhere.ts";
import { inPracticeConsole } from "./practice-console.ts";
import { holds } from "./searches.ts";
import { seededSecret, seedStores } from "./seed.ts";

const card = (page: Page) => page.getByRole("main").getByRole("region", { name: "Diagnostics" });
const button = (page: Page, name: string) => card(page).getByRole("button", { name, exact: true });

async function saved(page: Page): Promise<Buffer> {
  const download = page.waitForEvent("download");
  await press(page, button(page, "Save…"));
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^messaging-console-diagnostics-\d{4}-\d\d-\d\d\.zip$/);
  return readFile(await file.path());
}

test("diagnostics are listed before they are saved, and name nobody unless that is ticked", async ({ page }) => {
  test.skip(pythonHere === null, pythonWords);
  await inPracticeConsole(
    page,
    async ({ data }) => {
      await page.getByRole("button", { name: "Settings", exact: true }).click();
      await press(page, button(page, "List the files…"));
      const list = card(page).getByRole("list", { name: "Files in the zip file" });
      await expect(list.getByRole("listitem")).toContainText([/^README\.txt/, /^about\.json/, /^settings\.json/, /^stores\.json/, /^status-history\.json/, /^activity\.json/, /^log\/.+the console's log/]);
      await lookEverywhere(page, "diagnostics");
      const secret = await seededSecret(data);
      const without = readZip(await saved(page));
      const text = Object.values(without).join("\n");
      expect(text).not.toMatch(/contoso/i);
      expect(text).toContain("store-1");
      await press(page, card(page).getByRole("checkbox", { name: "Include names" }), "Space");
      // What was listed is not what would be saved now.
      await expect(list).toBeHidden();
      await press(page, button(page, "List the files…"));
      await expect(card(page).getByText("Names are in them as they are.")).toBeVisible();
      const named = Object.values(readZip(await saved(page))).join("\n");
      expect(named).toContain("Contoso cloud");
      expect({ empty: secret === "", without: holds(Buffer.from(text), secret), named: holds(Buffer.from(named), secret) }).toEqual({ empty: false, without: false, named: false });
    },
    seedStores,
  );
});
