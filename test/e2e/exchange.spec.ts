/**
 * "Set Microsoft Exchange as Messaging Provider", every step, against the practice organisation and against a real Active
 * Directory: list, tick, prioritise, save, restart, break, mend.
 */
import { expect, test } from "@playwright/test";
import { chooseProvider, createStore, DETECTION_MS, enterSecret, expectNotice, openConsole, openMessagingSystem, row, setPriority } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { subjects } from "./organisations.ts";

for (const { name, start, skip } of subjects) {
  test(`Exchange from domain name to saved priority, against ${name}`, async ({ page }) => {
    test.skip(skip, "needs Samba, and root for its ports");
    const data = temporaryFolder();
    const subject = await start();
    let host = await subject.startConsole(data.path);
    const exa = subject.nameOf("exa");
    const exb = subject.nameOf("exb");
    try {
      await openConsole(page, host.address);
      await createStore(page, "Contoso HQ", subject);

      await chooseProvider(page, "Microsoft Exchange 2013");
      await page.getByRole("button", { name: "Next" }).click();
      await page.getByRole("textbox", { name: "Domain name" }).fill(subject.domain);
      await page.getByRole("textbox", { name: "User name" }).fill(subject.username);
      await enterSecret(page, "Password", subject.password);
      await page.getByRole("button", { name: "Next" }).click();
      await page.getByRole("button", { name: "Sync Again" }).click();
      await expect(page.getByRole("checkbox", { name: exa })).toBeVisible();
      await expect(page.getByRole("checkbox", { name: exb })).toBeVisible();
      await expect(page.getByRole("checkbox", { name: /\.contoso\.lab$/ })).toHaveCount(2);
      await expect(page.getByText(/Exchange 2016 (is|are) not shown/)).toBeVisible();
      // One server was ticked at random; tick both, EXB first.
      await page.getByRole("checkbox", { name: exa }).check();
      await page.getByRole("checkbox", { name: exb }).check();
      await setPriority(page, exb, 1);
      await expect(row(page, exb)).toContainText("Online", { timeout: DETECTION_MS });
      await expect(row(page, exa)).toContainText("Online", { timeout: DETECTION_MS });
      await expect(page.getByText(/New mail objects go to EXB first; if it fails, EXA\./i)).toBeVisible();
      await page.getByRole("button", { name: "Next" }).click();
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await expectNotice(page, "Saved untested as revision 2");

      await host.kill("SIGKILL");
      host = await subject.startConsole(data.path);
      await page.goto("about:blank");
      await openConsole(page, host.address);
      await expect(page.getByRole("row").filter({ hasText: "Contoso HQ" })).toContainText("Microsoft Exchange 2013");
      await openMessagingSystem(page, "Contoso HQ");
      await expect(page.getByRole("textbox", { name: "Domain name" })).toHaveValue(subject.domain);
      await expect(page.getByRole("textbox", { name: "User name" })).toHaveValue(subject.username);
      await expect(page.getByText(/Set on \d{4}-\d{2}-\d{2}/).first()).toBeVisible();
      await expect(page.getByRole("checkbox", { name: exb })).toBeChecked();
      await expect(row(page, exb)).toContainText("Online", { timeout: DETECTION_MS });

      await subject.run("down", "exb");
      await expect(row(page, exb)).toContainText("Offline", { timeout: DETECTION_MS });
      await expect(row(page, exb)).toContainText("connection refused");
      await expect(page.getByText(/EXB is tried last: offline for/i)).toBeVisible();
      await subject.run("up", "exb");
      await expect(row(page, exb)).toContainText("Online", { timeout: DETECTION_MS });
      await expect(page.getByText(/New mail objects go to EXB first; if it fails, EXA\./i)).toBeVisible();
      expect(host.output()).not.toContain(subject.password);
    } finally {
      await host.kill();
      await subject.dispose();
      data.remove();
    }
  });
}
