/** Asks tests whether they notice anything. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** The slowest tests that are named take two minutes on a busy machine; what takes longer hangs, and has noticed. */
const LIMIT_MS = 8 * 60 * 1000;
/** For one test: on a busy machine a slow one would pass for one that noticed, or for one that fails without any fault. */
const TEST_LIMIT_MS = 90_000;

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().catch(""),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullable().catch(null) })),
    }),
  ),
});

/** What the first that failed is called; null where all passed. */
export async function firstFailure(folder: string, tests: readonly string[]): Promise<string | null> {
  const vitest = path.join(folder, "node_modules", "vitest", "vitest.mjs");
  const report = path.join(folder, ".cache", "report.json");
  rmSync(report, { force: true });
  const { CI: _ci, ...environment } = process.env;
  const child = spawn(process.execPath, [vitest, "run", "--bail=1", `--testTimeout=${TEST_LIMIT_MS}`, `--hookTimeout=${TEST_LIMIT_MS}`, "--reporter=json", `--outputFile=${report}`, ...tests], {
    cwd: folder,
    env: environment,
    stdio: "ignore",
    // A group of its own, so that what a test left running ends with it.
    detached: process.platform !== "win32",
  });
  let isOverdue = false;
  const limit = setTimeout(() => {
    isOverdue = true;
    endGroup(child.pid);
  }, LIMIT_MS);
  await once(child, "close");
  clearTimeout(limit);
  endGroup(child.pid);
  if (child.exitCode === 0) return null;
  return isOverdue ? "nothing came to an end" : nameOfFailure(report, folder);
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // All of it has ended.
  }
}

function nameOfFailure(report: string, folder: string): string {
  const read = reportSchema.safeParse(parsed(report));
  if (!read.success) return "the tests could not be run";
  const at = (file: string) => path.relative(folder, file).split(path.sep).join("/");
  const failures = read.data.testResults.flatMap(({ name, message, assertionResults }) => [
    ...assertionResults.flatMap(({ status, fullName, failureMessages }) => (status === "failed" ? [`${at(name)}: ${fullName.trim()} (${firstLine(failureMessages?.[0])})`] : [])),
    // A file that does not even load; files that were never begun after the first failure say nothing.
    ...(assertionResults.length === 0 && message !== "" ? [`${at(name)} as a whole (${firstLine(message)})`] : []),
  ]);
  return failures[0] ?? "an error outside of any test";
}

function firstLine(text = ""): string {
  return (text.split("\n", 1)[0] ?? "").slice(0, 160);
}

function parsed(report: string): unknown {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return null;
  }
}
