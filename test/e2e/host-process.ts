/** A console's main process as the end-to-end tests see it: started, asked for its address, killed, started again. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

export const root = path.resolve(import.meta.dirname, "../..");

/** A running host. `address` holds a one-time code: it opens one page. */
export interface HostProcess {
  readonly address: string;
  /** Everything the process printed, for secrets that must not be there. */
  output(): string;
  readonly pid: number;
  /** Null while it runs. */
  exitCode(): number | null;
  /** Has the process hang, as one does that the system has stopped, and go on. */
  hang(): void;
  goOn(): void;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a host of the project's (relative to the root) and waits for the line with its address. It ends with who started it,
 * even where a worker of the test runner is killed and no `finally` runs. `within`: a program that becomes the host's.
 */
export async function startHost(entry: string, argv: readonly string[], environment: NodeJS.ProcessEnv = {}, within: readonly string[] = []): Promise<HostProcess> {
  const [program = process.execPath, ...words] = [...within, process.execPath, path.join(root, entry), "--end-with-stdin", ...argv];
  const child = spawn(program, words, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let printed = "";
  const collect = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const address = await waitForAddress(child, () => printed);
  return {
    address,
    output: () => printed,
    pid: child.pid ?? 0,
    exitCode: () => child.exitCode,
    hang: () => void child.kill("SIGSTOP"),
    goOn: () => void child.kill("SIGCONT"),
    kill: async (signal = "SIGTERM") => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill(signal);
      await exited;
    },
  };
}

async function waitForAddress(child: ChildProcess, printed: () => string): Promise<string> {
  const deadline = Date.now() + 180_000;
  while (Date.now() < deadline) {
    const match = /http:\/\/127\.0\.0\.1:\d+\/\S*#code=\S+/.exec(printed());
    if (match !== null) return match[0];
    if (child.exitCode !== null) throw new Error(`The host ended before it printed an address:\n${printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGKILL");
  throw new Error(`The host printed no address within three minutes:\n${printed()}`);
}

/** A data folder of its own; `remove` deletes it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), "messaging-console-"));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs the built command line with `input` on its standard input and returns what it printed; rejects when it fails. */
export async function runCommandLine(argv: readonly string[], input = ""): Promise<string> {
  const running = promisify(execFile)(process.execPath, [path.join(root, "out/main/command-line.js"), ...argv], { cwd: root });
  running.child.stdin?.end(input);
  const { stdout } = await running;
  return stdout;
}
