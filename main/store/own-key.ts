/** The secret key that handed-over files are opened with which were sealed to this console: in the file's database, sealed as its passwords are. */
import { z } from "zod";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { SealedRows } from "./team/sealed-rows.ts";

/** Stays where a team is forgotten: files that are on their way are sealed to it. */
export const OWN_KEY = "handover-key";

const keptSchema = z.object({ secret: z.string() });

/** Kept on this computer also where the console works on a team's database: it is this console's own, and not the team's. */
export interface OwnKey {
  /** Null where none was made yet. Fails with `unreadable: own-key-unreadable` where the platform does not open it now. */
  read(): Result<string | null>;
  /** Keeps `made`, unless another process was faster, and answers the one that is kept. Fails as {@link read} and with `not-stored`. */
  keep(made: string): Promise<Result<string>>;
  /** Keeps `made` in place of any other, also of one that does not open. Fails with `not-stored`. */
  replace(made: string): Promise<Result<null>>;
}

const unreadable = fail({ kind: "unreadable", what: "own-key-unreadable" });

function readKept(row: Result<unknown>): Result<string | null> {
  if (!row.ok) return unreadable;
  if (row.value === null) return succeed(null);
  const read = keptSchema.safeParse(row.value);
  return read.success ? succeed(read.data.secret) : unreadable;
}

export function createOwnKey(rows: SealedRows): OwnKey {
  return {
    read: () => readKept(rows.read(OWN_KEY)),
    keep: async (made) => {
      const kept = await rows.change<string>(OWN_KEY, (content) => {
        const before = readKept(succeed(content));
        if (!before.ok) return before;
        return succeed(before.value === null ? { content: { secret: made }, value: made } : { content: undefined, value: before.value });
      });
      return kept.ok || kept.fault.kind !== "unreadable" ? kept : unreadable;
    },
    replace: (made) => rows.put(OWN_KEY, { secret: made }),
  };
}
