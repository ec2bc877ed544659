/** From starting the loopback host to the identity stores page on the screen, beside an empty React page brought up the same way. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type Browser, type BrowserContext } from "@playwright/test";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import type { BenchResult } from "./main.ts";
import { inTurn, median } from "./paired-runs.ts";

const ROUNDS = 11;
const root = path.resolve(import.meta.dirname, "../..");

/** Its heading stands in its HTML, as the console's does; React draws it again, and that it has. */
const emptyPage = {
  "index.html": '<!doctype html><link rel="icon" href="data:,"><div id="root"><h1>Empty</h1></div><script type="module" src="./main.jsx"></script>',
  "main.jsx": 'import { createRoot } from "react-dom/client";\ncreateRoot(document.getElementById("root")).render(<><h1>Empty</h1><h2>Drawn</h2></>);\n',
} as const;

/** The least that can serve a built page, in a process of its own as the host is. */
const emptyServer = `
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
const types = { ".html": "text/html", ".js": "text/javascript" };
const server = createServer((request, response) => {
  const file = path.join(process.argv[2], request.url === "/" ? "index.html" : request.url);
  response.setHeader("Content-Type", types[path.extname(file)] ?? "text/plain");
  createReadStream(file).pipe(response);
});
server.listen(0, "127.0.0.1", () => console.log("http://127.0.0.1:" + server.address().port + "/"));
`;

async function buildEmptyPage(folder: string): Promise<string> {
  mkdirSync(path.join(folder, "page"));
  for (const [name, content] of Object.entries(emptyPage)) writeFileSync(path.join(folder, "page", name), content);
  await build({
    configFile: false,
    logLevel: "silent",
    root: path.join(folder, "page"),
    plugins: [react()],
    resolve: { alias: { react: path.join(root, "node_modules/react"), "react-dom": path.join(root, "node_modules/react-dom") } },
    build: { outDir: path.join(folder, "empty") },
  });
  const server = path.join(folder, "server.mjs");
  writeFileSync(server, emptyServer);
  return server;
}

/** A program that prints its address, the heading of its page, and what stands there once the page is whole. */
interface Program {
  readonly args: readonly string[];
  readonly heading: string;
  readonly whole: string;
}

/** Milliseconds until each was on the screen. */
interface Start {
  readonly heading: number;
  readonly whole: number;
}

/**
 * Runs in the page: says when each heading was drawn, in epoch milliseconds. Who asks a page from outside learns it up to a tenth of
 * a second late, and keeps it busy meanwhile.
 */
function tellWhenDrawn(names: readonly string[]): void {
  const awaited = new Set(names);
  const look = () => {
    for (const { textContent } of document.querySelectorAll("h1, h2, h3")) {
      if (!awaited.delete(textContent)) continue;
      // Before a frame is drawn the callback runs, and after it the timer.
      requestAnimationFrame(() => setTimeout(() => console.debug(JSON.stringify({ drawn: textContent, at: performance.timeOrigin + performance.now() }))));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

/** Milliseconds from spawning the program to what is on the page. The browser runs already. */
async function timeToPage(context: BrowserContext, { args, heading, whole }: Program): Promise<Start> {
  const page = await context.newPage();
  const drawn = new Map<unknown, number>();
  const all = new Promise<void>((resolve) => {
    page.on("console", (message) => {
      if (message.type() !== "debug") return;
      const told: unknown = JSON.parse(message.text());
      if (typeof told !== "object" || told === null || !("drawn" in told) || !("at" in told)) return;
      drawn.set(told.drawn, Number(told.at));
      if (drawn.size === 2) resolve();
    });
  });
  await page.addInitScript(tellWhenDrawn, [heading, whole]);
  const started = performance.timeOrigin + performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    let printed = "";
    for await (const chunk of child.stdout) {
      printed += String(chunk);
      if (printed.includes("\n")) break;
    }
    const address = /http\S+/.exec(printed)?.[0];
    if (address === undefined) throw new Error(`no address: ${printed}`);
    await page.goto(address, { waitUntil: "commit" });
    await all;
    return { heading: (drawn.get(heading) ?? NaN) - started, whole: (drawn.get(whole) ?? NaN) - started };
  } finally {
    const exit = once(child, "exit");
    await page.close();
    child.kill("SIGTERM");
    await exit;
  }
}

/** The first start in a fresh profile, and the second in the same: the program is started anew, on a port of the system's choice. */
async function twoStarts(browser: Browser, program: Program): Promise<readonly [cold: Start, second: Start]> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 } });
  try {
    return [await timeToPage(context, program), await timeToPage(context, program)];
  } finally {
    await context.close();
  }
}

const rounded = (value: number) => Math.round(value * 100) / 100;

/** Goal: its heading on the screen after at most 1.8 times what the empty page's takes, cold, and 1.5 times at the second start. */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "mc-start-"));
  const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const server = await buildEmptyPage(folder);
    const data = path.join(folder, "data");
    const console = { args: [path.join(root, "out/main/loopback.js"), "--no-open", "--data", data], heading: "Identity stores", whole: "No identity store yet" };
    const empty = { args: [server, path.join(folder, "empty")], heading: "Empty", whole: "Drawn" };
    const rounds = await inTurn(
      ROUNDS,
      () => twoStarts(browser, console),
      () => twoStarts(browser, empty),
    );
    const [our, their] = [rounds.ours, rounds.peer].map((starts) => ({
      cold: median(starts.map(([cold]) => cold.heading)),
      whole: median(starts.map(([cold]) => cold.whole)),
      second: median(starts.map(([, second]) => second.heading)),
      secondWhole: median(starts.map(([, second]) => second.whole)),
    }));
    if (our === undefined || their === undefined) throw new Error("nothing was measured");
    return {
      name: "start",
      ours_ms: rounded(our.cold),
      peer: "empty Vite React page",
      peer_ms: rounded(their.cold),
      ratio: rounded(our.cold / their.cold),
      more: {
        whole_ours_ms: rounded(our.whole),
        whole_peer_ms: rounded(their.whole),
        second_ours_ms: rounded(our.second),
        second_peer_ms: rounded(their.second),
        second_ratio: rounded(our.second / their.second),
        second_whole_ours_ms: rounded(our.secondWhole),
        second_whole_peer_ms: rounded(their.secondWhole),
      },
    };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
