/**
 * Servers as sites have them: their certificate is for mail and autodiscover, so that they are Online with a finding; and
 * what comes instead of Exchange's page is told as what it is.
 * Against a real directory too, which the servers are listed from.
 */
import { expect, test } from "@playwright/test";
import { configureExchange, DETECTION_MS, openConsole, row } from "./console-page.ts";
import { temporaryFolder } from "./host-process.ts";
import { subjects } from "./organisations.ts";

/** By verb: what the row says. */
const offline = [
  ["drain", "Health check: maintenance, or a component set Inactive"],
  ["proxy-page", "another page: “Access blocked by the web filter”"],
  ["redirect", "redirected to https://sso.contoso.lab/adfs/ls/"],
  ["other-server", "expool2.contoso.lab answers instead"],
] as const;

for (const { name, start, skip } of subjects) {
  test(`Online with a finding, Offline in words of its own, against ${name}`, async ({ page }) => {
    test.skip(skip, "needs Samba, and root for its ports");
    const data = temporaryFolder();
    const subject = await start();
    const host = await subject.startConsole(data.path);
    const [exa, exb] = [subject.nameOf("exa"), subject.nameOf("exb")];
    try {
      await openConsole(page, host.address);
      await configureExchange(page, "Contoso HQ", subject);
      for (const server of [exa, exb]) {
        await expect(row(page, server)).toContainText("Online", { timeout: DETECTION_MS });
        await expect(row(page, server)).toContainText("certificate for another name");
      }
      await expect(page.getByText(/New mail objects go to EXB first; if it fails, EXA\./)).toBeVisible();
      await row(page, exa).getByRole("button", { name: `certificate for another name: what to know about ${exa}` }).click();
      const ladder = page.getByRole("dialog", { name: `What to know about ${exa}` });
      await expect(ladder).toContainText("is for other names: mail.contoso.lab, autodiscover.contoso.lab.");
      await expect(ladder).toContainText("Nothing needs to be done.");
      await ladder.getByRole("button", { name: "Close" }).click();
      for (const [verb, words] of offline) {
        await subject.run(verb, "exb");
        await expect(row(page, exb)).toContainText(words, { timeout: DETECTION_MS });
        await expect(row(page, exb)).toContainText("Offline", { timeout: DETECTION_MS });
      }
      await expect(page.getByText(/EXB is tried last: offline for/)).toBeVisible();
    } finally {
      await host.kill();
      await subject.dispose();
      data.remove();
    }
  });
}
