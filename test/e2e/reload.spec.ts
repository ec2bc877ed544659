/** What people do to a tab on the loopback host: the console is still there afterwards, and nobody else comes in by it. */
import { expect, test, type BrowserContext, type Page } from "@playwright/test";
import { openConsole } from "./console-page.ts";
import { startHost, temporaryFolder, type HostProcess } from "./host-process.ts";

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const link = (page: Page, name: string) => page.getByRole("link", { name });

async function withConsole(page: Page, work: (host: HostProcess, start: () => Promise<HostProcess>) => Promise<void>): Promise<void> {
  const data = temporaryFolder();
  const hosts: HostProcess[] = [];
  const start = async () => {
    const host = await startHost("out/main/loopback.js", ["--no-open", "--data", data.path]);
    hosts.push(host);
    return host;
  };
  try {
    const host = await start();
    await openConsole(page, host.address);
    await work(host, start);
  } finally {
    for (const host of hosts) await host.kill("SIGKILL");
    data.remove();
  }
}

/** The tab that an action opens. */
async function newTab(context: BrowserContext, action: () => Promise<void>): Promise<Page> {
  const opened = context.waitForEvent("page");
  await action();
  return opened;
}

test("the same tab goes on after a reload, and no other browser does", async ({ page, browser }) => {
  await withConsole(page, async (host, start) => {
    expect(page.url()).not.toContain("code=");
    await page.reload();
    await expect(heading(page, "Identity stores")).toBeVisible();
    await page.reload();
    await expect(heading(page, "Identity stores")).toBeVisible();

    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(new URL("/", host.address).href);
    await expect(stranger.getByText("This page needs a new address")).toBeVisible();
    await expect(stranger.getByText("Press Enter in the window where you started the console")).toBeVisible();
    await stranger.goto("about:blank");
    await stranger.goto(host.address);
    await expect(stranger.getByText("This address was already used")).toBeVisible();

    const kept = await page.evaluate(() => JSON.stringify(Object.entries(window.sessionStorage)));
    expect(kept).not.toContain(new URL(host.address).hash.slice("#code=".length));
    await host.kill("SIGKILL");
    const next = await start();
    await stranger.goto(new URL("/", next.address).href);
    await stranger.evaluate((entries) => {
      const parsed: readonly (readonly [string, string])[] = JSON.parse(entries);
      for (const [key, value] of parsed) window.sessionStorage.setItem(key, value);
    }, kept);
    await stranger.reload();
    await expect(stranger.getByText("This page needs a new address")).toBeVisible();
    expect(await stranger.evaluate(() => window.sessionStorage.length)).toBe(0);
    await stranger.context().close();
  });
});

test("one Back too many and Forward again come back to a console that works", async ({ page }) => {
  await page.goto("about:blank");
  await withConsole(page, async () => {
    await link(page, "Expiry").click();
    await expect(heading(page, "Expiry")).toBeVisible();
    await page.goBack();
    await expect(heading(page, "Identity stores")).toBeVisible();
    await page.goBack();
    expect(page.url()).toBe("about:blank");
    await page.goForward();
    await expect(heading(page, "Identity stores")).toBeVisible();
    await link(page, "Activity").click();
    await expect(heading(page, "Activity")).toBeVisible();
  });
});

test("a link opens in a new tab by Ctrl, by the middle button and by its address, and each tab works on its own", async ({ page, context }) => {
  await withConsole(page, async (host) => {
    const tabs = [
      await newTab(context, () => link(page, "Expiry").click({ modifiers: ["Control"] })),
      await newTab(context, () => link(page, "Expiry").click({ button: "middle" })),
      await newTab(context, () => page.evaluate(() => void window.open(`${window.location.origin}/#/expiry`, "_blank", "noopener"))),
    ];
    for (const tab of tabs) {
      await expect(heading(tab, "Expiry")).toBeVisible();
      expect(tab.url()).not.toContain("code=");
      await tab.reload();
      await expect(heading(tab, "Expiry")).toBeVisible();
    }
    await expect(heading(page, "Identity stores")).toBeVisible();
    expect(host.output()).not.toContain("invit");
  });
});

test("a file or link that is dropped beside its place changes nothing", async ({ page }) => {
  await withConsole(page, async () => {
    const refused = await page.evaluate(() => {
      const dragged = new DataTransfer();
      dragged.items.add(new File(["x"], "page.html", { type: "text/html" }));
      return ["dragover", "drop"].map((kind) => {
        const event = new DragEvent(kind, { dataTransfer: dragged, bubbles: true, cancelable: true });
        document.querySelector("main h1")?.dispatchEvent(event);
        return event.defaultPrevented;
      });
    });
    expect(refused).toEqual([true, true]);
  });
});
