/** A sixth provider is one folder with its line in the array, and one file of words with its line: shown on a copy of the tree. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { AnyProvider } from "../../main/providers/provider.ts";
import { entryName, type fieldWords } from "../../renderer/text/provider.ts";
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
    entries: [{ provider: "pigeon-post", variant: null, supportEnds: null, available: true }],
    storeKinds: ["active-directory"],
    fields: [
      { kind: "text", name: "loft", required: true, maxLength: 64 },
      { kind: "secret", name: "whistle", required: false, maxLength: 64 },
    ],
    notices: [],
    servers: "none",
    testable: true,
    paces: {},
    prevents: [],
    rights: [],
  },
  schema,
  defaults: () => ({ loft: "" }),
  discovery: null,
  health: null,
  test: { run: async (_configuration, { signal }) => (signal.aborted ? fail({ kind: "cancelled" }) : succeed(null)) },
  provisioning: null,
  expiries: () => [],
};
`;

const arrayFile = "main/providers/index.ts";
const before = readFileSync(path.join(root, arrayFile), "utf8");
const after = before
  .replace(/(import \{ other \}[^\n]*\n)/, '$1import { pigeonPost } from "./pigeon-post/index.ts";\n')
  .replace(/(export const providers[^\n]*), bind\(none\)\];/, "$1, bind(pigeonPost), bind(none)];");

/** Its words: of the whistle there are none. */
const wordsFile = "renderer/text/english/providers/pigeon-post.ts";
const words = `/** Pigeon Post. */
export const pigeonPost = {
  entry: "Pigeon Post",
  "field-loft": "Loft",
  "field-loft-hint": "Where the pigeons sleep",
} as const;
`;
const wordsIndex = "renderer/text/english/providers/index.ts";
const wordsBefore = readFileSync(path.join(root, wordsIndex), "utf8");
const wordsAfter = wordsBefore
  .replace(/(import \{ other \}[^\n]*\n)/, '$1import { pigeonPost } from "./pigeon-post.ts";\n')
  .replace(/( {2}other,\n)/, '$1  "pigeon-post": pigeonPost,\n');

for (const each of ["main", "renderer", "shared", "tsconfig.base.json", "package.json", ".oxlintrc.json", "test/architecture/boundaries.ts", "test/architecture/house-plugin.ts", "test/architecture/prose.ts"]) {
  cpSync(path.join(root, each), path.join(place, each), { recursive: true });
}
symlinkSync(path.join(root, "node_modules"), path.join(place, "node_modules"), "junction");
mkdirSync(path.join(place, folder));
writeFileSync(path.join(place, folder, "index.ts"), source);
writeFileSync(path.join(place, arrayFile), after);
writeFileSync(path.join(place, wordsFile), words);
writeFileSync(path.join(place, wordsIndex), wordsAfter);

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

await import(/* @vite-ignore */ pathToFileURL(path.join(place, "renderer/text/all-texts.ts")).href);
const loaded: { readonly providers: readonly AnyProvider[] } = await import(/* @vite-ignore */ pathToFileURL(path.join(place, arrayFile)).href);
const text: { readonly entryName: typeof entryName; readonly fieldWords: typeof fieldWords } = await import(
  /* @vite-ignore */ pathToFileURL(path.join(place, "renderer/text/provider.ts")).href
);
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
    const labels = suitingProviders(loaded.providers, connection).flatMap(({ descriptor }) => descriptor.entries.map(text.entryName));
    expect(labels.slice(-3)).toEqual(["Other", "Pigeon Post", "None"]);
  });

  it("is called by its words, and by its names where it has none", () => {
    expect(without(wordsAfter, wordsBefore)).toEqual(['import { pigeonPost } from "./pigeon-post.ts";', '  "pigeon-post": pigeonPost,']);
    expect(text.fieldWords("pigeon-post", "loft")).toMatchObject({ label: "Loft", hint: "Where the pigeons sleep" });
    expect(text.fieldWords("pigeon-post", "whistle")).toMatchObject({ label: "whistle", hint: null });
    expect(entryName({ provider: "pigeon-post", variant: null })).toBe("pigeon-post");
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
    expect(await run("oxlint/bin/oxlint", ["--type-aware", folder, arrayFile, wordsFile, wordsIndex])).toContain("Found 0 warnings and 0 errors");
  });

  it("leaves this tree as it was", () => {
    expect(readFileSync(path.join(root, arrayFile), "utf8")).toBe(before);
    expect(before).not.toContain("pigeon");
  });
});

describeConformance(sixth === undefined ? [] : [sixth]);
