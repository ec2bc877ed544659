import { defineConfig } from "@playwright/test";

/** Debian's Chromium: Playwright's own download is not needed. */
export default defineConfig({
  testDir: "test/e2e",
  outputDir: ".cache/playwright",
  // Room for a busy machine; nothing that passes waits for them.
  timeout: 600_000,
  expect: { timeout: 30_000 },
  // Most of a spec is waiting for the next check of a server: two wait at once. Each has a console and a folder of its own.
  workers: 2,
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  use: {
    actionTimeout: 60_000,
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
