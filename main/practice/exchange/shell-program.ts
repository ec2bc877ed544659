/** How the stand-in shell is run: by this very Node. */
import { fileURLToPath } from "node:url";

export interface ShellProgram {
  readonly executable: string;
  readonly leading: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * From source its file lies beside this one; in the bundle, which is one flat folder, beside whatever file this code ended up in. Null in
 * the packaged desktop app, whose program runs no script but its own (the fuse `runAsNode` in electron-builder.yml).
 */
export function shellProgram(): ShellProgram | null {
  const isElectron = process.versions["electron"] !== undefined;
  // Electron says so of an app that it was told to run, and of its own packaged one nothing.
  const isTold: unknown = Reflect.get(process, "defaultApp");
  if (isElectron && isTold !== true) return null;
  const file = import.meta.url.endsWith(".ts") ? "./shell.ts" : "./practice-shell.js";
  // Electron's program is Node where this variable says so.
  const environment: Record<string, string> = isElectron ? { ELECTRON_RUN_AS_NODE: "1" } : {};
  return { executable: process.execPath, leading: [fileURLToPath(new URL(file, import.meta.url))], environment };
}
