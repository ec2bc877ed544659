/**
 * A planted client secret, a PFX password and a private key are found nowhere but in the sealed vault and on their one way
 * to it. Every search is shown to work by finding something that is no secret, or a copy laid out on purpose.
 */
import { expect, test, type Page } from "@playwright/test";
import { spawn } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { pkcs12, rsaIdentity } from "../../main/practice/clouds/key-files.ts";
import { chooseCertificate, cloudFacts, dateIn, part, server, typeSecret } from "./cloud-page.ts";
import { chooseProvider, createStore, DETECTION_MS, openConsole, openMessagingSystem, saveWizard } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { practiceOrganisation } from "./organisations.ts";
import { filesHolding, formsOf, holds, memoryOf, recordAddresses, recordTraffic, watchCommandLines, type Sought } from "./searches.ts";

const CLIENT_SECRET = "Zq7~planted-client-secret-xK42";
const REPLACED_SECRET = "Hn5~planted-replacement-mB63";
const PFX_PASSWORD = "Vw3-planted-pfx-password-pT81";
/** Typed like the secrets, and none: what every search has to find. */
const CONTROL = "rd9-visible-account-cf27.example.com";
const SERVER = "outlook.office365.com";

interface Planted {
  readonly keyPem: string;
  readonly file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
  /** Pieces of one of the key's primes, short enough for one of them to lie within a line of PEM. */
  readonly keyPieces: readonly Buffer[];
  /** A piece of the container, which holds the key encrypted. */
  readonly container: Buffer;
}

async function plantCertificate(): Promise<Planted> {
  const { certificatePem, keyPem } = await rsaIdentity(
    { authorityPem: "", issue: () => Promise.reject(new Error("unused")), keep: (_name, make) => make() },
    "planted",
    "planted",
    365,
  );
  const prime = Buffer.from(createPrivateKey(keyPem).export({ format: "jwk" }).p ?? "", "base64url");
  const buffer = Buffer.from(pkcs12({ certificatePem, keyPem }, PFX_PASSWORD, "aes256", "planted"), "base64");
  return {
    keyPem,
    file: { name: "planted.pfx", mimeType: "application/x-pkcs12", buffer },
    keyPieces: [0, 16, 32, 48].map((at) => prime.subarray(at, at + 16)),
    container: buffer.subarray(600, 648),
  };
}

/** Enters, tests, lists, saves and replaces, with secrets that the clouds refuse: refusals are where things are quoted. */
async function useSecrets(page: Page, planted: Planted, application: string): Promise<void> {
  await chooseProvider(page, "Office 365");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("textbox", { name: "Domain name" }).fill("contoso-practice.com");
  await page.getByRole("textbox", { name: "Application ID" }).fill(application);
  await typeSecret(page, "Client secret", CLIENT_SECRET);
  await page.getByLabel("Client secret expires").fill(dateIn(100));
  await chooseCertificate(page, "PFX certificate", planted.file);
  await typeSecret(page, "PFX certificate password", PFX_PASSWORD);
  await expect(part(page, "PFX certificate")).toContainText(/planted · RSA 2048/);
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("The certificate is not registered for this application.").first()).toBeVisible({ timeout: DETECTION_MS });
  await page.getByRole("button", { name: "Details" }).first().click();
  await page.getByRole("textbox", { name: "Domain name" }).fill(CONTROL);
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("There is no tenant with this name in the chosen cloud.").first()).toBeVisible({ timeout: DETECTION_MS });
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Sync Again" }).click();
  await expect(server(page, SERVER)).toContainText("Offline", { timeout: DETECTION_MS });
  await saveWizard(page);
  await typeSecret(page, "Client secret", REPLACED_SECRET);
  await expect(page.getByText(/^Draft saved .*1 change/)).toBeVisible();
}

test("no client secret, PFX password or private key is found outside the vault", async ({ page }) => {
  test.skip(process.platform !== "linux", "reads the command lines of processes from /proc");
  const data = temporaryFolder();
  const elsewhere = temporaryFolder();
  const subject = await practiceOrganisation();
  const planted = await plantCertificate();
  const texts = [CLIENT_SECRET, REPLACED_SECRET, PFX_PASSWORD];
  const secrets: readonly Sought[] = [...texts, ...planted.keyPieces, planted.container];
  const traffic = recordTraffic(page);
  const addresses = recordAddresses(page);
  const commandLines = watchCommandLines();
  let host = await subject.startConsole(data.path);
  const outputs: string[] = [];
  try {
    const facts = await cloudFacts(data.path);
    await openConsole(page, host.address);
    await createStore(page, "Planted store", subject);
    await useSecrets(page, planted, facts.value("office365", "applicationId"));

    // The search finds a key and a container where they lie open.
    writeFileSync(path.join(elsewhere.path, "key.pem"), planted.keyPem);
    writeFileSync(path.join(elsewhere.path, "copy.json"), JSON.stringify({ file: planted.file.buffer.toString("base64") }));
    expect(planted.keyPieces.some((piece) => filesHolding(elsewhere.path, piece).includes("key.pem"))).toBe(true);
    expect(filesHolding(elsewhere.path, planted.container)).toEqual(["copy.json"]);

    // While the process runs: database, write-ahead log, backups, logs.
    expect(filesHolding(data.path, CONTROL).length).toBeGreaterThan(0);
    expect(filesHolding(data.path, "planted.pfx").length).toBeGreaterThan(0);
    for (const secret of secrets) expect(filesHolding(data.path, secret)).toEqual([]);

    for (const secret of [...texts, planted.container]) expect(traffic.sent(secret)).toBe(true);
    expect(traffic.received(CONTROL)).toBe(true);
    for (const secret of secrets) expect(traffic.received(secret)).toBe(false);

    // Somewhere else in the console, and back again.
    await page.getByRole("link", { name: "Identity stores" }).click();
    await page.getByRole("button", { name: "Keep draft" }).click();
    await openMessagingSystem(page, "Planted store");
    await expect(page.getByRole("textbox", { name: "Domain name" })).toHaveValue(CONTROL);
    const memory = Buffer.from(await memoryOf(page));
    expect(holds(memory, CONTROL)).toBe(true);
    for (const secret of secrets) expect(holds(memory, secret), `${String(formsOf(secret)[0])} in the page's memory`).toBe(false);

    const gone = await addresses();
    expect(gone.some((address) => address.includes("messaging-system"))).toBe(true);
    expect(gone.filter((address) => texts.some((secret) => address.includes(encodeURIComponent(secret))))).toEqual([]);

    // The end and the next start write backups.
    outputs.push(host.output());
    await host.kill();
    host = await subject.startConsole(data.path);
    await host.kill();
    outputs.push(host.output());
    expect(filesHolding(data.path, CONTROL).some((file) => file.includes("backup"))).toBe(true);
    for (const secret of secrets) expect(filesHolding(data.path, secret)).toEqual([]);

    const control = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", CONTROL]);
    await expect.poll(() => commandLines.holding(CONTROL)).toBe(true);
    control.kill();
    for (const secret of texts) expect(commandLines.holding(secret)).toBe(false);
    const output = Buffer.from(outputs.join("\n"));
    expect(holds(output, "http://127.0.0.1:")).toBe(true);
    for (const secret of secrets) expect(holds(output, secret)).toBe(false);
  } finally {
    commandLines.stop();
    await host.kill();
    await subject.dispose();
    data.remove();
    elsewhere.remove();
  }
});
