import { enableCompileCache, flushCompileCache } from "node:module";
import path from "node:path";
import { makeFolder } from "./make-folder.ts";

const flushAfterMs = 5_000;

/**
 * Keeps compiled code in `<data>/cache`, which saves a good part of every later start. Not in the shared temporary
 * folder, where another account could leave code for this one.
 */
export function prepareCompileCache(dataDirectory: string): void {
  const folder = path.join(dataDirectory, "cache");
  try {
    if (!makeFolder(folder).ok) return;
    enableCompileCache(folder);
    // Node writes it when the process ends well; a console is as often ended by closing the session.
    setTimeout(() => flushCompileCache(), flushAfterMs).unref();
  } catch {
    // A folder that cannot be written to fails the start later, with a better reason.
  }
}
