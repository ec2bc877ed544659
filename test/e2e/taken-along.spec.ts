/** What a person takes along from the pages: every file that they save and what they copy hold no password, however it is encoded. */
import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { pythonHere, pythonWords, readZip } from "../lab/read-zip.ts";
import { configureExchange, DETECTION_MS, row } from "./console-page.ts";
import { press } from "./focus.ts";
import { button, GROUPS, main, openJournal, openMailObjects, pasteLines } from "./mail-page.ts";
import { inPracticeConsole } from "./practice-console.ts";
import { holds } from "./searches.ts";

const FIRST_PASSWORD = "First-Time-Around-7";
const STORE = "Contoso HQ";

/** Leaves the machine's clipboard, which belongs to everyone, alone. */
async function recordCopies(page: Page): Promise<() => Promise<readonly string[]>> {
  const copied = await page.evaluateHandle(() => {
    const texts: string[] = [];
    const writeText = (text: string) => Promise.resolve(void texts.push(text));
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
    return texts;
  });
  return () => copied.jsonValue();
}

/** A zip file's content as it is unpacked. */
async function savedBy(page: Page, name: string | RegExp): Promise<readonly [file: string, content: Buffer]> {
  const saving = page.waitForEvent("download");
  await press(page, button(page, name));
  const saved = await saving;
  const file = saved.suggestedFilename();
  const bytes = await readFile(await saved.path());
  const content = file.endsWith(".zip") ? Buffer.from(Object.entries(readZip(bytes)).flat().join("\n")) : bytes;
  return [file.replaceAll(/\d{4}-\d\d-\d\d/g, "DATE"), content];
}

test("no password is in a file that is saved or in what is copied", async ({ page }) => {
  test.skip(pythonHere === null, pythonWords);
  await inPracticeConsole(page, async ({ subject }) => {
    const server = subject.nameOf("exb");
    const copied = await recordCopies(page);
    const saved: (readonly [string, Buffer])[] = [];
    const save = async (...names: readonly (string | RegExp)[]) => {
      for (const name of names) saved.push(await savedBy(page, name));
    };
    const goTo = (name: string) => page.getByRole("navigation").getByRole("link", { name, exact: true }).first().click();

    await configureExchange(page, STORE, subject);
    await expect(row(page, server)).toContainText("Online", { timeout: DETECTION_MS });
    await page.getByRole("button", { name: `More actions for ${server}` }).click();
    await page.getByRole("menuitem", { name: "Copy details" }).click();

    await openMailObjects(page);
    await main(page).getByRole("tab", { name: "From a file" }).click();
    await main(page).getByRole("textbox", { name: /^Container/ }).fill(GROUPS);
    await pasteLines(page, ["Type,Name,Container,First password", "group,Accounts,,", `mailbox,Uma User,"OU=People,DC=contoso,DC=lab",${FIRST_PASSWORD}`]);
    await button(page, "Make 2 objects").click();
    await expect(main(page).getByText("Done: 2")).toBeVisible({ timeout: DETECTION_MS });
    await save("Save the result");
    await openJournal(page);
    await save("Export as CSV", "Export as JSON");

    await goTo("Handover");
    await main(page).getByRole("radio", { name: /^Without secrets/ }).check();
    await save(/^Export 1 identity store$/, /^Save the report/, "Save the probe script", "Save the script that sets them", "Save the script that puts back what was before");

    await page.getByRole("button", { name: "Settings", exact: true }).click();
    const diagnostics = main(page).getByRole("region", { name: "Diagnostics" });
    await press(page, diagnostics.getByRole("checkbox", { name: "Include names" }), "Space");
    await press(page, diagnostics.getByRole("button", { name: "List the files…" }));
    await save("Save…");

    // Each was saved whole: what is no secret is in there.
    expect(saved.map(([file, content]) => [file, [STORE, "Uma User"].some((word) => content.includes(word))])).toEqual([
      ["pasted-result.csv", true],
      ["mail-object-journal.csv", true],
      ["mail-object-journal.json", true],
      [`${STORE} DATE.json`, true],
      ["Site report DATE.html", true],
      ["Probe DATE.ps1", true],
      ["Set messaging system DATE.ps1", true],
      ["Put messaging system back DATE.ps1", true],
      ["messaging-console-diagnostics-DATE.zip", true],
    ]);
    const texts = await copied();
    expect(texts).toEqual([expect.stringContaining(server)]);
    const taken = [...saved, ...texts.map((text) => ["copied", Buffer.from(text)] as const)];
    expect(taken.flatMap(([what, content]) => [subject.password, FIRST_PASSWORD].filter((password) => holds(content, password)).map((password) => `${password} in ${what}`))).toEqual([]);
  });
});
