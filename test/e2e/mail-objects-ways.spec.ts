/** The ways to mail objects besides the worked example, in the practice organisation: a file, what the directory holds, undoing, rehearsing, and stores without mail servers. */
import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { chooseProvider, configureExchange, createStore, DETECTION_MS, row, saveWizard } from "./console-page.ts";
import { button, find, GROUPS, main, makeObject, openJournal, openMailObjects, pasteLines, planNew } from "./mail-page.ts";
import type { Subject } from "./organisations.ts";
import { inPracticeConsole } from "./practice-console.ts";
import { take, withPractice } from "./running-practice.ts";

/** The page of mail objects of an Exchange store whose two servers are online. */
async function openExchange(page: Page, subject: Subject): Promise<void> {
  await configureExchange(page, "Contoso HQ", subject);
  for (const server of ["exa", "exb"]) await expect(row(page, subject.nameOf(server))).toContainText("Online", { timeout: DETECTION_MS });
  await openMailObjects(page);
}

const container = (page: Page) => main(page).getByRole("textbox", { name: /^Container/ });
const result = (page: Page) => main(page).getByRole("table", { name: "Objects of the file" });
const objectsFound = (page: Page) => main(page).getByRole("table", { name: "Objects found" });

/** The file of results as a spreadsheet reads it. */
async function savedResult(page: Page): Promise<readonly Readonly<Record<string, string>>[]> {
  const saved = page.waitForEvent("download");
  await button(page, "Save the result").click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe("pasted-result.csv");
  return parse<Record<string, string>>(await readFile(await download.path(), "utf8"), { bom: true, columns: true });
}

test("from a file: a refused line holds everything back until it is mended; then all of it is made, and the result can be kept", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject, host }) => {
    await openExchange(page, subject);
    await main(page).getByRole("tab", { name: "From a file" }).click();
    await container(page).fill(GROUPS);
    const password = "First-Time-Around-7";
    const groups = ["Accounts", "Bookings", "Catering", "Dispatch", "Events"].map((name) => `group,${name},,`);
    const lines = ["Type,Name,Container,First password", ...groups, `mailbox,Uma User,"OU=People,DC=contoso,DC=lab",${password}`];
    await pasteLines(page, [...lines, "bird,Sparrow,,"]);
    const refused = main(page).getByRole("table", { name: "Refused lines" });
    await expect(refused.getByRole("row")).toHaveCount(2);
    await expect(refused.getByRole("row").last()).toContainText("8Sparrow");
    await expect(main(page)).toContainText("1 line cannot be done as it is. Nothing is written until it is mended in the file.");
    await expect(button(page, "Make 7 objects")).toBeDisabled();

    await button(page, /^Remove /).click();
    await container(page).fill(GROUPS);
    await pasteLines(page, lines);
    await expect(main(page)).toContainText("Every line can be done.");
    await button(page, "Make 6 objects").click();
    await expect(main(page).getByText("Done: 6")).toBeVisible({ timeout: DETECTION_MS });
    await expect(result(page).getByRole("row")).toHaveCount(7);

    const saved = await savedResult(page);
    expect(saved.map((line) => [line["Name"], line["State"], line["Done by"]])).toEqual(
      ["Accounts", "Bookings", "Catering", "Dispatch", "Events", "Uma User"].map((name) => [name, "Done", subject.nameOf("exb")]),
    );
    expect(saved[0]).toMatchObject({ Type: "Distribution group", Address: "accounts@contoso.lab", "Directory object": `CN=Accounts,${GROUPS}`, Why: "" });
    expect(saved[5]).toMatchObject({ Type: "User with a mailbox", "Directory object": "CN=Uma User,OU=People,DC=contoso,DC=lab" });
    expect(JSON.stringify(saved)).not.toContain(password);
    expect(host.output()).not.toContain(password);
  });
});

test("a file of 40 groups is cancelled between two of them, and goes on with what was not begun", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject, data }) => {
    await openExchange(page, subject);
    await withPractice(data, async (client) => take(await client.practice.run({ verb: "slow", target: "exb", argument: "0.5" })));
    await main(page).getByRole("tab", { name: "From a file" }).click();
    await container(page).fill(GROUPS);
    const names = Array.from({ length: 40 }, (_none, index) => `Team ${String(index + 1).padStart(2, "0")}`);
    await pasteLines(page, ["Name", ...names]);
    await button(page, "Make 40 objects").click();
    await expect(main(page).getByText(/^[3-9] of 40 objects worked on/)).toBeVisible({ timeout: DETECTION_MS });
    await button(page, "Cancel: Mail objects of pasted.csv").click();
    await expect(button(page, "Go on")).toBeVisible({ timeout: DETECTION_MS });
    const before = await savedResult(page);
    expect(before.map((line) => line["Name"])).toEqual(names);
    const done = before.filter((line) => line["State"] === "Done").length;
    expect(done).toBeGreaterThanOrEqual(3);
    expect(done).toBeLessThan(40);
    expect(before.slice(done + 1).every((line) => line["What was tried"] === "")).toBe(true);

    await subject.run("up", "exb");
    await button(page, "Go on").click();
    await expect(main(page).getByText("Done: 40")).toBeVisible({ timeout: DETECTION_MS });
    await expect(button(page, "Go on")).toHaveCount(0);
    const after = await savedResult(page);
    expect(after.map((line) => [line["Name"], line["State"]])).toEqual(names.map((name) => [name, "Done"]));
    // What was done before is not done again.
    expect(after.slice(0, done)).toEqual(before.slice(0, done));
  });
});

test("what the directory holds is found, disabled and mail-enabled again", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject }) => {
    await openExchange(page, subject);
    await container(page).fill(GROUPS);
    await makeObject(page, "Reception");
    await main(page).getByRole("tab", { name: "Find, enable or disable" }).click();
    await find(page, "recep");
    await expect(objectsFound(page)).toContainText("reception@contoso.lab");

    await button(page, "Disable Reception").click();
    await button(page, "Show the plan").click();
    await button(page, "Disable it").click();
    const question = page.getByRole("alertdialog", { name: "Take the mail part of Reception away?" });
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(question).toBeHidden();
    await button(page, "Disable it").click();
    await question.getByRole("button", { name: "Disable it" }).click();
    await expect(main(page)).toContainText("The group is no longer mail-enabled.", { timeout: DETECTION_MS });
    await button(page, "Next object").click();
    await expect(objectsFound(page)).toContainText("not mail-enabled");

    await button(page, "Mail-enable Reception").click();
    await main(page).getByRole("textbox", { name: /^Alias/ }).fill("front-desk");
    await button(page, "Show the plan").click();
    await button(page, "Mail-enable it").click();
    await expect(main(page)).toContainText("The group is mail-enabled.", { timeout: DETECTION_MS });
    await button(page, "Back to the list").click();
    await expect(objectsFound(page)).toContainText("front-desk@contoso.lab");
    // By address and by distinguished name as well.
    for (const text of ["front-desk@contoso.lab", `CN=Reception,${GROUPS}`]) {
      await find(page, text);
      await expect(objectsFound(page).getByRole("row")).toHaveCount(2);
    }
  });
});

test("a half-done group is undone after a question, and is gone from the directory", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject }) => {
    await openExchange(page, subject);
    await container(page).fill(GROUPS);
    for (const server of ["exa", "exb"]) await subject.run("refuses-sessions", server);
    await makeObject(page, "Finance");
    await expect(main(page)).toContainText("The group is in the directory, but not mail-enabled.");

    await openJournal(page);
    await button(page, "Undo Finance").click();
    const question = page.getByRole("alertdialog", { name: "Delete Finance from the directory?" });
    await expect(question).toContainText(`The group was put into the directory and has no mail part. To undo deletes it there: CN=Finance,${GROUPS}.`);
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(question).toBeHidden();
    await expect(main(page).getByText("Half done", { exact: true }).last()).toBeVisible();
    await button(page, "Undo Finance").click();
    await question.getByRole("button", { name: "Delete" }).click();
    await expect(main(page)).toContainText("The group was taken out of the directory again.", { timeout: DETECTION_MS });
    for (const name of ["Undo Finance", "Finish now: Finance"]) await expect(button(page, name)).toHaveCount(0);

    await page.getByRole("navigation").getByRole("link", { name: "Identity stores" }).first().click();
    await page.getByRole("link", { name: "Contoso HQ" }).click();
    await openMailObjects(page);
    await main(page).getByRole("tab", { name: "Find, enable or disable" }).click();
    await find(page, "Finance");
    await expect(main(page)).toContainText("Nothing found");
  });
});

test("a plan can be rehearsed with servers that fail, and be had as PowerShell, without anything being done", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject }) => {
    const [exa, exb] = [subject.nameOf("exa"), subject.nameOf("exb")];
    await openExchange(page, subject);
    await container(page).fill(GROUPS);
    await planNew(page, "Planning");
    await button(page, "What if servers fail?").click();
    const moves = main(page).getByRole("list", { name: "What would happen" }).getByRole("listitem");
    await main(page).getByRole("combobox", { name: exb }).selectOption({ label: "refuses sessions" });
    await button(page, "Rehearse").click();
    await expect(moves.nth(1)).toContainText(`${exb} is asked: could not be reached, so the next one is tried`);
    await expect(moves.nth(2)).toContainText(`${exa} is asked: done`);
    await expect(main(page)).toContainText(`Done by ${exa} after`);
    await main(page).getByRole("combobox", { name: exa }).selectOption({ label: "refuses sessions" });
    await button(page, "Rehearse").click();
    await expect(main(page)).toContainText("Half done after");

    // The machine's clipboard belongs to everyone: the page's is asked what it was given.
    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: (text: string) => Promise.resolve(void (document.title = text)) } }));
    await button(page, "Show the PowerShell").click();
    const shown = await main(page).getByRole("region", { name: "Equivalent PowerShell" }).locator("pre").innerText();
    await button(page, "Copy the PowerShell").click();
    await expect(button(page, "Copied")).toBeVisible();
    expect((await page.evaluate(() => document.title)).replaceAll(/\s+/g, " ")).toBe(shown.replaceAll(/\s+/g, " ").trim());
    expect(shown).toContain("New-ADGroup");
    expect(shown).toContain("Enable-DistributionGroup");
    expect(shown).not.toContain(subject.password);

    await main(page).getByRole("tab", { name: "Find, enable or disable" }).click();
    await find(page, "Planning");
    await expect(main(page)).toContainText("Nothing found");
    await openJournal(page);
    await expect(main(page)).toContainText("Nothing has been done with mail objects yet");
  });
});

test("a store whose provider is None makes nothing, and says why", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject, data }) => {
    await createStore(page, "Branch 7", subject);
    await chooseProvider(page, "None");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("button", { name: "Next" }).click();
    await saveWizard(page);
    await openMailObjects(page);
    const sentence = "The messaging provider of this identity store is None: no mail-enabled object is made in it.";
    await expect(main(page)).toContainText(sentence);
    await expect(main(page).getByRole("textbox")).toHaveCount(0);
    await expect(main(page).getByRole("tab")).toHaveCount(0);

    // Nor does it for who asks past the page.
    await withPractice(data, async (client) => {
      const [storeId = ""] = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/.exec(page.url()) ?? [];
      const request = { action: "create", type: "distribution-group", name: "Nobody", container: GROUPS, identity: null, alias: "nobody", address: null, externalAddress: null, accountName: "Nobody" } as const;
      expect(await client.mailObjects.plan({ storeId, request, ask: true })).toMatchObject({ ok: false, fault: { kind: "unsupported", why: "no-mail-system" } });
    });
    await openJournal(page);
    await expect(main(page)).toContainText("Nothing has been done with mail objects yet");
  });
});

test("with Other a contact is made with its attributes in the directory, and no server is asked", async ({ page }) => {
  await inPracticeConsole(page, async ({ subject }) => {
    await createStore(page, "Contoso groups", subject);
    await chooseProvider(page, "Other");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("textbox", { name: "Domain name" }).fill("mail.contoso.lab");
    await page.getByRole("textbox", { name: "Maximum length allowed for email alias" }).fill("20");
    await page.getByRole("textbox", { name: "Email alias regular expression" }).fill("^[a-z0-9._-]+$");
    await page.getByRole("button", { name: "Next" }).click();
    await saveWizard(page);
    await openMailObjects(page);
    await main(page).getByRole("combobox", { name: "Type" }).selectOption({ label: "Mail contact" });
    await container(page).fill(GROUPS);
    await main(page).getByRole("textbox", { name: /^Alias/ }).fill("Pia!");
    await planNew(page, "Pia Partner", { "External address": "pia@partner.example" });
    await expect(button(page, "Make it")).toBeDisabled();
    await planNew(page, "Pia Partner", { Alias: "pia.partner" });
    await button(page, "Show the PowerShell").click();
    await expect(main(page).getByRole("region", { name: "Equivalent PowerShell" })).toContainText("targetAddress");
    await button(page, "Make it").click();
    await expect(main(page)).toContainText("The contact is in the directory and mail-enabled.", { timeout: DETECTION_MS });
    await expect(main(page)).toContainText("Address: pia.partner@mail.contoso.lab");
    await expect(main(page).getByRole("list", { name: "What was tried with Pia Partner" })).toContainText("dc1.contoso.lab has it as it is wanted");

    await main(page).getByRole("tab", { name: "Find, enable or disable" }).click();
    // By an address that stands in the directory's attributes alone, never in the object's name.
    await find(page, "pia.partner@mail.contoso.lab");
    await expect(objectsFound(page).getByRole("row").last()).toContainText("Mail contact");
    await expect(objectsFound(page)).toContainText("pia.partner@mail.contoso.lab");
    await expect(button(page, "Disable Pia Partner")).toBeVisible();
  });
});
