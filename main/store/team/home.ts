/** What this console keeps of its team on this computer: sealed in the file's database, under the key that seals the file's passwords. */
import path from "node:path";
import { z } from "zod";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import { teamPlaceSchema } from "../../../shared/model/team.ts";
import type { Engine } from "../engine.ts";
import type { KeyRing } from "../key-ring.ts";
import { createOwnKey, OWN_KEY, type OwnKey } from "../own-key.ts";
import { createSealedFile, type SealedFile } from "../sealed-file.ts";
import { createSealedRows, type SealedRows } from "./sealed-rows.ts";
import type { TeamAtHome, TeamHome } from "./types.ts";

const NAME = "team";
const COPY = "messaging-console.team-copy";

/** What there is on this computer for a team. */
export interface FileHome extends TeamHome {
  /** How it is protected. */
  readonly protection: KeyRing["protection"];
  /** For what was last known of the team's database. */
  readonly copy: SealedFile;
  /** What files are sealed to that are for this console; of no team. */
  readonly ownKey: OwnKey;
  /** For what waits until the database is back. */
  readonly rows: SealedRows;
}

/** A schema would take longer over a thousand of them than everything else here. */
function isNewest(value: unknown): boolean {
  const isSeen = (seen: unknown) => typeof seen === "object" && seen !== null && "number" in seen && typeof seen.number === "number" && "hash" in seen && typeof seen.hash === "string";
  return typeof value === "object" && value !== null && Object.values(value).every(isSeen);
}

const placeInChain = z.object({ seq: z.number(), hash: z.string() });
const keptSchema: z.ZodType<TeamAtHome> = z.object({
  settings: z.object({
    place: teamPlaceSchema,
    signIn: z.discriminatedUnion("by", [
      z.object({ by: z.literal("password"), password: z.string() }),
      z.object({ by: z.literal("certificate"), certificate: z.string(), key: z.string() }),
    ]),
  }),
  console: z.object({ id: z.string(), label: z.string(), seal: z.string(), sign: z.string() }),
  remembered: z.object({ root: z.string().nullable(), head: placeInChain }),
  newest: z.custom<TeamAtHome["newest"]>(isNewest),
  inUse: z.boolean(),
});

const unreadable = fail({ kind: "unreadable", what: "secret-unreadable" });

function readKept(content: unknown): Result<TeamAtHome | null> {
  if (content === null) return succeed(null);
  const read = keptSchema.safeParse(content);
  return read.success ? succeed(read.data) : unreadable;
}

/** `engine` and `keys` are those of the file in `directory`. */
export function createTeamHome({ engine, keys, directory }: { readonly engine: Engine; readonly keys: KeyRing; readonly directory: string }): FileHome {
  const copy = createSealedFile({ file: path.join(directory, COPY), engine, keys });
  const rows = createSealedRows({ engine, keys });
  return {
    copy,
    ownKey: createOwnKey(rows),
    rows,
    get protection() {
      return keys.protection;
    },
    read: () => {
      const row = rows.read(NAME);
      return row.ok ? readKept(row.value) : row;
    },
    change: (edit) =>
      rows.change(NAME, (content) => {
        const before = readKept(content);
        return before.ok ? succeed({ content: edit(before.value) ?? undefined, value: null }) : before;
      }),
    forget: async () => {
      await copy.remove();
      return rows.clear(OWN_KEY);
    },
  };
}
