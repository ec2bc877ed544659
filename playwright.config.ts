import { defineConfig } from "@playwright/test";

/** Debian's Chromium: Playwright's own download is not needed. */
export default defineConfig({
  testDir: "test/e2e",
  outputDir: ".cache/playwright",
  timeout: 180_000,
  expect: { timeout: 10_000 },
  workers: 1,
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  use: {
    viewport: { width: 1024, height: 768 },
    trace: "retain-on-failure",
    reducedMotion: "reduce",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
