/** Starts the built product's programs for tests. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../../..");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  stdout(): string;
  stderr(): string;
  /** Waits until standard output matches; fails when the program ends before. */
  until(pattern: RegExp): Promise<string>;
  ended(): Promise<Finished>;
}

/** Runs a file of the project with this Node. Standard input stays open until the test closes it. */
export function start(file: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [path.join(root, file), ...args], { cwd: root, env: { ...process.env, ...environment } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.on("error", () => undefined);
  const closed = once(child, "close");
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    async until(pattern) {
      const deadline = Date.now() + 30_000;
      while (Date.now() < deadline) {
        const found = pattern.exec(stdout)?.[0];
        if (found !== undefined) return found;
        if (child.exitCode !== null) break;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`${file} did not print ${pattern.source}:\n${stdout}${stderr}`);
    },
    async ended() {
      await closed;
      return { code: child.exitCode, stdout, stderr };
    },
  };
}

/** Runs a file to its end, with a text on standard input. */
export function finish(file: string, args: readonly string[], stdin = ""): Promise<Finished> {
  const running = start(file, args);
  running.child.stdin.end(stdin);
  return running.ended();
}
