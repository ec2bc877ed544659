/** Builds the product into out/: renderer, main with its workers, preload. `node build/run.mjs build/build.ts [part…]`. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { styleText } from "node:util";
import react from "@vitejs/plugin-react";
import { build, type InlineConfig, type Plugin } from "vite";
import { z } from "zod";
import { contractHash } from "../shared/contract/hash.ts";
import { mainEntries } from "./entries.ts";
import { drawFrame, frameInPage } from "./drawn-frame.ts";
import { frameAtOnce } from "./frame-at-once.ts";
import { firstViewInBounds } from "./first-view.ts";
import { fingerprint, stampFile } from "./fingerprint.mjs";
import { themesInStyleSheet } from "./theme-styles.ts";

const root = path.resolve(import.meta.dirname, "..");
// Whoever starts the build may be a test runner; what is built is always the product.
process.env["NODE_ENV"] = "production";
const out = path.join(root, "out");

const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));

const common = {
  configFile: false,
  root,
  logLevel: "warn",
  define: { __PRODUCT_VERSION__: JSON.stringify(version), __CONTRACT_HASH__: JSON.stringify(contractHash()) },
} satisfies InlineConfig;

/** The pages: React, minified, every asset a file of its own but for what the page shows first. */
const renderer: InlineConfig = {
  ...common,
  root: path.join(root, "renderer"),
  base: "./",
  plugins: [react(), frameInPage(() => drawFrame(root, common)), themesInStyleSheet, frameAtOnce(common), firstViewInBounds],
  build: {
    outDir: path.join(out, "renderer"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // One style sheet, which stands in the page: parts that load later must not ask for it again.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    target: "es2024",
    chunkSizeWarningLimit: 4096,
    rolldownOptions: {
      input: path.join(root, "renderer/index.html"),
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /(?:node_modules\/(?:react|react-dom|scheduler)\/|renderer\/react-root\.ts$)/, priority: 2 },
            // What else the first page needs is one file: a dozen small ones cost more to ask for than they save.
            { name: "start", tags: ["$initial"], priority: 1 },
          ],
        },
      },
    },
  },
};

const HTTP = "node:http";

/**
 * An import of node:http makes Node read every property of it for the module's exports, and three of them (WebSocket and its
 * events) load Node's whole web client: a good part of a start, for nothing that the console uses.
 */
const httpAlone: Plugin = {
  name: "http-alone",
  enforce: "pre",
  resolveId: (id) => (id === HTTP ? `\0${HTTP}` : null),
  load: (id) => (id === `\0${HTTP}` ? `export default process.getBuiltinModule("${HTTP}");` : null),
};

/**
 * oRPC asks of what it sends whether it is a form, and Node loads its whole web client for the name of that class alone. A
 * form says itself what it is.
 */
const formsUnasked: Plugin = {
  name: "forms-unasked",
  transform: (code, id) =>
    id.includes("/node_modules/@orpc/") ? code.replace(/([\w.]+) instanceof FormData/g, 'Object.prototype.toString.call($1) === "[object FormData]"') : null,
};

/** Main: one folder of ES modules with every dependency inside, so that nothing but `out` has to be shipped. */
const main: InlineConfig = {
  ...common,
  define: { ...common.define, "process.env.NODE_ENV": JSON.stringify("production") },
  plugins: [httpAlone, formsUnasked],
  ssr: { noExternal: true, target: "node" },
  resolve: { conditions: ["node"] },
  build: {
    ssr: true,
    outDir: path.join(out, "main"),
    emptyOutDir: true,
    minify: true,
    target: "node24",
    rolldownOptions: {
      input: mainEntries(root),
      external: ["electron", new RegExp(`^node:(?!${HTTP.slice("node:".length)}$)`)],
      // One flat folder: `import.meta.url` then means the same place in every file, which the search for workers relies on.
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
};

/** Preload: CommonJS, because a sandboxed preload script cannot be a module. */
const preload: InlineConfig = {
  ...common,
  ssr: { noExternal: true, target: "node" },
  build: {
    ssr: true,
    outDir: path.join(out, "preload"),
    emptyOutDir: true,
    minify: true,
    target: "node24",
    rolldownOptions: {
      input: { bridge: path.join(root, "preload/bridge.ts") },
      external: ["electron"],
      output: { format: "cjs", entryFileNames: "[name].cjs" },
    },
  },
};

const parts: Readonly<Record<string, InlineConfig>> = { renderer, main, preload };

async function buildParts(names: readonly string[]): Promise<boolean> {
  let whole = true;
  for (const name of names) {
    const config = parts[name];
    if (config === undefined) throw new Error(`There is no part "${name}"; the parts are ${Object.keys(parts).join(", ")}.`);
    const started = performance.now();
    try {
      await build(config);
      process.stderr.write(`${name} built in ${Math.round(performance.now() - started)} ms\n`);
    } catch (error) {
      whole = false;
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${styleText("red", `${name} could not be built`)}\n${reason}\n`);
    }
  }
  return whole;
}

const asked = process.argv.slice(2);
// Taken before building: a file saved meanwhile leaves the stamp stale, and the next start builds again.
const stamp = fingerprint(root);
if (asked.length === 0) rmSync(stampFile(root), { force: true });
if (!(await buildParts(asked.length === 0 ? Object.keys(parts) : asked))) process.exitCode = 1;
else if (asked.length === 0) {
  mkdirSync(path.dirname(stampFile(root)), { recursive: true });
  writeFileSync(stampFile(root), stamp);
}
