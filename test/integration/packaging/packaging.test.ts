/** Packs the built product against a stand-in of the Electron distribution and looks into what would be shipped. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { extractFile, listPackage } from "@electron/asar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createStandIn, readFuses } from "./electron-stand-in.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const manifestSchema = z.looseObject({ version: z.string(), main: z.string(), scripts: z.unknown().optional(), devDependencies: z.unknown().optional(), dependencies: z.unknown().optional() });
const electronVersion = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path.join(root, "node_modules/electron/package.json"), "utf8"))).version;

let folder: string;
beforeAll(() => {
  if (!existsSync(path.join(root, "out/main/electron.js"))) throw new Error("The product is not built: npm run build");
  folder = mkdtempSync(path.join(tmpdir(), "mc-package-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function builder(args: readonly string[]) {
  const environment = { ...process.env, ELECTRON_BUILDER_OFFLINE: "true", npm_config_offline: "true", CSC_IDENTITY_AUTO_DISCOVERY: "false" };
  return spawnSync(process.execPath, [path.join(root, "node_modules/electron-builder/cli.js"), "--config", "electron-builder.yml", "--publish", "never", ...args], {
    cwd: root,
    encoding: "utf8",
    env: environment,
    timeout: 110_000,
  });
}

function pack(platform: "linux" | "win32"): string {
  const output = path.join(folder, `dist-${platform}`);
  const distribution = createStandIn(folder, platform, root, electronVersion);
  const flag = platform === "win32" ? "--win" : "--linux";
  const done = builder([flag, "--dir", "--x64", `-c.electronDist=${distribution}`, `-c.directories.output=${output}`]);
  if (done.status !== 0) throw new Error(`electron-builder failed:\n${done.stdout}${done.stderr}`);
  return path.join(output, platform === "win32" ? "win-unpacked" : "linux-unpacked");
}

describe.each([
  { platform: "linux", executable: "messaging-console" },
  { platform: "win32", executable: "Messaging Console.exe" },
] as const)("the package for $platform", ({ platform, executable }) => {
  let packed: string;
  let archive: string;
  let files: readonly string[];
  beforeAll(() => {
    packed = pack(platform);
    archive = path.join(packed, "resources", "app.asar");
    files = listPackage(archive, { isPack: false }).map((file) => file.split(path.sep).join("/"));
  });

  it("holds the three entries, the preload script and the pages", () => {
    for (const file of ["/out/main/electron.js", "/out/main/loopback.js", "/out/main/command-line.js", "/out/preload/bridge.cjs", "/out/renderer/index.html", "/package.json"]) {
      expect(files).toContain(file);
    }
  });

  it("holds nothing else: no sources, no tests, no dependencies, no maps", () => {
    const foreign = files.filter((file) => file !== "/package.json" && file !== "/out" && !file.startsWith("/out/"));
    expect(foreign).toEqual([]);
    expect(files.filter((file) => /\.tsx?$|\.map$|\.test\.|node_modules|\.tsbuildinfo$|vitest|playwright|\.env|\.pfx$|\.p12$|\.pem$|\.db$/.test(file))).toEqual([]);
  });

  it("names its entry, and no development dependencies or scripts", () => {
    const manifest = manifestSchema.parse(JSON.parse(extractFile(archive, "package.json").toString("utf8")));
    expect(manifest.main).toBe("out/main/electron.js");
    expect(manifest.devDependencies).toBeUndefined();
    expect(manifest.dependencies ?? {}).toEqual({});
  });

  it("mentions no path of the machine it was built on", () => {
    const texts = files.filter((each) => /\.(?:js|cjs|html)$/.test(each));
    expect(texts.filter((file) => extractFile(archive, file.slice(1)).includes(root))).toEqual([]);
  });

  it("has all nine fuses decided", () => {
    // runAsNode, cookies, NODE_OPTIONS, --inspect, asar integrity, asar only, own snapshot, file:// privileges, wasm traps.
    expect(readFuses(path.join(packed, executable))).toBe("010011001");
  });

  it("has entries that load from the archive's content", () => {
    const unpacked = path.join(folder, `app-${platform}`);
    const done = spawnSync(process.execPath, [path.join(root, "node_modules/@electron/asar/bin/asar.mjs"), "extract", archive, unpacked], { encoding: "utf8" });
    expect(done.stderr).toBe("");
    const help = spawnSync(process.execPath, [path.join(unpacked, "out/main/command-line.js"), "--help"], { encoding: "utf8", cwd: unpacked });
    expect(help.stdout).toContain("Exit codes:");
    expect(help.status).toBe(0);
  });
});

describe("the installers' configuration", () => {
  const configuration = readFileSync(path.join(root, "electron-builder.yml"), "utf8");

  it("is refused by electron-builder when it is wrong, and not as it is", () => {
    const distribution = createStandIn(folder, "win32", root, electronVersion);
    const wrong = builder(["--win", "--dir", `-c.electronDist=${distribution}`, "-c.nsis.noSuchOption=1", `-c.directories.output=${path.join(folder, "wrong")}`]);
    expect(wrong.status).not.toBe(0);
    expect(`${wrong.stdout}${wrong.stderr}`).toContain("configuration.nsis");
  });

  it("installs per user with NSIS and per machine with MSI, under codes that never change", () => {
    expect(configuration).toMatch(/nsis:\n(?:  .*\n)*?  perMachine: false/);
    expect(configuration).toMatch(/msi:\n(?:  .*\n)*?  perMachine: true/);
    expect(configuration).toContain("{8C0B9B53-8A42-4E0F-9A35-0E2C8F6B7D14}");
    expect(configuration).toContain("2f6f7e4a-6f63-4d5a-9f0b-6a1c41d6c7b1");
    for (const target of ["nsis", "msi", "zip", "dir"]) expect(configuration).toContain(`target: ${target}`);
  });
});
