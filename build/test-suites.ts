/**
 * Runs every suite and ends with one line that counts them all. `npm test -- unit e2e` runs only the suites named, and the build
 * where they need it and the sources changed.
 * With CI set, a part of the machine that is missing is a failure; elsewhere its tests are skipped and named.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { isStale } from "./fingerprint.mjs";
import { howToInstall, prepareMachine } from "./test-machine.ts";

interface Count {
  passed: number;
  failed: number;
  skipped: string[];
}

const root = path.resolve(import.meta.dirname, "..");
const results = path.join(root, ".cache", "test-results");

/** Runs a program of the project's own with this very Node. */
function run(entry: string, argv: readonly string[]): boolean {
  const child = spawnSync(process.execPath, [path.join(root, entry), ...argv], { cwd: root, stdio: "inherit" });
  return child.status === 0;
}

function check(passed: boolean): Count {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: [] };
}

const vitestReportSchema = z.object({
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })) }),
  ),
});

function vitest(project: string): Count {
  const report = path.join(results, `${project}.json`);
  rmSync(report, { force: true });
  const clean = run("node_modules/vitest/vitest.mjs", ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]);
  const parsed = vitestReportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
  const tests = parsed.testResults.flatMap((file) => file.assertionResults);
  const failed = tests.filter((test) => test.status === "failed").length;
  // A file that does not even load has no tests to count; it is one failure.
  const broken = parsed.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  return {
    passed: tests.filter((test) => test.status === "passed").length,
    failed: Math.max(failed + broken, clean ? 0 : 1),
    skipped: tests.filter((test) => test.status !== "passed" && test.status !== "failed").map((test) => test.fullName),
  };
}

const playwrightTestSchema = z.object({
  status: z.string(),
  /** Why a test was skipped stands in an annotation. */
  annotations: z.array(z.object({ type: z.string(), description: z.string().default("") })),
});
const playwrightSuiteSchema = z.object({
  title: z.string(),
  specs: z.array(z.object({ title: z.string(), tests: z.array(playwrightTestSchema) })),
  get suites() {
    return z.array(playwrightSuiteSchema).default([]);
  },
});
type PlaywrightSuite = z.infer<typeof playwrightSuiteSchema>;

function playwright(): Count {
  const report = path.join(results, "e2e.json");
  rmSync(report, { force: true });
  process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] = report;
  const clean = run("node_modules/@playwright/test/cli.js", ["test", "--reporter=list,json"]);
  const parsed = z.object({ suites: z.array(playwrightSuiteSchema) }).parse(JSON.parse(readFileSync(report, "utf8")));
  const count: Count = { passed: 0, failed: 0, skipped: [] };
  const visit = (suite: PlaywrightSuite, trail: string) => {
    for (const spec of suite.specs)
      for (const test of spec.tests) {
        if (test.status === "expected") count.passed += 1;
        else if (test.status === "skipped") {
          const reason = test.annotations.find(({ type }) => type === "skip")?.description ?? "";
          count.skipped.push(`${trail} ${spec.title}: ${reason}`);
        } else count.failed += 1;
      }
    for (const inner of suite.suites) visit(inner, `${trail} ${inner.title}`);
  };
  for (const suite of parsed.suites) visit(suite, suite.title);
  if (!clean && count.failed === 0) count.failed = 1;
  return count;
}

const suites: Readonly<Record<string, () => Count>> = {
  types: () => check(run("node_modules/typescript/bin/tsc", ["-b"])),
  lint: () => check(run("node_modules/oxlint/bin/oxlint", ["--type-aware"])),
  build: () => check(run("build/build.ts", [])),
  unit: () => vitest("unit"),
  team: () => vitest("team"),
  integration: () => vitest("integration"),
  e2e: playwright,
};

const NEED_THE_BUILD: readonly string[] = ["integration", "e2e"];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in suites));
if (unknown.length > 0) {
  process.stderr.write(`There is no suite ${unknown.join(", ")}. Suites: ${Object.keys(suites).join(", ")}\n`);
  process.exit(2);
}

mkdirSync(results, { recursive: true });
const missing = await prepareMachine();
if (missing.length > 0) process.stdout.write(howToInstall(missing));

const total: Count = { passed: 0, failed: 0, skipped: [] };
if (missing.length > 0 && process.env["CI"] !== undefined) total.failed += missing.length;
// Named alone, suites that run what was built would else run what was built before, or nothing.
const wanted = chosen.some((name) => NEED_THE_BUILD.includes(name)) && isStale(root) ? [...chosen, "build"] : chosen;
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  const count = suite();
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped.push(...count.skipped);
  process.stdout.write(`== ${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped.length} skipped in ${Math.round((Date.now() - started) / 1000)} s\n`);
}
if (total.skipped.length > 0) process.stdout.write(`\nSkipped:\n${total.skipped.map((title) => `  ${title}`).join("\n")}\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
