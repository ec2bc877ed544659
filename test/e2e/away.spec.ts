/** While the console's service cannot be heard, and where a part of the page cannot be had: what is shown, what is pressed, what stays. */
import { expect, test, type Page } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { chooseProvider, configureExchange, createStore, DETECTION_MS, openConsole, row } from "./console-page.ts";
import { startHost, temporaryFolder } from "./host-process.ts";
import { look } from "./look.ts";
import { practiceOrganisation } from "./organisations.ts";
import { take, withPractice } from "./running-practice.ts";

const banner = (page: Page) => page.getByRole("region", { name: "Important" });

test("a service that hangs is noticed, no state passes for today's, nothing pressed runs later, and what is typed stays", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const server = row(page, subject.nameOf("exa"));
  const username = page.getByRole("textbox", { name: "User name" });
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  try {
    await openConsole(page, host.address);
    await configureExchange(page, "Contoso HQ", subject);
    await expect(server).toContainText("Online", { timeout: DETECTION_MS });

    host.hang();
    await expect(banner(page)).toContainText(/The console's service does not answer\. What you see is from \d\d:\d\d, just now\./, { timeout: 30_000 });
    await expect(server).toContainText(/Unknown.*last known as Online at \d\d:\d\d, just now/);
    await button("Test connection").click();
    await expect(page.getByRole("group", { name: "The console's service does not answer, so nothing was done." })).toBeVisible();
    await username.fill("CONTOSO\\typed-meanwhile");
    await button("Save").click();
    await expect(page.getByRole("dialog")).toContainText("nothing was done");
    await page.keyboard.press("Escape");
    await look(page, "away");
    await page.setViewportSize({ width: 320, height: 640 });
    await look(page, "away-small");
    await page.setViewportSize({ width: 1024, height: 768 });

    host.goOn();
    await expect(banner(page)).toBeHidden({ timeout: 30_000 });
    await expect(server).toContainText("Online", { timeout: DETECTION_MS });
    await expect(username).toHaveValue("CONTOSO\\typed-meanwhile");
    await expect(page.getByText(/^Draft saved/)).toBeVisible({ timeout: 20_000 });
    // The Save that was pressed meanwhile was refused for good.
    await page.getByRole("link", { name: "History", exact: true }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Keep draft" }).click();
    const revisions = page.getByRole("list", { name: "Revisions" }).getByRole("listitem").filter({ hasText: /^Revision \d/ });
    await expect(revisions).toHaveCount(2);
    await expect(revisions.filter({ hasText: "typed-meanwhile" })).toHaveCount(0);
  } finally {
    await host.kill("SIGKILL");
    data.remove();
  }
});

/** What has the focus, and how far its list is scrolled, as the same things later. */
async function placeOf(page: Page): Promise<() => Promise<{ readonly isSameFocus: boolean; readonly scrolledBy: number }>> {
  const before = await page.evaluateHandle(() => ({ active: document.activeElement, top: document.querySelector("[role=grid]")?.parentElement?.scrollTop ?? 0 }));
  return () => before.evaluate(({ active, top }) => ({ isSameFocus: document.activeElement === active, scrolledBy: (document.querySelector("[role=grid]")?.parentElement?.scrollTop ?? 0) - top }));
}

test("a list that is sent anew after a break stays where it was: focus, scroll and search", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  const grid = page.getByRole("grid", { name: "Identity stores" });
  const create = (names: readonly string[]) =>
    withPractice(data.path, async (client) => {
      for (const name of names) take(await client.stores.create({ name, connection: { kind: "entra-id", cloud: "worldwide", tenant: "contoso.example" }, password: null }));
    });
  try {
    await create(Array.from({ length: 150 }, (_, index) => `Branch ${index + 100}`));
    await openConsole(page, host.address);
    await expect(grid).toHaveAttribute("aria-rowcount", "151");
    await page.keyboard.press("Control+f");
    await page.keyboard.type("branch");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Control+End");
    await expect(page.locator(":focus")).toBeInViewport();
    await expect(grid.getByRole("row").last()).toContainText("Branch 249");
    const now = await placeOf(page);

    host.hang();
    await expect(banner(page)).toBeVisible({ timeout: 30_000 });
    expect(await now()).toEqual({ isSameFocus: true, scrolledBy: 0 });
    host.goOn();
    await expect(banner(page)).toBeHidden({ timeout: 30_000 });
    // The list is live again, which it is from a new snapshot on.
    await create(["Branch last"]);
    await expect(grid).toHaveAttribute("aria-rowcount", "152");
    expect(await now()).toEqual({ isSameFocus: true, scrolledBy: 0 });
    await expect(page.getByRole("searchbox")).toHaveValue("branch");
  } finally {
    await host.kill("SIGKILL");
    await subject.dispose();
    data.remove();
  }
});

test("a page that cannot be loaded says so in the frame, and opens when it is tried again", async ({ page }) => {
  const data = temporaryFolder();
  const host = await startHost("out/main/loopback.js", ["--no-open", "--data", data.path]);
  try {
    await page.route("**/assets/expiry-page*", (route) => route.abort());
    await openConsole(page, host.address);
    await page.getByRole("link", { name: "Expiry" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "This part of the console could not be loaded." })).toBeVisible();
    await expect(page.getByRole("button", { name: "Load the page again" })).toBeVisible();
    await look(page, "part-missing");
    await page.unroute("**/assets/expiry-page*");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Expiry" })).toBeVisible();
  } finally {
    await host.kill("SIGKILL");
    data.remove();
  }
});

test("a page that throws leaves the rest of the window, and one line without a secret in the log", async ({ page }) => {
  const data = temporaryFolder();
  const host = await startHost("out/main/loopback.js", ["--no-open", "--data", data.path]);
  const logged = () => {
    const folder = path.join(data.path, "logs");
    return readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8")).join("").split("\n").filter((line) => line.includes("The page met a bug"));
  };
  try {
    const planted = `export function ExpiryPage() { throw new TypeError("Cannot use 'in' operator to search for 'a' in Pa55word!"); }`;
    await page.route("**/assets/expiry-page*", (route) => route.fulfill({ contentType: "text/javascript", body: planted }));
    await openConsole(page, host.address);
    await page.getByRole("link", { name: "Expiry" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "This part of the console stopped working." })).toBeVisible();
    await look(page, "part-broken");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "This part of the console stopped working." })).toBeVisible();
    await page.getByRole("link", { name: "Activity" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
    await expect.poll(() => logged().length).toBe(1);
    expect(logged().join("")).toContain("TypeError");
    expect(logged().join("")).not.toContain("Pa55word!");
  } finally {
    await host.kill("SIGKILL");
    data.remove();
  }
});

test("a double click on Next goes on by one step", async ({ page }) => {
  const data = temporaryFolder();
  const subject = await practiceOrganisation();
  const host = await subject.startConsole(data.path);
  try {
    await openConsole(page, host.address);
    await createStore(page, "Contoso HQ", subject);
    await chooseProvider(page, "Microsoft Exchange 2016");
    await page.getByRole("button", { name: "Next" }).dblclick();
    await expect(page.getByRole("region", { name: "Step 2 of 4" })).toBeVisible();
    await page.getByRole("button", { name: "Back" }).dblclick();
    await expect(page.getByRole("region", { name: "Step 1 of 4" })).toBeVisible();
  } finally {
    await host.kill("SIGKILL");
    data.remove();
  }
});
