/** What this console keeps of its team on this computer: sealed in the file's database, under the key that seals the file's passwords. */
import path from "node:path";
import { z } from "zod";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import { teamPlaceSchema } from "../../../shared/model/team.ts";
import { bytesOf, textOf } from "../columns.ts";
import type { Engine } from "../engine.ts";
import type { KeyRing } from "../key-ring.ts";
import { createSealedFile, type SealedFile } from "../sealed-file.ts";
import { openBytes, sealBytes } from "../sealing.ts";
import { get, run, type Steps } from "../steps.ts";
import type { TeamAtHome, TeamHome } from "./types.ts";

const NAME = "team";
const COPY = "messaging-console.team-copy";

/** What there is on this computer for a team. */
export interface FileHome extends TeamHome {
  /** How it is protected. */
  readonly protection: KeyRing["protection"];
  /** For what was last known of the team's database. */
  readonly copy: SealedFile;
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
  newest: z.record(z.string(), z.object({ number: z.number(), hash: z.string() })),
  inUse: z.boolean(),
});

const unreadable = fail({ kind: "unreadable", what: "secret-unreadable" });

function bind(keyId: string): Buffer {
  return Buffer.from(JSON.stringify(["messaging-console home", 1, NAME, keyId]));
}

/** `engine` and `keys` are those of the file in `directory`. */
export function createTeamHome({ engine, keys, directory }: { readonly engine: Engine; readonly keys: KeyRing; readonly directory: string }): FileHome {
  const copy = createSealedFile({ file: path.join(directory, COPY), engine, keys });

  function* kept(): Steps<Result<TeamAtHome | null>> {
    const row = yield* get("SELECT key_id, nonce, sealed FROM home WHERE name = ?", NAME);
    if (row === null) return succeed(null);
    const key = keys.find(textOf(row, "key_id"));
    const plain = key === null ? null : openBytes(key.key, bind(key.id), { nonce: bytesOf(row, "nonce"), sealed: bytesOf(row, "sealed") });
    if (plain === null) return unreadable;
    const read = keptSchema.safeParse(JSON.parse(Buffer.from(plain).toString("utf8")));
    return read.success ? succeed(read.data) : unreadable;
  }

  // What accompanies saves is a note: it makes no copy of the file a newer one.
  return {
    copy,
    get protection() {
      return keys.protection;
    },
    read: () => engine.now(kept()),
    change: (edit) =>
      engine.note<null>(function* change() {
        const before = yield* kept();
        if (!before.ok) return before;
        const content = edit(before.value);
        if (content === null) return succeed(null);
        const key = yield* keys.current();
        if (!key.ok) return key;
        const { nonce, sealed } = sealBytes(key.value.key, bind(key.value.id), Buffer.from(JSON.stringify(content), "utf8"));
        yield* run("DELETE FROM home WHERE name = ?", NAME);
        yield* run("INSERT INTO home (name, key_id, nonce, sealed) VALUES (?, ?, ?, ?)", NAME, key.value.id, nonce, sealed);
        return succeed(null);
      }, { wait: true }),
    forget: async () => {
      await copy.remove();
      return engine.note<null>(function* forget() {
        yield* run("DELETE FROM home WHERE name = ?", NAME);
        return succeed(null);
      }, { wait: true });
    },
  };
}
