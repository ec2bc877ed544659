/** Whether this machine has PostgreSQL's own programs. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

const DEBIAN = "/usr/lib/postgresql";

/** Why what needs a PostgreSQL is skipped where there is none. */
export const NEEDS_POSTGRES = "needs Debian's package postgresql";

/** Folder of the newest PostgreSQL's programs; null where there is none. */
export function findPostgres(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number).filter((version) => version >= 14) : [];
  return versions.length === 0 ? null : path.join(DEBIAN, String(Math.max(...versions)), "bin");
}
