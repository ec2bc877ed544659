/** A mail server that this console does not reach: the probe's script goes out, and what it brings back stands beside the server's status with its source. */
import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { PRACTICE_PASSWORD } from "../../main/practice/directory/accounts.ts";
import type { Observed } from "../../shared/model/probe.ts";
import { probeFile, probePayload } from "../lab/probe-results.ts";
import { press } from "./focus.ts";
import { lookEverywhere } from "./look-everywhere.ts";
import { look } from "./look.ts";
import { inPracticeConsole } from "./practice-console.ts";
import { practice, take, withPractice } from "./running-practice.ts";
import { holds } from "./searches.ts";

const SERVER = "exa.contoso.lab";
const USERNAME = "CONTOSO\\svc-mail";

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name, exact: true });
const told = (page: Page) => main(page).getByRole("list", { name: "Mail servers in the result" });

/** One identity store whose only server refuses from here. */
async function seed(data: string): Promise<void> {
  await practice(data, "down", "exa");
  const connection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: USERNAME, security: "ldaps", trust: { mode: "system" } };
  const messaging = { provider: "exchange", variant: "2013", values: { domain: "contoso.lab", username: USERNAME }, servers: [{ name: SERVER, priority: 1 }] };
  const secrets = { "directory.password": PRACTICE_PASSWORD, "messaging.password": PRACTICE_PASSWORD };
  await withPractice(data, async (client) => take(await client.documents.create({ document: { name: "Contoso HQ", connection, messaging }, secrets, files: {} })));
}

/** It answers there, and is not in service: what no check from here would say of it. */
const OBSERVED: Observed = {
  dns: { ms: 2, addresses: ["10.20.0.7"], error: null },
  tcp: { ms: 3, address: "10.20.0.7", error: null },
  tls: { ms: 9, protocol: null, certificates: [], chain: [], policy: null, error: "ConnectionReset" },
  page: null,
};

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await button(page, "Choose result…").click();
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer });
}

test("goes out without a secret, and comes back as a status with source and age", async ({ page }) => {
  await inPracticeConsole(
    page,
    async () => {
      await page.getByRole("navigation").getByRole("link", { name: "Handover" }).click();
      const saved = page.waitForEvent("download");
      await press(page, button(page, "Save the probe script"));
      const download = await saved;
      expect(download.suggestedFilename()).toMatch(/^Probe \d{4}-\d\d-\d\d\.ps1$/);
      const script = await readFile(await download.path());
      expect([holds(script, SERVER), holds(script, PRACTICE_PASSWORD), holds(script, "svc-mail")]).toEqual([true, false, false]);
      const storeId = /storeId = '([^']+)'/.exec(script.toString())?.[1] ?? "";

      await main(page).getByRole("tab", { name: "Probe result" }).click();
      await lookEverywhere(page, "handover-probe");
      const startedAt = new Date(Date.now() - 3 * 60_000).toISOString();
      const file = probeFile(probePayload([{ storeId, storeName: "Contoso HQ", provider: "exchange", server: SERVER, observed: OBSERVED }, { storeId, provider: "exchange", server: "exz.contoso.lab" }], { startedAt }));
      const damaged = Buffer.from(file.toString().replace("10.20.0.7", "10.20.0.8"));
      await choose(page, "damaged.json", damaged);
      await expect(main(page).getByText("The file is damaged.")).toBeVisible();
      await choose(page, "probe-result-JUMP01.json", file);
      await expect(told(page)).toContainText(`${SERVER}, Contoso HQ`);
      await expect(told(page)).toContainText("Offline (TLS: connection reset)");
      await expect(told(page)).toContainText("Left: the identity store lists no such mail server.");
      await expect(main(page).getByText("jump01.contoso.lab")).toBeVisible();
      await lookEverywhere(page, "handover-probe-review");
      await press(page, button(page, "Keep what is said of 1 mail server"));
      await expect(main(page).getByText(/^Kept: what the probe says of 1 mail server/)).toBeVisible();

      await told(page).getByRole("link", { name: `${SERVER}, Contoso HQ` }).click();
      const row = main(page).getByRole("row").filter({ hasText: SERVER });
      await expect(row).toContainText(/By probe on JUMP01 at (?:\d{4}-\d\d-\d\d )?\d\d:\d\d: Offline \(TLS: connection reset\)/);
      await expect(row).toContainText("TCP: connection refused");
      await row.getByRole("button", { name: `What to do about ${SERVER}` }).click();
      await expect(page.getByRole("dialog").getByText(/^By the carry-in probe on JUMP01, .+ this console did not see itself:$/)).toBeVisible();
      await look(page, "handover-probe-ladder");
    },
    seed,
  );
});
