/** What this computer keeps of a team's database, for the time that the database is not there: sealed, and not for ever. */
import { z } from "zod";
import { teamRoleSchema, type TeamRole } from "../../../shared/model/team.ts";
import type { Clock, Logger } from "../../ports.ts";
import type { Row } from "../columns.ts";
import type { SealedFile } from "../sealed-file.ts";

/** A copy of a database that was not heard for so long shows nothing any more, in milliseconds. */
const EXPIRY_MS = 7 * 24 * 60 * 60 * 1000;
/** Changes are gathered for so long before they are written, and without a change it is said so often that the database is there. */
const GATHER_MS = 30_000;
const AGAIN_MS = 60 * 60 * 1000;

/** Rows by table, and what the database said of this account. */
export interface Copy {
  /** When the database last answered, in milliseconds since 1970. */
  readonly heardAt: number;
  readonly login: string;
  readonly role: TeamRole;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

const valueSchema = z.union([z.string(), z.number(), z.null(), z.object({ base64: z.string() }).transform(({ base64 }) => new Uint8Array(Buffer.from(base64, "base64")))]);
const copySchema = z.object({ heardAt: z.number(), login: z.string(), role: teamRoleSchema, tables: z.record(z.string(), z.array(z.record(z.string(), valueSchema))) });

/** Null where there is none, none of this team, or one that is too old; that is removed. */
export async function readCopy(file: SealedFile, root: string | null, clock: Clock): Promise<Copy | null> {
  const bytes = await file.read(`team ${root}`);
  const read = bytes === null ? null : copySchema.safeParse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  if (read?.success !== true) return null;
  const age = clock.now() - read.data.heardAt;
  if (age <= EXPIRY_MS) return read.data;
  await file.remove();
  return null;
}

function encoded(copy: Copy): Buffer {
  return Buffer.from(JSON.stringify(copy, (_key, value: unknown) => (value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : value)));
}

export interface CopyKeeper {
  /** Something that the copy has has changed. */
  changed(): void;
  /** Writes what is known now, and no more after that. */
  close(): Promise<void>;
}

/** `copy` answers null while there is nothing newer than what is kept. */
export function keepCopy({ file, root, clock, logger, copy }: { readonly file: SealedFile; readonly root: string | null; readonly clock: Clock; readonly logger: Logger; readonly copy: () => Copy | null }): CopyKeeper {
  let cancel: (() => void) | null = null;
  let isSoon = false;
  let closed = false;
  const write = async (): Promise<void> => {
    cancel?.();
    try {
      const current = copy();
      if (current !== null) await file.write(`team ${root}`, encoded(current));
    } catch (error) {
      logger.warn("no copy of the team's database could be kept", { error: error instanceof Error ? error.message : String(error) });
    }
  };
  const wait = (ms: number) => {
    if (closed) return;
    cancel?.();
    isSoon = ms === GATHER_MS;
    cancel = clock.after(ms, () => void write().finally(() => wait(AGAIN_MS)));
  };
  wait(GATHER_MS);
  return {
    changed: () => {
      if (!isSoon) wait(GATHER_MS);
    },
    close: async () => {
      closed = true;
      cancel?.();
      await write();
    },
  };
}
