/** Two states of an identity store beside each other, and what drifted since it was saved. */
import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { presenting, probeFile, probePayload } from "../lab/probe-results.ts";
import { configureExchange, expectNotice } from "./console-page.ts";
import { press } from "./focus.ts";
import { lookEverywhere } from "./look-everywhere.ts";
import { inPracticeConsole } from "./practice-console.ts";

const COMPARED_MS = 30_000;

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true });
const side = (page: Page, name: "Left" | "Right") => main(page).getByRole("combobox", { name, exact: true });
const differences = (page: Page) => main(page).getByRole("table", { name: "Differences" });
const difference = (page: Page, text: string) => differences(page).getByRole("row").filter({ hasText: text });
const goTo = (page: Page, link: string) => page.getByRole("navigation").getByRole("link", { name: link, exact: true }).click();

test("what the directory says now is held against what is saved, named in the list, and taken over", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject }) => {
    await configureExchange(page, "Contoso HQ", subject);
    await goTo(page, "Compare");
    await expect(page.getByRole("heading", { level: 1, name: /^Compare/ })).toBeVisible();
    await press(page, button(page, "Compare"));
    await expect(main(page).getByText("Saved, held against Directory and servers now: no difference.", { exact: true })).toBeVisible({ timeout: COMPARED_MS });
    await subject.run("remove", "exa");
    await subject.run("add", "exz 2013");
    await subject.run("untrusted", "exb");
    await press(page, button(page, "Compare"));
    await expect(difference(page, "In the directory: exa.contoso.lab")).toContainText("no longer listed", { timeout: COMPARED_MS });
    await expect(difference(page, "Servers added to the list")).toContainText("exz.contoso.lab");
    await expect(difference(page, "Certificate of exb.contoso.lab")).toContainText("different");
    await lookEverywhere(page, "comparison");

    await goTo(page, "Identity stores");
    const drift = page.getByRole("grid").getByRole("link", { name: /^Contoso HQ: 1 server vanished, 1 new server, 1 other certificate/ });
    await expect(drift).toBeVisible();
    await lookEverywhere(page, "drift-in-the-list");
    await goTo(page, "Activity");
    await expect(main(page).getByText("The directory or its servers differ from what is saved: 1 server vanished, 1 new server, 1 other certificate")).toHaveCount(1);
    await goTo(page, "Identity stores");
    await drift.click();
    await expect(difference(page, "In the directory: exa.contoso.lab")).toBeVisible({ timeout: COMPARED_MS });
    await press(page, button(page, "Take certificates and rights as they are"));
    await expectNotice(page, "What was seen of certificates and rights is no difference any more.");
    await expect(difference(page, "Servers added to the list")).toBeVisible({ timeout: COMPARED_MS });
    await expect(difference(page, "Certificate of exb.contoso.lab")).toHaveCount(0);

    await goTo(page, "Messaging System");
    await page.getByRole("button", { name: "Sync Again" }).click();
    await expect(page.getByRole("button", { name: "Review changes" })).toBeEnabled();
    await goTo(page, "Compare");
    await page.getByRole("button", { name: "Keep draft" }).click();
    await side(page, "Right").selectOption("draft");
    await press(page, button(page, "Compare"));
    await expect(difference(page, "Servers added to the list")).toContainText("exz.contoso.lab");
    await press(page, button(page, "Exchange the sides"));
    await press(page, button(page, "Compare"));
    await expect(difference(page, "Servers dropped from the list")).toContainText("exz.contoso.lab");
  });
});

test("what an imported probe says is held against what is saved, with its source and time", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject }) => {
    await configureExchange(page, "Contoso HQ", subject);
    await goTo(page, "Compare");
    const probe = side(page, "Right").getByRole("option", { name: /^Probe on/ });
    await expect(probe).toHaveCount(0);
    await press(page, button(page, "Compare"));
    await expect(main(page).getByText(/^Saved, held against Directory and servers now/)).toBeVisible({ timeout: COMPARED_MS });

    await goTo(page, "Identity stores");
    await goTo(page, "Handover");
    await main(page).getByRole("tab", { name: "Probe result" }).click();
    const onExa = { computer: "EXA", fullName: "exa.contoso.lab", exchange: { build: "15.0.1500.4", roles: ["mailbox", "client-access"] }, startedAt: new Date(Date.now() - 3 * 60_000).toISOString() };
    const chooser = page.waitForEvent("filechooser");
    await button(page, "Choose result…").click();
    await (await chooser).setFiles({ name: "probe-result-EXA.json", mimeType: "application/json", buffer: probeFile(probePayload([{ storeName: "Contoso HQ", provider: "exchange", observed: presenting(0).observed }], onExa)) });
    await press(page, button(page, "Keep what is said of 1 mail server"));
    await expect(main(page).getByText(/^Kept: /)).toBeVisible();

    await goTo(page, "Identity stores");
    await page.getByRole("button", { name: "Actions for Contoso HQ" }).click();
    await page.getByRole("menuitem", { name: "Compare" }).click();
    await expect(probe).toHaveText(/^Probe on EXA at \d{4}-\d\d-\d\d \d\d:\d\d$/);
    await side(page, "Right").selectOption("probe");
    await press(page, button(page, "Compare"));
    await expect(difference(page, "Build of exa.contoso.lab")).toContainText("15.0.1500.4", { timeout: COMPARED_MS });
    await expect(difference(page, "Certificate of exa.contoso.lab")).toContainText("different");
    await expect(main(page).getByText("No imported probe asked exb.contoso.lab.")).toBeVisible();
    await expect(difference(page, "In the directory")).toHaveCount(0);
    await expect(button(page, "Take certificates and rights as they are")).toHaveCount(0);
    await lookEverywhere(page, "comparison-probe");
    await press(page, button(page, "Exchange the sides"));
    await press(page, button(page, "Compare"));
    await expect(main(page).getByText(/^Probe on EXA at .+, held against Saved: \d differences\.$/)).toBeVisible({ timeout: COMPARED_MS });
  });
});

test("a handed-over file and a revision are held against what is saved", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject }) => {
    await configureExchange(page, "Contoso HQ", subject);
    await goTo(page, "Identity stores");
    await goTo(page, "Handover");
    await main(page).getByRole("radio", { name: /^Without secrets/ }).check();
    const saved = page.waitForEvent("download");
    await press(page, main(page).getByRole("button", { name: /^Export 1 identity store$/ }));
    const file = await (await saved).path();
    await goTo(page, "Identity stores");
    await page.getByRole("button", { name: "Actions for Contoso HQ" }).click();
    await page.getByRole("menuitem", { name: "Rename…" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Contoso Head Office");
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await page.getByRole("button", { name: "Actions for Contoso Head Office" }).click();
    await page.getByRole("menuitem", { name: "Compare" }).click();
    const chooser = page.waitForEvent("filechooser");
    await button(page, "Take a handed-over file…").click();
    await (await chooser).setFiles({ name: "hq.json", mimeType: "application/json", buffer: await readFile(file) });
    await press(page, button(page, "Open"));
    await expect(side(page, "Right")).toHaveValue("bundle");
    await press(page, button(page, "Compare"));
    await expect(difference(page, "Name")).toContainText("Contoso Head Office");
    await expect(difference(page, "Name")).toContainText("different");
    await lookEverywhere(page, "comparison-file");

    await goTo(page, "History");
    await main(page).getByRole("link", { name: "Compare revision 1 with what is saved" }).click();
    await expect(difference(page, "Messaging provider")).toContainText("only right");
    await expect(side(page, "Left")).toHaveValue("1");
  });
});
