/** The age tool, Debian's own. It reads passphrases from a terminal alone, and util-linux's script gives it one. */
import { spawn } from "node:child_process";
import { isOnPath } from "../../build/test-machine.ts";

/** Programs that it needs and this machine lacks. */
export const missingForAge = ["age", "script"].filter((program) => !isOnPath(program));

/** Runs the tool in a folder and types lines. Answers what the terminal showed, and how the tool ended. */
export function runAge(folder: string, args: string, typed: readonly string[]): Promise<{ readonly code: number | null; readonly shown: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("script", ["-qec", `age ${args}`, "/dev/null"], { cwd: folder, env: { ...process.env, SHELL: "/bin/sh" }, stdio: ["pipe", "pipe", "inherit"] });
    let shown = "";
    child.stdout.on("data", (chunk: Buffer) => (shown += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, shown }));
    child.stdin.end(typed.map((line) => `${line}\n`).join(""));
  });
}
