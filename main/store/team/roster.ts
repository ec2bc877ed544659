/**
 * Who is enrolled in a team: a chain of signed entries in a database that nobody has to trust. A console keeps the hash of the
 * first entry and of the newest that it saw, and accepts only what continues them, so that nobody with the database in hand
 * lets himself in, puts a removed console back, or shows another team.
 */
import { createPublicKey, hash, sign, verify, type KeyObject } from "node:crypto";
import { z } from "zod";
import { fail, succeed, type Result, type RosterRefusal } from "../../../shared/fault.ts";
import { bytesOf, numberOf, textOf } from "../columns.ts";
import { all, run, type Steps } from "../steps.ts";

/** RFC 8410: what stands before the 32 bytes of an Ed25519 key in DER. */
const ED25519 = Buffer.from("302a300506032b6570032100", "hex");

const memberSchema = z.object({
  id: z.string(),
  /** `anna on PC-17, desktop`: said, not proven. */
  label: z.string(),
  /** Public keys, 32 bytes in hex: X25519 and Ed25519. */
  seal: z.string().regex(/^[0-9a-f]{64}$/),
  sign: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Member = z.infer<typeof memberSchema>;

const link = { seq: z.number(), previous: z.string(), by: z.string(), at: z.number() };
/** `proof` is a hash of the epoch's data key, so that nobody hands out another one. */
const epoch = { epoch: z.number(), proof: z.string() };
const entrySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("found"), team: z.string(), member: memberSchema, ...epoch, ...link }),
  z.object({ kind: z.literal("admit"), member: memberSchema, ...link }),
  // `last`: by identity store, the hash of the newest seal there that the member signed. What comes to light later is not believed.
  z.object({ kind: z.literal("remove"), member: z.string(), last: z.record(z.string(), z.string()), ...epoch, ...link }),
]);
export type Entry = z.infer<typeof entrySchema>;
type Unlinked<E> = E extends Entry ? Omit<E, keyof typeof link> : never;
export type NewEntry = Unlinked<Entry>;

/** One who was removed, with what of theirs still stands. */
export type FormerMember = Member & { readonly last: Readonly<Record<string, string>> };

/** A place in the chain. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** What a console remembers of a team; `root` null while it was never in one. */
export interface Remembered {
  readonly root: string | null;
  readonly head: Head;
}

export interface Roster {
  readonly team: string;
  /** Hash of the first entry. */
  readonly root: string;
  readonly members: ReadonlyMap<string, Member>;
  readonly former: ReadonlyMap<string, FormerMember>;
  /** When each was let in, milliseconds since 1970. */
  readonly since: ReadonlyMap<string, number>;
  readonly epoch: number;
  readonly proofs: ReadonlyMap<number, string>;
  readonly head: Head;
}

export function refuse(why: RosterRefusal) {
  return fail({ kind: "roster-refused", why });
}

/** SHA-256 in hex, each part with its length in bytes: no two lists of parts are the same text. */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  if (!parts.every((part) => typeof part === "string")) return hash("sha256", Buffer.concat(parts.flatMap((part) => [Buffer.from(`${Buffer.byteLength(part)}:`), Buffer.from(part)])));
  // A list of a thousand stores makes three thousand of these: in one call, and measured once where all is ASCII.
  let text = "";
  for (const part of parts) text += `${part.length}:${part}`;
  return hash("sha256", Buffer.byteLength(text) === text.length ? text : parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join(""));
}

export function verifyingKey({ sign: hex }: Pick<Member, "sign">): KeyObject {
  return createPublicKey({ key: Buffer.concat([ED25519, Buffer.from(hex, "hex")]), format: "der", type: "spki" });
}

/** What is known after some entries; grows entry by entry. */
class Chain {
  team = "";
  root = "";
  epoch = 0;
  head: Head = { seq: 0, hash: "" };
  readonly members = new Map<string, Member>();
  readonly former = new Map<string, FormerMember>();
  readonly since = new Map<string, number>();
  readonly proofs = new Map<number, string>();

  /** Null when the entry continues the chain. */
  add(seq: number, body: string, signature: Uint8Array): RosterRefusal | null {
    const read = z.safeParse(entrySchema, parsed(body));
    if (!read.success) return "unreadable";
    const entry = read.data;
    if (seq !== entry.seq || seq !== this.head.seq + 1 || entry.previous !== this.head.hash || (entry.kind === "found") !== (seq === 1)) return "gap";
    const signer = entry.kind === "found" ? entry.member : this.members.get(entry.by);
    if (signer === undefined || signer.id !== entry.by) return "rogue-entry";
    if (!verify(null, Buffer.from(body), verifyingKey(signer), signature)) return "signature";
    this.head = { seq, hash: hashOf(body, signature) };
    this.#take(entry);
    return null;
  }

  #take(entry: Entry): void {
    if (entry.kind === "found") [this.team, this.root] = [entry.team, this.head.hash];
    if (entry.kind === "remove") {
      const gone = this.members.get(entry.member);
      if (gone !== undefined) this.former.set(gone.id, { ...gone, last: entry.last });
      this.members.delete(entry.member);
    } else {
      this.members.set(entry.member.id, entry.member);
      this.since.set(entry.member.id, entry.at);
    }
    if (entry.kind !== "admit") {
      this.epoch = entry.epoch;
      this.proofs.set(entry.epoch, entry.proof);
    }
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Reads the chain and holds every link of it against what this console remembers. Fails with `roster-refused`. */
export function* readRoster(remembered: Remembered): Steps<Result<Roster>> {
  const chain = new Chain();
  for (const row of yield* all("SELECT seq, entry, signature FROM team_entry ORDER BY seq")) {
    const wrong = chain.add(numberOf(row, "seq"), textOf(row, "entry"), bytesOf(row, "signature"));
    if (wrong !== null) return refuse(wrong);
    if (remembered.root !== null && chain.head.seq === 1 && chain.root !== remembered.root) return refuse("another-team");
    if (chain.head.seq === remembered.head.seq && chain.head.hash !== remembered.head.hash) return refuse("rewritten");
  }
  if (chain.head.seq < remembered.head.seq) return refuse("rolled-back");
  if (chain.head.seq === 0) return refuse("no-team");
  return succeed(chain);
}

/** Adds an entry behind `head`, and answers the new head. Two that add at once are told by the key of the table. */
export function* appendEntry(entry: NewEntry, by: { readonly id: string; readonly sign: KeyObject; readonly at: number }, head: Head): Steps<Head> {
  const seq = head.seq + 1;
  const body = JSON.stringify({ ...entry, seq, previous: head.hash, by: by.id, at: by.at });
  const signature = sign(null, Buffer.from(body), by.sign);
  yield* run("INSERT INTO team_entry (seq, entry, signature) VALUES (?, ?, ?)", seq, body, signature);
  return { seq, hash: hashOf(body, signature) };
}
