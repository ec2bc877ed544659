/** The loopback host's life: prints one line with the address, another at each Enter, and serves until it is told to end. */
import { fstatSync, readFileSync } from "node:fs";
import path from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { say } from "../../../renderer/text/text.ts";
import { systemClock } from "../shared/clock.ts";
import { practiceDirectory } from "../shared/data-directory.ts";
import { openLog } from "../shared/logger.ts";
import { pageThemeOf } from "../shared/page-theme.ts";
import type { LoopbackArguments } from "./arguments.ts";
import { openInBrowser } from "./browser.ts";
import { openFront } from "./front.ts";
import { watchIdle } from "./idle.ts";

const forcedExitAfterMs = 5_000;
/** A browser that runs already asks for the page sooner than this. */
const pageWithinMs = 150;
/** How long a browser may take to show why there is no console. */
const toldWithinMs = 15_000;
/** It asks why before it has all of the page that says so. */
const restOfPageMs = 5_000;

interface StdinListener {
  /** A pipe closed while the console runs. */
  closed(): void;
  /** Somebody pressed Enter. */
  entered(): void;
}

/**
 * Listens to a terminal, and to a pipe whose other end holds the console open. An empty device and a pipe that was closed from the
 * start are left alone: nobody is there.
 */
function watchStdin({ closed, entered }: StdinListener, endsWithPipe: boolean): { arm(): Promise<void> } {
  let armed = false;
  const whenArmed = (callback: () => void) => () => armed && callback();
  const fromPipe = endsWithPipe && isPipe(0);
  if (fromPipe) process.stdin.on("end", whenArmed(closed)).on("error", whenArmed(closed));
  if (fromPipe || isForeground()) process.stdin.on("data", whenArmed(entered));
  return {
    async arm() {
      // What is closed already shows within two turns of the event loop.
      await setImmediate();
      await setImmediate();
      armed = true;
    },
  };
}

function isPipe(descriptor: number): boolean {
  try {
    const found = fstatSync(descriptor);
    return found.isFIFO() || found.isSocket();
  } catch {
    return false;
  }
}

/** Whether a terminal is there to be read: reading it from the background would stop this process, and with it the console. */
function isForeground(): boolean {
  if (!process.stdin.isTTY) return false;
  if (process.platform !== "linux") return true;
  // After the name in brackets: state, parent, group, session, terminal and the terminal's foreground group (proc_pid_stat(5)).
  const [, , group, , , foreground] = readFileSync("/proc/self/stat", "utf8").replace(/^.*\) /s, "").split(" ");
  return group === foreground;
}

export interface HostArguments extends LoopbackArguments {
  readonly dataDirectory: string;
}

/** Runs until it is told to end, then ends the process. Throws when it cannot start at all. */
export async function runHost(args: HostArguments): Promise<void> {
  let end: (reason: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(signal));
  // A reader that went away after the first line is no reason to end.
  process.stdout.on("error", () => undefined);
  const dataDirectory = args.practice ? practiceDirectory(args.dataDirectory) : args.dataDirectory;
  const logger = openLog(dataDirectory, "loopback");
  const rendererDirectory = path.join(import.meta.dirname, "..", "renderer");
  const front = await openFront({ rendererDirectory, theme: () => pageThemeOf(dataDirectory), clock: systemClock, logger });
  let removePage: () => void = () => undefined;
  const print = () => {
    const url = front.url();
    process.stdout.write(`${say(args.withoutElectron ? "hosts.address-without-electron" : "hosts.address", { url })}\n`);
    return url;
  };
  let announced = false;
  const announce = () => {
    const url = print();
    if (isForeground()) process.stderr.write(`${say("hosts.another-address")}\n`);
    if (args.open) removePage = openInBrowser(url, args.dataDirectory);
    announced = true;
  };
  const stdin = watchStdin({ closed: () => end("stdin"), entered: () => announced && print() }, args.endWithStdin);
  await stdin.arm();
  const idle = watchIdle(systemClock, args.idleMs, () => end("idle"));
  const onConnections = (open: number) => {
    idle.connections(open);
    if (open > 0) removePage();
  };
  // The practice organisation's address also tells the command line that it can be broken and mended.
  const early = !args.practice;
  if (early) {
    announce();
    // Loading the console keeps this process busy, and a core with it. A page that comes at once is drawn first; while this loads, the browser runs its script.
    await front.pageDrawn(pageWithinMs);
  }
  const { startConsole } = await import("./console.ts");
  const started = await startConsole({ dataDirectory, rendererDirectory, practice: args.practice, logger, front, onConnections });
  if (!started.ok) {
    await import("../../../renderer/text/all-texts.ts");
    const { explain } = await import("../../../renderer/text/fault.ts");
    const { sentence, nextStep } = explain(started.fault);
    process.stderr.write(`${say("hosts.not-started", { reason: `${sentence} ${nextStep}` })}\n`);
    // A browser that was opened is told as well: the terminal may be gone by the time it is looked for.
    const told = () => front.refuse(started.fault).then(() => setTimeout(restOfPageMs));
    if (early && args.open) await Promise.race([told(), ended, setTimeout(toldWithinMs)]);
    removePage();
    process.exit(1);
  }
  if (!early) announce();
  await ended;
  idle.stop();
  removePage();
  void setTimeout(forcedExitAfterMs, null, { ref: false }).then(() => process.exit(1));
  await started.value.close();
  process.exit(0);
}
