/** Starts the saving process of child.ts and collects what it says. */
import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";

export interface SavingProcess {
  readonly child: ChildProcess;
  /** Resolves once it has said so many lines (the first when it has opened the store), or has ended. */
  said(lines: number): Promise<void>;
  /** Every whole line it said, once it has ended; rejects when it failed by itself. */
  readonly lines: Promise<readonly string[]>;
}

export function startSaving(orders: {
  readonly folder: string;
  /** Whether it saves in the team's database that the file belongs to. */
  readonly team?: boolean;
  readonly storeId: string;
  readonly who: string;
  readonly saves: number | null;
  readonly servers: number;
  readonly drafts: boolean;
  /** A folder where Node keeps compiled code, which makes many starts quicker. */
  readonly compileCache?: string;
}): SavingProcess {
  const script = path.join(import.meta.dirname, "child.ts");
  const env = orders.compileCache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: orders.compileCache };
  const child = spawn(process.execPath, [script, JSON.stringify(orders)], { stdio: ["ignore", "pipe", "pipe"], env });
  let output = "";
  let failure = "";
  let heard = Promise.withResolvers<void>();
  const tell = () => {
    heard.resolve();
    heard = Promise.withResolvers();
  };
  // The part after the last line end is a line that the kill cut short: nothing was acknowledged by it.
  const whole = () => output.split("\n").slice(0, -1);
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
    tell();
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (failure += chunk));
  const { promise: lines, resolve, reject } = Promise.withResolvers<readonly string[]>();
  child.on("close", (code, signal) => {
    tell();
    if (code === 0 || signal === "SIGKILL") resolve(whole());
    else reject(new Error(`the saving process ended with ${code}: ${failure}`));
  });
  const said = async (count: number) => {
    while (child.exitCode === null && child.signalCode === null && whole().length < count) await heard.promise;
  };
  return { child, said, lines };
}
