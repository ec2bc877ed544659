/** The screens of the handover page: a file is made, and looked into. */
import { expect, type Page } from "@playwright/test";
import type { Look } from "./tour.ts";

/** Goes through them; resolves with how many were looked at. */
export async function handover(page: Page, look: Look): Promise<number> {
  let screens = 0;
  const visit = (screen: string) => {
    screens += 1;
    return look(screen);
  };
  const main = page.getByRole("main");
  const button = (name: string | RegExp) => main.getByRole("button", { name, exact: true });
  await page.getByRole("navigation").getByRole("link", { name: "Handover" }).click();
  await expect(button(/^Export \d+ identity stores?$/)).toBeVisible();
  await visit("handover, export");
  await button("Suggest words").click();
  const passphrase = main.getByRole("textbox", { name: "Passphrase", exact: true });
  await expect(passphrase).toHaveValue(/^[a-z]+(-[a-z]+){6}$/);
  const words = await passphrase.inputValue();
  await visit("handover, a suggested passphrase");
  const way = (name: RegExp) => main.getByRole("radio", { name }).check();
  await way(/^Sealed to the public keys of consoles/);
  await visit("handover, to a key");
  await way(/^Sealed with a passphrase/);
  const saving = page.waitForEvent("download");
  await button(/^Export \d+ identity stores?$/).click();
  const saved = await saving;
  await expect(main.getByText("Exported", { exact: true })).toBeVisible();
  await visit("handover, exported");
  await main.getByRole("tab", { name: "Import" }).click();
  await expect(main.locator("code")).toHaveText(/^age1/);
  await visit("handover, no file yet");
  const choosing = page.waitForEvent("filechooser");
  await button("Choose file…").click();
  await (await choosing).setFiles(await saved.path());
  await button("Open").click();
  await expect(main.getByText("The file is sealed. Enter its passphrase.")).toBeVisible();
  await visit("handover, passphrase wanted");
  await main.getByRole("textbox", { name: "Passphrase of the file" }).fill(words);
  await button("Open").click();
  await expect(main.getByRole("list", { name: "Identity stores in the file" })).toBeVisible({ timeout: 60_000 });
  await visit("handover, review");
  return screens;
}
