/** A copy of the working tree to put faults into, so that the working tree itself is never touched. */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { edited, type Edit } from "./edit.ts";

export interface Scratch {
  readonly folder: string;
  /** Puts a fault in, calls, and takes it out again. Null where the edit does not apply. */
  with<T>(edit: Edit, work: () => Promise<T>): Promise<T | null>;
  remove(): void;
}

/** What takes long to make and no fault changes. */
function sharedIn(root: string): readonly string[] {
  const cached = readdirSync(path.join(root, ".cache")).filter((name) => /^(?:lab|powershell)/.test(name));
  return ["node_modules", "out", ...cached.map((name) => path.join(".cache", name))].filter((name) => existsSync(path.join(root, name)));
}

/** What is tracked, and what is new and not ignored. */
function filesOf(root: string): readonly string[] {
  const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (listed.status !== 0) throw new Error(`git could not list the files of ${root}: ${listed.stderr}`);
  return listed.stdout.split("\0").filter((file) => file !== "" && existsSync(path.join(root, file)));
}

/** Below `.cache`, where no test, lint rule or build of the tree looks for sources. */
export function createScratch(root: string): Scratch {
  mkdirSync(path.join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(path.join(root, ".cache", "mutate-"));
  for (const file of filesOf(root)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    copyFileSync(path.join(root, file), path.join(folder, file));
  }
  mkdirSync(path.join(folder, ".cache"));
  for (const shared of sharedIn(root)) symlinkSync(path.join(root, shared), path.join(folder, shared), "junction");
  return {
    folder,
    async with(edit, work) {
      const file = path.join(folder, edit.file);
      const before = readFileSync(file, "utf8");
      const after = edited(before, edit);
      if (after === null) return null;
      writeFileSync(file, after);
      try {
        return await work();
      } finally {
        writeFileSync(file, before);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
