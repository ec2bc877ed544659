/** Loading the page again on the loopback host: the tab goes on, and nothing else comes in with what it left behind. */
import { expect, test } from "@playwright/test";
import { openConsole } from "./console-page.ts";
import { startHost, temporaryFolder } from "./host-process.ts";

test("the same tab goes on after a reload, and another tab does not", async ({ page, context }) => {
  const data = temporaryFolder();
  const start = () => startHost("out/main/loopback.js", ["--no-open", "--data", data.path]);
  const heading = page.getByRole("heading", { level: 1, name: "Identity stores" });
  let host = await start();
  try {
    await openConsole(page, host.address);
    expect(page.url()).not.toContain("code=");
    await page.reload();
    await expect(heading).toBeVisible();
    await page.reload();
    await expect(heading).toBeVisible();

    const another = await context.newPage();
    await another.goto(new URL("/", host.address).href);
    await expect(another.getByText("This page needs a new address")).toBeVisible();
    await another.goto("about:blank");
    await another.goto(host.address);
    await expect(another.getByText("This address was already used")).toBeVisible();

    const kept = await page.evaluate(() => JSON.stringify(Object.entries(window.sessionStorage)));
    expect(kept).not.toContain(new URL(host.address).hash.slice("#code=".length));
    await host.kill("SIGKILL");
    host = await start();
    const fresh = new URL("/", host.address).href;
    await another.goto(fresh);
    await another.evaluate((entries) => {
      const parsed: readonly (readonly [string, string])[] = JSON.parse(entries);
      for (const [key, value] of parsed) window.sessionStorage.setItem(key, value);
    }, kept);
    await another.reload();
    await expect(another.getByText("This page needs a new address")).toBeVisible();
    expect(await another.evaluate(() => window.sessionStorage.length)).toBe(0);
  } finally {
    await host.kill("SIGKILL");
    data.remove();
  }
});
