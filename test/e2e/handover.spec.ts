/** Identity stores from one console to another: sealed with a passphrase, to a console's key, and plain without their secrets. */
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { press } from "./focus.ts";
import { lookEverywhere } from "./look-everywhere.ts";
import { inPracticeConsole, type PracticeConsole } from "./practice-console.ts";
import { holds, filesHolding } from "./searches.ts";
import { seededSecret, seedStores } from "./seed.ts";

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name, exact: true });
const tickBox = (page: Page, name: string | RegExp) => main(page).getByRole("checkbox", { name, exact: true });
const entry = (page: Page, list: string, name: string) => main(page).getByRole("list", { name: list }).getByRole("listitem").filter({ hasText: name }).first();

/** The handover page of a console of its own. */
function onHandover(page: Page, seeded: boolean, work: (place: PracticeConsole) => Promise<void>): Promise<void> {
  const visit = async (place: PracticeConsole) => {
    await page.getByRole("navigation").getByRole("link", { name: "Handover" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Handover" })).toBeVisible();
    await work(place);
  };
  return inPracticeConsole(page, visit, seeded ? seedStores : undefined);
}

interface Saved {
  readonly name: string;
  readonly bytes: Buffer;
}
/** One as age writes it: its first characters alone stand in compiled code, which the data folder keeps as well. */
const SECRET_KEY = /AGE-SECRET-KEY-1[0-9A-Z]{20}/i;

const nothing: Saved = { name: "", bytes: Buffer.alloc(0) };

/** The file that the browser saves when the button is pressed. */
async function savedBy(page: Page, name: RegExp): Promise<Saved> {
  const saved = page.waitForEvent("download");
  await press(page, button(page, name));
  const download = await saved;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function exported(page: Page): Promise<Saved> {
  const file = await savedBy(page, /^Export \d+ identity stores?$/);
  await expect(main(page).getByText("Exported", { exact: true })).toBeVisible();
  return file;
}

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  await main(page).getByRole("tab", { name: "Import" }).click();
  const chooser = page.waitForEvent("filechooser");
  await button(page, "Choose file…").click();
  await (await chooser).setFiles({ name, mimeType: "application/octet-stream", buffer });
  await expect(button(page, `Remove ${name}`)).toBeVisible();
}

test("sealed: what one console exports, another one has with all its secrets, and the passphrase is kept nowhere", async ({ page }) => {
  let passphrase = "";
  let file = nothing;
  await onHandover(page, true, async ({ data, host }) => {
    await expect(entry(page, "Identity stores to hand over", "Contoso cloud")).toContainText("Client secret");
    await lookEverywhere(page, "handover-export");
    await press(page, button(page, "Suggest words"));
    const box = main(page).getByRole("textbox", { name: "Passphrase", exact: true });
    await expect(box).not.toHaveValue("");
    await expect(main(page).getByText("Strong: nobody guesses it.")).toBeVisible();
    passphrase = await box.inputValue();
    file = await exported(page);
    // It is not gone before it was written down.
    await expect(box).toHaveValue(passphrase);
    await lookEverywhere(page, "handover-exported");
    const report = await savedBy(page, /^Save the report of 2 identity stores$/);
    expect(report.name).toMatch(/^Site report \d{4}-\d\d-\d\d\.html$/);
    expect(report.bytes.toString()).toContain("Contoso cloud");
    const script = await savedBy(page, /^Save the script that sets them$/);
    for (const words of ["# Sets the messaging systems of 2 identity stores.", "# Contoso cloud: Office 365"]) expect(script.bytes.toString()).toContain(words);
    const secrets = [await seededSecret(data), passphrase];
    expect(secrets.filter((secret) => secret === "" || holds(report.bytes, secret) || holds(script.bytes, secret))).toEqual([]);
    expect(file.name).toMatch(/\.age$/);
    expect(file.bytes.subarray(0, 21).toString()).toBe("age-encryption.org/v1");
    expect(holds(file.bytes, passphrase)).toBe(false);
    expect(filesHolding(data, passphrase)).toEqual([]);
    expect(host.output()).not.toContain(passphrase);
  });
  await onHandover(page, false, async ({ data, host }) => {
    await choose(page, file.name, file.bytes);
    await press(page, button(page, "Open"));
    await expect(main(page).getByText("The file is sealed. Enter its passphrase.")).toBeVisible();
    const box = main(page).getByRole("textbox", { name: "Passphrase of the file" });
    await expect(box).toBeFocused();
    await box.fill("not-this-one-but-another");
    await press(page, button(page, "Open"));
    await expect(main(page).getByText("The passphrase does not open the handover file.")).toBeVisible();
    await lookEverywhere(page, "handover-wrong-passphrase");
    await box.fill(passphrase);
    await press(page, button(page, "Open"));
    await expect(entry(page, "Identity stores in the file", "Contoso cloud")).toContainText("New");
    await lookEverywhere(page, "handover-review");
    await press(page, button(page, "Import 2 identity stores"));
    await expect(entry(page, "Imported identity stores", "Contoso cloud")).toContainText("Made anew.");
    await lookEverywhere(page, "handover-imported");
    // The same file once more has nothing to change.
    await choose(page, file.name, file.bytes);
    await main(page).getByRole("textbox", { name: "Passphrase of the file" }).fill(passphrase);
    await press(page, button(page, "Open"));
    await expect(entry(page, "Identity stores in the file", "Contoso cloud")).toContainText("Nothing changes");
    await expect(tickBox(page, "Contoso cloud")).toBeDisabled();
    expect(filesHolding(data, passphrase)).toEqual([]);
    expect(host.output()).not.toContain(passphrase);
  });
});

test("to a key: what the engineer's console seals to the one that the admin's shows opens there without any passphrase, and nowhere else", async ({ page, context }) => {
  await onHandover(page, false, async ({ data, host }) => {
    await main(page).getByRole("tab", { name: "Import" }).click();
    const shown = main(page).locator("code");
    await expect(shown).toHaveText(/^age1[0-9a-z]{58}$/);
    await lookEverywhere(page, "handover-own-key");
    const key = await shown.innerText();
    const engineers = await context.newPage();
    let file = nothing;
    await onHandover(engineers, true, async (engineer) => {
      await main(engineers).getByRole("radio", { name: /^Sealed to the public keys of consoles/ }).check();
      const box = main(engineers).getByRole("textbox", { name: "Public keys of the consoles that the file is for" });
      // A key of OpenSSH: whoever has heard of age may have one at hand.
      await box.fill("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDErhxq2Bh3bP2gMhm1k1mVdQjLZz8Yw9CjvGmVh7w3k");
      await press(engineers, button(engineers, /^Export \d+ identity stores$/));
      await expect(main(engineers).getByText(/^This is an SSH key\./)).toBeVisible();
      await lookEverywhere(engineers, "handover-key-refused");
      await box.fill(`  "${key}" `);
      file = await exported(engineers);
      await expect(main(engineers).getByText(/It opens on the consoles that the keys are from, and nowhere else\.$/)).toBeVisible();
      await lookEverywhere(engineers, "handover-exported-to-key");
      const secret = await seededSecret(engineer.data);
      expect(secret === "" || holds(file.bytes, secret)).toBe(false);
      // Its own console has another key.
      await choose(engineers, file.name, file.bytes);
      await press(engineers, button(engineers, "Open"));
      await expect(main(engineers).getByText("The file is sealed to the key of another console, not to the one that this console has now.")).toBeVisible();
      await lookEverywhere(engineers, "handover-another-key");
    });
    await engineers.close();
    await choose(page, file.name, file.bytes);
    await press(page, button(page, "Open"));
    await expect(entry(page, "Identity stores in the file", "Contoso cloud")).toContainText("New");
    await expect(main(page).getByText("Sealed to the public key of this console. Anybody who has that key can have made the file: ask whom it is from.")).toBeVisible();
    await press(page, button(page, "Import 2 identity stores"));
    await expect(entry(page, "Imported identity stores", "Contoso cloud")).toContainText("Made anew.");
    const written = readdirSync(data, { recursive: true, withFileTypes: true }).filter((found) => found.isFile()).map((found) => path.join(found.parentPath, found.name));
    expect(written.filter((name) => SECRET_KEY.test(readFileSync(name, "latin1")))).toEqual([]);
    expect(host.output()).not.toMatch(SECRET_KEY);
  });
});

test("without secrets: the file is plain, and an identity store that needs some waits for them as a draft", async ({ page }) => {
  let file = nothing;
  await onHandover(page, true, async () => {
    await tickBox(page, "Branch 7").click();
    await main(page).getByRole("radio", { name: /^Without secrets/ }).check();
    file = await exported(page);
    await expect(main(page).getByRole("list", { name: "Left out of the file" })).toContainText("Client secret");
    expect(JSON.parse(file.bytes.toString())).toMatchObject({ format: "messaging-console-bundle", stores: [{ name: "Contoso cloud" }] });
  });
  await onHandover(page, false, async () => {
    await choose(page, file.name, file.bytes);
    await press(page, button(page, "Open"));
    await expect(entry(page, "Identity stores in the file", "Contoso cloud")).toContainText("Comes as a draft: enter");
    await button(page, "Import 1 identity store").click();
    const imported = entry(page, "Imported identity stores", "Contoso cloud");
    await expect(imported).toContainText("Here as a draft.");
    await expect(imported).toContainText("Still to be entered:");
    await imported.getByRole("link", { name: "Contoso cloud" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /^Messaging System/ })).toBeVisible();
  });
});
