/** What stands on the screen before any of the console's script has run: the frame as the console draws it, and nothing that could be used. */
import { expect, test, type Page } from "@playwright/test";
import { drawnFrame } from "./console-page.ts";
import { startHost, temporaryFolder } from "./host-process.ts";

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const CONSOLE_SCRIPT = "**/assets/index-*.js";

async function withAddress(work: (address: string) => Promise<void>): Promise<void> {
  const data = temporaryFolder();
  const host = await startHost("out/main/loopback.js", ["--no-open", "--data", data.path]);
  try {
    await work(host.address);
  } finally {
    await host.kill("SIGKILL");
    data.remove();
  }
}

/** Keeps the console's script from the page until it is let go. */
async function holdScript(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(CONSOLE_SCRIPT, (route) => promise.then(() => route.continue()));
  return resolve;
}

/** Where each part of the frame is and how it looks, by what it says. */
async function look(page: Page): Promise<ReadonlyMap<string, string>> {
  const parts = await page.locator("header, header button, header > span, nav, nav a, nav svg, main, h1").evaluateAll((elements) =>
    elements.map((element, index): [string, string] => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { color, backgroundColor, fontSize, fontWeight, borderBottom, borderRadius, cursor } = getComputedStyle(element);
      const says = element.getAttribute("aria-label") ?? element.textContent;
      return [`${element.localName} ${says === "" ? index : says}`, JSON.stringify({ x, y, width, height, color, backgroundColor, fontSize, fontWeight, borderBottom, borderRadius, cursor })];
    }),
  );
  return new Map(parts.filter(([name]) => !/^(?:header|main|svg|span \d)/.test(name)));
}

for (const colorScheme of ["light", "dark"] as const)
  for (const [width, height] of [[1024, 768], [320, 640]] as const)
    test(`the frame stands before the console's script has run, as it looks afterwards: ${colorScheme}, ${width} pixels wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      const letGo = await holdScript(page);
      await withAddress(async (address) => {
        await page.goto(address, { waitUntil: "commit" });
        await expect(heading(page, "Identity stores")).toBeVisible();
        await expect(page.getByText("Messaging Console", { exact: true })).toBeVisible();
        const before = await look(page);
        expect(before.size).toBeGreaterThan(8);
        // Nothing of it can be used yet, nor takes a focus that it would lose.
        await page.keyboard.press("Tab");
        await page.mouse.click(width / 2, 8);
        await heading(page, "Identity stores").click();
        expect(await page.evaluate(() => document.activeElement?.localName)).toBe("body");
        letGo();
        await expect(drawnFrame(page)).toHaveCount(0);
        await expect(page.getByRole("heading", { name: "No identity store yet" })).toBeVisible();
        await expect(page.getByText("could not be loaded whole")).toBeHidden();
        await page.mouse.move(0, 0);
        const after = await look(page);
        expect(Object.fromEntries([...before.keys()].map((name) => [name, after.get(name)]))).toEqual(Object.fromEntries(before));
      });
    });

test("no frame stands where another page comes, or none", async ({ page }) => {
  await withAddress(async (address) => {
    const letGo = await holdScript(page);
    await page.goto(new URL("/#/expiry", address).href, { waitUntil: "commit" });
    await expect(drawnFrame(page)).toBeAttached();
    await expect(drawnFrame(page)).toBeHidden();
    letGo();
    await expect(heading(page, "This page needs a new address")).toBeVisible();
    await page.unroute(CONSOLE_SCRIPT);

    await page.route(CONSOLE_SCRIPT, (route) => route.abort());
    await page.goto("about:blank");
    await page.goto(address, { waitUntil: "commit" });
    await expect(drawnFrame(page)).toBeAttached();
    await expect(drawnFrame(page)).toBeHidden();
    // It says why there is none, and what to do.
    await expect(page.getByRole("alert").filter({ hasText: "could not be loaded whole" })).toBeVisible();
  });
});
