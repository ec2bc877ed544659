/** A sixth provider is one folder and one line of the array: shown on a copy of the tree. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { AnyProvider } from "../../main/providers/provider.ts";
import { suitingProviders } from "../../main/services/forms.ts";
import { describeConformance } from "../unit/main/providers/conformance-suite.ts";
import { connection } from "../unit/main/services/support.ts";
import { refusal } from "./boundaries.ts";

const root = path.resolve(import.meta.dirname, "../..");
const place = mkdtempSync(path.join(tmpdir(), "sixth-provider-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** The folder: a mail system of pigeons. */
const folder = "main/providers/pigeon-post";
const source = `/** Pigeon Post: mail by wing. */
import { z } from "zod";
import { fail, succeed } from "../../../shared/fault.ts";
import type { MessagingProvider } from "../provider.ts";

const schema = z.object({ loft: z.string("required").trim().min(1, { error: "required", abort: true }).max(64, "too-long") });

export const pigeonPost: MessagingProvider<z.infer<typeof schema>> = {
  id: "pigeon-post",
  descriptor: {
    id: "pigeon-post",
    entries: [{ provider: "pigeon-post", variant: null, label: "Pigeon Post", supportEnds: null, available: true }],
    storeKinds: ["active-directory"],
    fields: [
      { kind: "text", name: "loft", label: "Loft", required: true, maxLength: 64 },
      { kind: "secret", name: "whistle", label: "Whistle", required: false, maxLength: 64 },
    ],
    notices: [],
    servers: "none",
    testable: true,
    paces: {},
    prevents: [],
  },
  schema,
  defaults: () => ({ loft: "" }),
  discovery: null,
  health: null,
  test: { run: async (_configuration, { signal }) => (signal.aborted ? fail({ kind: "cancelled" }) : succeed(null)) },
  expiries: () => [],
};
`;

const arrayFile = "main/providers/index.ts";
const before = readFileSync(path.join(root, arrayFile), "utf8");
const after = before
  .replace(/(import \{ other \}[^\n]*\n)/, '$1import { pigeonPost } from "./pigeon-post/index.ts";\n')
  .replace(/(export const providers[^\n]*), bind\(none\)\];/, "$1, bind(pigeonPost), bind(none)];");

for (const each of ["main", "shared", "tsconfig.base.json", "package.json", ".oxlintrc.json", "test/architecture/boundaries.ts", "test/architecture/boundaries-plugin.ts"]) {
  cpSync(path.join(root, each), path.join(place, each), { recursive: true });
}
symlinkSync(path.join(root, "node_modules"), path.join(place, "node_modules"), "junction");
mkdirSync(path.join(place, folder));
writeFileSync(path.join(place, folder, "index.ts"), source);
writeFileSync(path.join(place, arrayFile), after);

function run(script: string, args: readonly string[], cwd = place): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(root, "node_modules", script), ...args], { cwd, maxBuffer: 16 * 1024 * 1024 }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
}

/** Lines of one text that the other has not. */
function without(lines: string, others: string): readonly string[] {
  const known = new Set(others.split("\n"));
  return lines.split("\n").filter((line) => !known.has(line));
}

const loaded: { readonly providers: readonly AnyProvider[] } = await import(/* @vite-ignore */ pathToFileURL(path.join(place, arrayFile)).href);
const sixth = loaded.providers.find(({ id }) => id === "pigeon-post");

describe("a sixth provider", () => {
  it("takes one folder, one import and its place in the array", () => {
    const removed = without(before, after);
    const added = without(after, before);
    process.stdout.write(`A  ${folder}/index.ts\nM  ${arrayFile}\n${removed.map((line) => `-${line}\n`).join("")}${added.map((line) => `+${line}\n`).join("")}`);
    expect(removed).toHaveLength(1);
    expect(added).toEqual(['import { pigeonPost } from "./pigeon-post/index.ts";', removed[0]?.replace("bind(none)", "bind(pigeonPost), bind(none)")]);
  });

  it("stands in the drop-down where the array has it", () => {
    const labels = suitingProviders(loaded.providers, connection).flatMap(({ descriptor }) => descriptor.entries.map(({ label }) => label));
    expect(labels.slice(-3)).toEqual(["Other", "Pigeon Post", "None"]);
  });

  it("decodes its own values and refuses wrong ones by field", () => {
    expect(sixth?.decode(null, { loft: "Church tower" }).ok).toBe(true);
    expect(sixth?.decode(null, { loft: " " })).toEqual({ ok: false, fault: { kind: "invalid", issues: [{ path: ["loft"], code: "required" }] } });
  });

  it("may import what every provider may, and no neighbour", () => {
    const specifiers = [...source.matchAll(/from "([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(specifiers).toEqual(["zod", "../../../shared/fault.ts", "../provider.ts"]);
    expect(specifiers.map((specifier) => refusal(`${folder}/index.ts`, specifier))).toEqual([null, null, null]);
    expect(refusal(arrayFile, "./pigeon-post/index.ts")).toBeNull();
    expect(refusal(`${folder}/index.ts`, "../exchange/index.ts")).not.toBeNull();
  });

  it("passes types and lint without a change elsewhere", { timeout: 120_000 }, async () => {
    const types = await run("typescript/bin/tsc", ["-p", "main/tsconfig.json", "--noEmit"]);
    expect(types.split("\n").filter((line) => line.startsWith("main/providers/"))).toEqual([]);
    expect(await run("oxlint/bin/oxlint", ["--type-aware", folder, arrayFile])).toContain("Found 0 warnings and 0 errors");
  });

  it("leaves this tree as it was", () => {
    expect(readFileSync(path.join(root, arrayFile), "utf8")).toBe(before);
    expect(before).not.toContain("pigeon");
  });
});

describeConformance(sixth === undefined ? [] : [sixth]);
