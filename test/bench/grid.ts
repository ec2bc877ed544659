/** A tick of the status feed on a list of 1,000 servers: our grid, and the same rows and cells in Fluent's DataGrid, in one page. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import type { BenchResult } from "./main.ts";
import { median } from "./paired-runs.ts";

const TICKS = 6;
const WARM_UP = 1;
const ROUNDS = 2;
const page = path.join(import.meta.dirname, "grid-page.tsx");

async function buildPage(folder: string): Promise<void> {
  process.env["NODE_ENV"] = "production";
  await build({
    configFile: false,
    logLevel: "silent",
    root: import.meta.dirname,
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: false, lib: { entry: page, formats: ["es"], fileName: () => "page.js" } },
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
  });
  writeFileSync(path.join(folder, "index.html"), '<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="/page.js"></script>');
}

/** Medians of the ticks, rounds of both grids taking turns so that neither has the warmer page. */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "messaging-console-grid-"));
  await buildPage(folder);
  const server = createServer((request, response) => {
    const name = request.url === "/page.js" ? "page.js" : "index.html";
    response.setHeader("Content-Type", name === "page.js" ? "text/javascript" : "text/html");
    void readFile(path.join(folder, name)).then((bytes) => response.end(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The page's server has no port.");
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const times = { ours: [] as number[], peer: [] as number[] };
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await tab.goto(`http://127.0.0.1:${address.port}/`);
    await tab.waitForFunction("typeof measure === 'function'");
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const which of ["ours", "peer"] as const) {
        const ticks = await tab.evaluate<number[]>(`measure("${which}", ${TICKS})`);
        times[which].push(...ticks.slice(WARM_UP));
      }
    }
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const ours = median(times.ours);
  const peer = median(times.peer);
  return { name: "grid", ours_ms: ours, peer: "the same 1,000 rows in Fluent's DataGrid", peer_ms: peer, ratio: ours / peer };
}
