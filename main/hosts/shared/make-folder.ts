import { mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { fail, succeed, type NotStoredReason, type Result } from "../../../shared/fault.ts";
import { storageFault } from "../../store/storage-faults.ts";

/**
 * Makes a folder, and those it lies in, for this account alone (mode 0700). Fails with `not-stored`: `folder-not-made`, or
 * what the disk said. It goes step by step, because Node's recursive mkdir never ends where a folder that exists takes no
 * other, and says ENOENT: below /proc, behind a link that leads nowhere (tried with Node 24 on Linux).
 */
export function makeFolder(folder: string): Result<null> {
  const parent = path.dirname(folder);
  try {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return succeed(null);
    const made = parent === folder ? succeed(null) : makeFolder(parent);
    if (made.ok) mkdirSync(folder, { mode: 0o700 });
    return made;
  } catch (error) {
    return fail({ kind: "not-stored", why: reasonOf(error, parent) });
  }
}

function reasonOf(error: unknown, parent: string): NotStoredReason {
  const why = storageFault(error, parent);
  return why === null || why === "read-only" ? "folder-not-made" : why;
}
