/**
 * `npm run package -- [--win|--linux] [--dir]`: builds the product and packs it. Arguments go to electron-builder, which
 * packs for this system when none are given.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

function step(file: string, args: readonly string[]): void {
  const done = spawnSync(process.execPath, [path.join(root, file), ...args], { cwd: root, stdio: "inherit" });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

step("build/build.ts", []);
step("node_modules/electron-builder/cli.js", ["--config", "electron-builder.yml", "--publish", "never", ...process.argv.slice(2)]);
