/** The documentation's worked example in the browser, against the practice organisation and against Samba with real PowerShell remoting: the directory first, then ExchB, on failure ExchA, and the journal for what is left. */
import { expect, test } from "@playwright/test";
import { configureExchange, DETECTION_MS, openConsole, row } from "./console-page.ts";
import { press } from "./focus.ts";
import { temporaryFolder } from "./host-process.ts";
import { button, GROUPS, main, makeObject, openJournal, openMailObjects } from "./mail-page.ts";
import { remotingSubjects } from "./organisations.ts";

for (const { name, start, skip } of remotingSubjects) {
  test(`EXB does it; with EXB down EXA does, and says why; with both down the journal finishes it once EXA is up, against ${name}`, async ({ page }) => {
    test.skip(skip !== null, skip ?? "");
    const data = temporaryFolder();
    const subject = await start();
    const host = await subject.startConsole(data.path);
    const [exa, exb] = [subject.nameOf("exa"), subject.nameOf("exb")];
    try {
      await openConsole(page, host.address);
      await configureExchange(page, "Contoso HQ", subject);
      for (const server of [exa, exb]) await expect(row(page, server)).toContainText("Online", { timeout: DETECTION_MS });
      await openMailObjects(page);
      await main(page).getByRole("textbox", { name: /^Container/ }).fill(GROUPS);

      await makeObject(page, "Sales");
      await expect(main(page)).toContainText("The group is in the directory and mail-enabled.");
      await expect(main(page)).toContainText(`${exb} did it in`);

      await subject.run("down", "exb");
      await button(page, "Next object").click();
      await makeObject(page, "Marketing");
      await expect(main(page)).toContainText(`${exb} could not be reached`);
      await expect(main(page)).toContainText(`${exa} did it in`);

      await subject.run("down", "exa");
      await button(page, "Next object").click();
      await makeObject(page, "Finance");
      await expect(main(page)).toContainText("The group is in the directory, but not mail-enabled.");

      await subject.run("up", "exa");
      await openJournal(page);
      await main(page).getByRole("combobox", { name: "State" }).selectOption({ label: "Half done" });
      await expect(main(page).getByRole("table", { name: "Journal entries, newest first" }).getByRole("row")).toHaveCount(2);
      // With the keyboard alone.
      await press(page, button(page, "Finish now: Finance"));
      await expect(main(page)).toContainText("Nothing in the journal passes the filters and the search.", { timeout: DETECTION_MS });
      await main(page).getByRole("combobox", { name: "State" }).selectOption({ label: "Done" });
      await main(page).getByRole("searchbox", { name: "Search the journal" }).fill("finance");
      await button(page, "Everything that was tried with Finance").click();
      await expect(main(page).getByRole("list", { name: "What was tried with Finance" })).toContainText(`${exa} did it in`);
    } finally {
      await host.kill();
      await subject.dispose();
      data.remove();
    }
  });
}
