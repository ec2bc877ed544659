/** What it means that the system did not open or read a file. */
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Fault } from "../../../shared/fault.ts";

/** What a share that does not answer comes to. */
const AWAY = new Set(["ENETUNREACH", "EHOSTUNREACH", "EHOSTDOWN", "ENETDOWN", "ETIMEDOUT", "ENOTCONN", "ECONNRESET", "ECONNABORTED", "ESTALE", "ENODEV", "ENXIO"]);
const MISSING = new Set(["ENOENT", "ENOTDIR"]);
/** What libuv (src/win/error.c) makes of Windows' ERROR_BAD_NETPATH, and of much else. */
const UNTOLD = "UNKNOWN";

/**
 * `not-found` (`path`), or `unreadable`: `share-away`, `file-locked`, `file-unreadable` with the system's code. Throws what is no failure of the system,
 * which is a bug.
 */
export async function fileFault(error: unknown, file: string): Promise<Fault> {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
  if (code === null) throw error;
  if (AWAY.has(code)) return { kind: "unreadable", what: "share-away", detail: code };
  // A share or a drive that is not connected is missing like a file: its root tells them apart.
  if ((MISSING.has(code) || code === UNTOLD) && !(await isThere(path.parse(file).root))) return { kind: "unreadable", what: "share-away", detail: code };
  if (MISSING.has(code)) return { kind: "not-found", what: "path", detail: file };
  return { kind: "unreadable", what: code === "EBUSY" || code === "ETXTBSY" ? "file-locked" : "file-unreadable", detail: code };
}

async function isThere(folder: string): Promise<boolean> {
  try {
    await stat(folder);
    return true;
  } catch {
    return false;
  }
}
