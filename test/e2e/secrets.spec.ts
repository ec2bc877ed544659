/**
 * Passwords that a person types are found nowhere but in the sealed vault and on their one way to it. Every search is
 * shown to work by finding something beside them that is no secret.
 */
import { expect, test, type Page } from "@playwright/test";
import { spawn } from "node:child_process";
import { chooseProvider, enterSecret, fillNewStore, openConsole, openMessagingSystem, saveWizard } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { subjects, type Subject } from "./organisations.ts";
import { filesHolding, memoryOf, recordAddresses, recordTraffic, watchCommandLines } from "./searches.ts";

const DIRECTORY_SECRET = "Zq7-planted-directory-xK42";
const EXCHANGE_SECRET = "Vw3-planted-exchange-pT81";
const REPLACED_SECRET = "Hn5-planted-replacement-mB63";
/** Typed like the secrets, and none: what every search has to find. */
const CONTROL = "Rd9-visible-account-cF27";

/** Creates, tests, lists, saves and replaces: with passwords that are refused, and with the right one. */
async function useSecrets(page: Page, subject: Subject): Promise<void> {
  await fillNewStore(page, "Planted store", { ...subject, password: DIRECTORY_SECRET });
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("The user name or the password is wrong.").first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Messaging System" })).toBeVisible();

  await chooseProvider(page, "Microsoft Exchange 2013");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("textbox", { name: "Domain name" }).fill(subject.domain);
  await page.getByRole("textbox", { name: "User name" }).fill(CONTROL);
  await enterSecret(page, "Password", EXCHANGE_SECRET);
  await expect(page.getByRole("button", { name: "Replace Password" })).toBeVisible();
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("The user name or the password is wrong.").first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Details" }).first().click();
  await page.getByRole("textbox", { name: "User name" }).fill(subject.username);
  await enterSecret(page, "Password", subject.password);
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Sync Again" }).click();
  await expect(page.getByRole("checkbox", { name: subject.nameOf("exa") })).toBeVisible({ timeout: 30_000 });
  await saveWizard(page);
  await enterSecret(page, "Password", REPLACED_SECRET);
  await expect(page.getByText(/^Draft saved .*1 change/)).toBeVisible();
}

for (const { name, start, skip } of subjects) {
  test(`no password is found outside the vault, against ${name}`, async ({ page }) => {
    test.skip(skip, "needs Samba, and root for its ports");
    test.skip(process.platform !== "linux", "reads the command lines of processes from /proc");
    const data = temporaryFolder();
    const subject = await start();
    const secrets = [DIRECTORY_SECRET, EXCHANGE_SECRET, REPLACED_SECRET];
    const traffic = recordTraffic(page);
    const addresses = recordAddresses(page);
    const commandLines = watchCommandLines();
    const host = await subject.startConsole(data.path);
    try {
      await openConsole(page, host.address);
      await useSecrets(page, subject);

      // While the process runs: database, write-ahead log, backups, logs.
      expect(filesHolding(data.path, "Planted store").length).toBeGreaterThan(0);
      for (const secret of secrets) expect(filesHolding(data.path, secret)).toEqual([]);
      for (const secret of secrets) expect(traffic.sent(secret)).toBe(true);
      expect(traffic.received("Planted store")).toBe(true);
      for (const secret of secrets) expect(traffic.received(secret)).toBe(false);

      // Somewhere else in the console, and back again.
      await page.getByRole("link", { name: "Identity stores" }).click();
      await page.getByRole("button", { name: "Keep draft" }).click();
      await openMessagingSystem(page, "Planted store");
      await expect(page.getByRole("textbox", { name: "User name" })).toHaveValue(subject.username);
      const memory = await memoryOf(page);
      expect(memory).toContain("Planted store");
      for (const secret of secrets) expect(memory.includes(secret), `${secret} in the page's memory`).toBe(false);

      const gone = await addresses();
      expect(gone.some((address) => address.includes("messaging-system"))).toBe(true);
      expect(gone.filter((address) => secrets.some((secret) => address.includes(encodeURIComponent(secret))))).toEqual([]);

      await host.kill();
      const control = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", CONTROL]);
      await expect.poll(() => commandLines.holding(CONTROL)).toBe(true);
      control.kill();
      for (const secret of secrets) expect(commandLines.holding(secret)).toBe(false);
      expect(host.output()).toContain("http://127.0.0.1:");
      for (const secret of secrets) expect(host.output()).not.toContain(secret);
      // And after it ended, when the last lines are written.
      for (const secret of secrets) expect(filesHolding(data.path, secret)).toEqual([]);
    } finally {
      commandLines.stop();
      await host.kill();
      await subject.dispose();
      data.remove();
    }
  });
}
