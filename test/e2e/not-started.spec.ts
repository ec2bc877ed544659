/** A console that cannot be started: the browser that was opened for it says why, and the process ends. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { startHost, temporaryFolder } from "./host-process.ts";

test("the page says what the terminal says", async ({ page }) => {
  const data = temporaryFolder();
  // No file that anybody could read as a database.
  mkdirSync(path.join(data.path, "messaging-console.db"));
  // Without a PATH there is no browser to open: this test's is the one.
  const host = await startHost("out/main/loopback.js", ["--data", data.path], { PATH: "" });
  try {
    await page.goto(host.address);
    await expect(page.getByRole("heading", { level: 1, name: "The console could not be started" })).toBeVisible();
    const reason = await page.locator("main p").innerText();
    expect(reason.length).toBeGreaterThan(20);
    await expect.poll(() => host.output()).toContain(`could not be started: ${reason}`);
    await expect.poll(() => host.exitCode(), { timeout: 30_000 }).toBe(1);
  } finally {
    await host.kill("SIGKILL");
    data.remove();
  }
});
