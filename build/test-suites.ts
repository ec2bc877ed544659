/**
 * Runs every suite and ends with what was skipped, what failed, and one line that counts them all. `npm test -- unit e2e` runs only the
 * suites named, and the build where they need it and the sources changed.
 * With CI set, a part of the machine that is missing is a failure; elsewhere its tests are skipped and named.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { isStale } from "./fingerprint.mjs";
import { howToInstall, prepareMachine } from "./test-machine.ts";

interface Count {
  passed: number;
  failed: string[];
  skipped: string[];
}

const root = path.resolve(import.meta.dirname, "..");
const results = path.join(root, ".cache", "test-results");

/** Runs a program of the project's own with this very Node. */
function run(entry: string, argv: readonly string[]): boolean {
  const child = spawnSync(process.execPath, [path.join(root, entry), ...argv], { cwd: root, stdio: "inherit" });
  return child.status === 0;
}

function check(name: string, passed: boolean): Count {
  return { passed: passed ? 1 : 0, failed: passed ? [] : [name], skipped: [] };
}

/** A test with the first line of why it failed: of a long log often nothing but the end is kept. */
function failure(title: string, why: string | undefined): string {
  return `${title}: ${stripVTControlCharacters(why ?? "").split("\n")[0] || "no reason given"}`;
}

const vitestReportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).default([]) })),
    }),
  ),
});

function vitest(project: string): Count {
  const report = path.join(results, `${project}.json`);
  rmSync(report, { force: true });
  const clean = run("node_modules/vitest/vitest.mjs", ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]);
  const parsed = vitestReportSchema.parse(JSON.parse(readFileSync(report, "utf8")));
  const tests = parsed.testResults.flatMap((file) => file.assertionResults);
  const failed = tests.filter((test) => test.status === "failed").map((test) => failure(test.fullName, test.failureMessages[0]));
  // A file that does not even load has no tests to count; it is one failure.
  const broken = parsed.testResults
    .filter((file) => file.status === "failed" && file.assertionResults.length === 0)
    .map((file) => failure(path.relative(root, file.name), file.message));
  const all = [...failed, ...broken];
  return {
    passed: tests.filter((test) => test.status === "passed").length,
    failed: all.length > 0 || clean ? all : [`${project}: the run itself failed`],
    skipped: tests.filter((test) => test.status !== "passed" && test.status !== "failed").map((test) => test.fullName),
  };
}

const playwrightTestSchema = z.object({
  status: z.string(),
  results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
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
  const count: Count = { passed: 0, failed: [], skipped: [] };
  const visit = (suite: PlaywrightSuite, trail: string) => {
    for (const spec of suite.specs)
      for (const test of spec.tests) {
        if (test.status === "expected") count.passed += 1;
        else if (test.status === "skipped") {
          const reason = test.annotations.find(({ type }) => type === "skip")?.description ?? "";
          count.skipped.push(`${trail} ${spec.title}: ${reason}`);
        } else count.failed.push(failure(`${trail} ${spec.title}`, test.results.at(-1)?.error?.message));
      }
    for (const inner of suite.suites) visit(inner, `${trail} ${inner.title}`);
  };
  for (const suite of parsed.suites) visit(suite, suite.title);
  if (!clean && count.failed.length === 0) count.failed.push("e2e: the run itself failed");
  return count;
}

const suites: Readonly<Record<string, () => Count>> = {
  types: () => check("types", run("node_modules/typescript/bin/tsc", ["-b"])),
  lint: () => check("lint", run("node_modules/oxlint/bin/oxlint", ["--type-aware"])),
  build: () => check("build", run("build/build.ts", [])),
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

const total: Count = { passed: 0, failed: [], skipped: [] };
if (process.env["CI"] !== undefined) total.failed.push(...missing.map((part) => `This machine lacks ${part.name}`));
// Named alone, suites that run what was built would else run what was built before, or nothing.
const wanted = chosen.some((name) => NEED_THE_BUILD.includes(name)) && isStale(root) ? [...chosen, "build"] : chosen;
for (const [name, suite] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  const count = suite();
  total.passed += count.passed;
  total.failed.push(...count.failed);
  total.skipped.push(...count.skipped);
  process.stdout.write(`== ${name}: ${count.passed} passed, ${count.failed.length} failed, ${count.skipped.length} skipped in ${Math.round((Date.now() - started) / 1000)} s\n`);
}
if (total.skipped.length > 0) process.stdout.write(`\nSkipped:\n${total.skipped.map((title) => `  ${title}`).join("\n")}\n`);
if (total.failed.length > 0) process.stdout.write(`\nFailed:\n${total.failed.map((title) => `  ${title}`).join("\n")}\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed.length} failed, ${total.skipped.length} skipped\n`);
process.exitCode = total.failed.length === 0 ? 0 : 1;
