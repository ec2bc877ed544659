/** Long lists: 1,002 servers, 300 identity stores and 100,000 names in the built console, each list's first paint beside a plain HTML table's. */
import { chromium, type Browser } from "@playwright/test";
import { listenToCalls } from "../lab/wire-calls.ts";
import { SERVERS, startLargeConsole, STORES } from "./lists-console.ts";
import { firstPaint, watchPage } from "./lists-page.ts";
import { servePlain } from "./lists-peer.ts";
import { listServersAnew, stepThroughNames, stepThroughServers, stepThroughStores, type Bench, type Figures } from "./lists-steps.ts";
import type { BenchResult } from "./main.ts";
import { inTurn, median } from "./paired-runs.ts";

const ROUNDS = 3;
/** Rows of a judged list that are asked for at once. */
const NAMES = 100;

/** As many cells a row as the console's lists show. */
const plainLists = {
  servers_open: Array.from({ length: SERVERS }, (_none, index) => [`server ${index}`, "on", String(index + 1), "Online", "12 ms", "3 min", "2016", "HQ", "10:00", "10:01"]),
  stores_open: Array.from({ length: STORES }, (_none, index) => [`store ${index}`, "Active Directory", "contoso.lab", "Exchange 2016", "Saved", "none"]),
  names_judge: Array.from({ length: NAMES }, (_none, index) => [`name ${index}`, String(index), "Fits", "user", ""]),
} as const;

async function newPage(browser: Browser) {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await watchPage(page);
  return page;
}

/** Medians by name. */
function mediansOf(rounds: readonly Figures[]): Figures {
  const all = [...new Set(rounds.flatMap((figures) => [...figures.keys()]))];
  return new Map(all.map((name) => [name, median(rounds.map((figures) => figures.get(name) ?? 0))]));
}

/** The most of all rounds, over every figure whose name ends so. */
function mostOf(rounds: readonly Figures[], ending: string): number {
  return Math.max(...rounds.flatMap((figures) => [...figures].filter(([name]) => name.endsWith(ending)).map(([, value]) => value)));
}

const rounded = (value: number) => Math.round(value * 100) / 100;

/** Goal: no task over 100 ms, first paint of each list under 150 ms after its data, less than 2 KB for a tick. */
export async function run(): Promise<BenchResult> {
  const subject = await startLargeConsole();
  const plain = await servePlain(plainLists);
  const browser = await chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await newPage(browser);
    const called = listenToCalls(page);
    await page.goto(subject.address);
    await page.waitForSelector("main [role=gridcell]");
    const peer = await newPage(browser);
    await peer.goto(plain.address);
    let round = 0;
    const ours = async (): Promise<Figures> => {
      round += 1;
      const bench: Bench = { page, subject, called, figures: new Map() };
      await stepThroughStores(bench);
      await stepThroughServers(bench);
      await listServersAnew(bench, `Contoso ${round}`);
      await stepThroughNames(bench);
      return bench.figures;
    };
    const theirs = async (): Promise<Figures> => {
      const figures: Figures = new Map();
      for (const [name, [[text = ""] = []]] of Object.entries(plainLists)) {
        const ask = () => peer.evaluate((list) => window.askPlain(list), name);
        figures.set(`${name}_paint_ms`, await firstPaint(peer, { message: text, cell: "td", row: text }, ask));
      }
      return figures;
    };
    const measured = await inTurn(ROUNDS, ours, theirs);
    const [our, their] = [mediansOf(measured.ours), mediansOf(measured.peer)];
    const [oursMs, peerMs] = [our, their].map((figures) => figures.get("servers_open_paint_ms") ?? 0);
    if (oursMs === undefined || peerMs === undefined) throw new Error("nothing was measured");
    const peers = [...their].map(([name, value]) => [name.replace("_paint_", "_peer_"), value] as const);
    const most = [
      ["most_task_ms", mostOf(measured.ours, "_task_ms")],
      ["most_host_ms", mostOf(measured.ours, "_host_ms")],
    ] as const;
    const more = Object.fromEntries([...most, ...our, ...peers].map(([name, value]) => [name, rounded(value)]));
    return { name: "lists", ours_ms: rounded(oursMs), peer: "the same 1,002 servers as a plain HTML table", peer_ms: rounded(peerMs), ratio: rounded(oursMs / peerMs), more };
  } finally {
    await browser.close();
    plain.stop();
    await subject.stop();
  }
}
