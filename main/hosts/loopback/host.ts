/** The loopback host's life: prints one line with the address and serves until it is told to end. */
import { fstatSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { explain } from "../../../renderer/text/fault.ts";
import { say } from "../../../renderer/text/text.ts";
import { systemClock } from "../shared/clock.ts";
import type { LoopbackArguments } from "./arguments.ts";
import { openInBrowser } from "./browser.ts";
import { startConsole } from "./console.ts";
import { watchIdle } from "./idle.ts";

const forcedExitAfterMs = 5_000;

/**
 * Calls back when a pipe on stdin closes while the console runs. A terminal, an empty device and a pipe that was closed
 * from the start are left alone: nobody holds those open.
 */
function watchStdin(callback: () => void): { arm(): Promise<void> } {
  let armed = false;
  if (isPipe(0)) {
    const closed = () => {
      if (armed) callback();
    };
    process.stdin.on("end", closed).on("error", closed).resume();
  }
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
  const stdin = args.endWithStdin ? watchStdin(() => end("stdin")) : null;
  // A reader that went away after the first line is no reason to end.
  process.stdout.on("error", () => undefined);
  let removePage: () => void = () => undefined;
  const idle = watchIdle(systemClock, args.idleMs, () => end("idle"));
  const started = await startConsole({
    dataDirectory: args.dataDirectory,
    rendererDirectory: path.join(import.meta.dirname, "..", "renderer"),
    practice: args.practice,
    onConnections: (open) => {
      idle.connections(open);
      if (open > 0) removePage();
    },
  });
  if (!started.ok) {
    const { sentence, nextStep } = explain(started.fault);
    process.stderr.write(`${say("hosts.not-started", { reason: `${sentence} ${nextStep}` })}\n`);
    process.exit(1);
  }
  const console = started.value;
  await stdin?.arm();
  const url = console.url();
  process.stdout.write(`${say(args.withoutElectron ? "hosts.address-without-electron" : "hosts.address", { url })}\n`);
  if (args.open) removePage = openInBrowser(url, args.dataDirectory);
  await ended;
  idle.stop();
  removePage();
  setTimeout(() => process.exit(1), forcedExitAfterMs).unref();
  await console.close();
  process.exit(0);
}
