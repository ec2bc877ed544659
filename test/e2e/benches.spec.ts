/** The benches on a machine without any store: keyboard alone, nothing for axe to find, no request but to the console itself. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { X509Certificate } from "node:crypto";
import { pfxBytes } from "../lab/vectors.ts";
import { openConsole } from "./console-page.ts";
import "../../renderer/text/all-texts.ts";
import { say } from "../../renderer/text/text.ts";
import { look } from "./look.ts";
import { startHost, temporaryFolder, type HostProcess } from "./host-process.ts";

const data = temporaryFolder();
let host: HostProcess;
let strangers: string[] = [];
test.beforeEach(async ({ page, context }) => {
  strangers = [];
  host = await startHost("out/main/loopback.js", ["--no-open", "--data", data.path]);
  const own = new URL(host.address).origin;
  // No network: whatever is not the console's own address goes nowhere, and is noticed.
  await context.route((url) => url.origin !== own && url.protocol.startsWith("http"), (route) => {
    strangers.push(route.request().url());
    return route.abort();
  });
  await openConsole(page, host.address);
});
test.afterEach(async () => {
  await host.kill();
  expect(strangers).toEqual([]);
});
test.afterAll(() => data.remove());

async function noFindings(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude("[data-tabster-dummy]").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

/** Tabs forward until the named control has the focus. */
async function tabTo(page: Page, role: "button" | "textbox" | "checkbox" | "switch", name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name });
  for (let step = 0; step < 40; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

async function chooseWithKeyboard(page: Page, name: string): Promise<void> {
  const file = { name: name.replace(/^.*\//, ""), mimeType: "application/x-pkcs12", buffer: Buffer.from(pfxBytes(name)) };
  page.once("filechooser", (chooser) => void chooser.setFiles(file));
  await tabTo(page, "button", "Choose File");
  await page.keyboard.press("Enter");
  await expect(page.getByText(`${file.name} (`)).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
}

test("a certificate file, from the empty list to its thumbprint and public part", async ({ page }) => {
  await tabTo(page, "button", "Check a certificate file");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Certificate bench" })).toBeFocused();
  await noFindings(page);

  await chooseWithKeyboard(page, "generated/3des.p12");
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This does not open the file.")).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await page.keyboard.type("password");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This certificate file is fine.", { exact: true })).toBeVisible();
  await noFindings(page);

  const shown = (await page.getByText(/^[0-9A-F]{64}$/).textContent()) ?? "";
  await tabTo(page, "button", "Export public part");
  await page.keyboard.press("Enter");
  const formats = page.getByRole("menuitem");
  await expect(formats.first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(formats.nth(1)).toBeFocused();
  const downloaded = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const file = await downloaded;
  expect(file.suggestedFilename()).toBe("3des.cer");
  expect(new X509Certificate(await readFile(await file.path())).fingerprint256.replaceAll(":", "")).toBe(shown);
});

test("a file without a password opens with nothing typed, whichever way it has none", async ({ page }) => {
  await page.getByRole("link", { name: "Certificate bench" }).press("Enter");
  for (const file of ["generated/empty-password.p12", "cryptography/no-password.p12"]) {
    await chooseWithKeyboard(page, file);
    await page.keyboard.press("Enter");
    await expect(page.getByText("It opens without a password.")).toBeVisible();
    await expect(page.getByText("SHA-256 thumbprint")).toBeVisible();
  }
});

test("what needs no password to be said is said at once, and several certificates are named", async ({ page }) => {
  await page.getByRole("link", { name: "Certificate bench" }).press("Enter");
  await chooseWithKeyboard(page, "field/sid-protected.pfx");
  await expect(page.getByRole("main").getByText("The file is protected for accounts of a domain", { exact: false })).toBeVisible();
  await chooseWithKeyboard(page, "field/google-key.json");
  await expect(page.getByRole("main").getByText(say("other-files.google-key-json"))).toBeVisible();
  await look(page, "bench-other-file");
  await chooseWithKeyboard(page, "field/renewed-old-first.pfx");
  await expect(page.getByRole("main").getByText(say("other-files.google-key-json"))).toHaveCount(0);
  await expect(page.getByText("This does not open the file.")).toHaveCount(0);
  await page.keyboard.type("secret");
  await page.keyboard.press("Enter");
  await expect(page.getByText("(described here)", { exact: false })).toBeVisible();
  await look(page, "bench-several");
});

test("many aliases, and what is to be known about the expression", async ({ page }) => {
  await page.getByRole("link", { name: "Alias bench" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Alias bench" })).toBeFocused();
  await noFindings(page);
  await tabTo(page, "button", "Presets");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: /^Gmail/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, "textbox", "Aliases, one a line");
  await page.keyboard.insertText("john.doe\njohn doe");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/^engine: (\.NET|JavaScript)/)).toBeVisible();
  await expect(page.getByRole("row", { name: /john\.doe Fits all of it 8 of 30 usable/ })).toBeVisible();
  await tabTo(page, "switch", "Only problems");
  await page.keyboard.press("Space");
  await expect(page.getByRole("row")).toHaveCount(2);
  await noFindings(page);

  await page.getByLabel("Alias regular expression").fill("([a-z]+)+$|(b)?\\2");
  await page.getByLabel("Aliases, one a line").fill(`${"a".repeat(40)}!`);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("The expression ran away on an alias", { exact: false })).toBeVisible();
  await expect(page.getByText("The expression is not anchored.")).toBeVisible();
  await noFindings(page);

  // What .NET refuses has its reason and its place, for the eye and for the ear.
  await page.getByLabel("Alias regular expression").fill("(?i)^(a\\_$");
  await page.keyboard.press("Control+Enter");
  const refusal = /A backslash before this letter means nothing\..+ Reading stopped at character 9\./;
  await expect(page.getByText(refusal).first()).toBeVisible();
  await expect(page.locator("[aria-live=polite]").filter({ hasText: refusal })).toBeAttached();
  await expect(page.locator("mark")).toHaveText("_");
  await noFindings(page);
});
