/** Rows of `revision_seal`: which console of the team signed a revision, and which revision it continues. */
import { sign, verify, type KeyObject } from "node:crypto";
import { bytesOf, numberOf, textOf, type Row } from "../columns.ts";
import type { RevisionEntry } from "../revision-rows.ts";
import { all, get, run, type Steps } from "../steps.ts";
import { hashOf, verifyingKey, type Member } from "./roster.ts";

/** All but the number are hashes in hex, or ids. */
export interface Seal {
  readonly storeId: string;
  readonly number: number;
  readonly signer: string;
  /** Hash of the seal before; empty for the first. */
  readonly previous: string;
  readonly entry: string;
  readonly document: string;
}

export interface SignedSeal extends Seal {
  readonly hash: string;
  readonly signature: Uint8Array;
}

export function entryHash({ at, who, action, restoredFrom, changes, tested }: RevisionEntry): string {
  return hashOf("revision entry", String(at), who, action, String(restoredFrom), changes, tested);
}

export function documentHash(document: string): string {
  return hashOf("revision document", document);
}

/** `root` is the hash of the team's first entry. */
function sealHash(root: string, { storeId, number, signer, previous, entry, document }: Seal): string {
  return hashOf("revision seal", root, storeId, String(number), signer, previous, entry, document);
}

function toSign(hash: string): Buffer {
  return Buffer.from(JSON.stringify(["messaging-console revision", 1, hash]));
}

/** A key is made once for all seals of a member. */
const keys = new WeakMap<Member, KeyObject>();

function keyOf(member: Member): KeyObject {
  const key = keys.get(member) ?? verifyingKey(member);
  keys.set(member, key);
  return key;
}

export function isSignedBy(member: Member, { hash, signature }: SignedSeal): boolean {
  return verify(null, toSign(hash), keyOf(member), signature);
}

function sealOf(root: string, row: Row): SignedSeal {
  const seal = {
    storeId: textOf(row, "store_id"),
    number: numberOf(row, "number"),
    signer: textOf(row, "signer"),
    previous: textOf(row, "previous"),
    entry: textOf(row, "entry"),
    document: textOf(row, "document"),
  };
  return { ...seal, hash: sealHash(root, seal), signature: bytesOf(row, "signature") };
}

/** Answers its hash, for the one that continues it. */
export function* insertSeal(root: string, seal: Seal, key: KeyObject): Steps<string> {
  const hash = sealHash(root, seal);
  const signature = sign(null, toSign(hash), key);
  yield* run(
    "INSERT INTO revision_seal (store_id, number, signer, previous, entry, document, signature) VALUES (?, ?, ?, ?, ?, ?, ?)",
    seal.storeId, seal.number, seal.signer, seal.previous, seal.entry, seal.document, signature,
  );
  return hash;
}

export function* readSeal(root: string, storeId: string, number: number): Steps<SignedSeal | null> {
  const row = yield* get("SELECT * FROM revision_seal WHERE store_id = ? AND number = ?", storeId, number);
  return row === null ? null : sealOf(root, row);
}

/** Those from a number on, newest first. */
export function* readSeals(root: string, storeId: string, from: number): Steps<readonly SignedSeal[]> {
  return (yield* all("SELECT * FROM revision_seal WHERE store_id = ? AND number >= ? ORDER BY number DESC", storeId, from)).map((row) => sealOf(root, row));
}

/** As {@link readSeals}, of rows that were read before. */
export function sealsFrom(root: string, rows: readonly Row[], from: number): readonly SignedSeal[] {
  return rows.filter((row) => numberOf(row, "number") >= from).map((row) => sealOf(root, row));
}

/** By identity store, the hash of its newest seal where this member signed it. */
export function* lastSealsOf(root: string, member: Member): Steps<Record<string, string>> {
  const rows = yield* all("SELECT r.* FROM revision_seal r JOIN identity_store s ON s.id = r.store_id AND s.revision = r.number WHERE r.signer = ?", member.id);
  return Object.fromEntries(rows.map((row) => sealOf(root, row)).filter((seal) => isSignedBy(member, seal)).map(({ storeId, hash }) => [storeId, hash]));
}
