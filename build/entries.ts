/** Finds what main is built from: the three hosts, the practice organisation's shell, and every worker by its file name. */
import { globSync } from "node:fs";
import path from "node:path";

/**
 * Output name to source file. Workers are all files below main that end in `.worker.ts`; their names must be unique, since main is one flat
 * folder once built.
 */
export function mainEntries(root: string): Record<string, string> {
  const entries: Record<string, string> = {
    electron: path.join(root, "main/hosts/electron/main.ts"),
    loopback: path.join(root, "main/hosts/loopback/main.ts"),
    "command-line": path.join(root, "main/hosts/command-line/main.ts"),
    "practice-shell": path.join(root, "main/practice/exchange/shell.ts"),
  };
  for (const file of globSync("main/**/*.worker.ts", { cwd: root })) {
    const name = path.basename(file, ".ts");
    if (entries[name] !== undefined) throw new Error(`Two workers are called ${name}: a worker's file name must be unique.`);
    entries[name] = path.join(root, file);
  }
  return entries;
}
