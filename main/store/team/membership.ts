/**
 * Consoles that share sealed secrets. Each epoch has a random data key, sealed to every enrolled console; taking one out begins a
 * new epoch, seals everything again under its key and drops the old ones, in one transaction.
 */
import { createCipheriv, createDecipheriv, createPublicKey, randomBytes, randomUUID, timingSafeEqual, type KeyObject } from "node:crypto";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import { bytesOf, numberOf, textOf } from "../columns.ts";
import { all, get, run, type Steps } from "../steps.ts";
import { enrolmentCode } from "./code.ts";
import { openSealed, rawPublicOf, sealTo } from "./hpke.ts";
import { appendEntry, hashOf, readRoster, refuse, type Head, type Member, type Remembered, type Roster } from "./roster.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** One console's own keys, and what it remembers of its team. Kept at home, sealed by the platform, and never in the database. */
export interface Console {
  readonly id: string;
  readonly label: string;
  readonly seal: KeyObject;
  readonly sign: KeyObject;
  readonly remembered: Remembered;
}

export interface EnrolmentRequest {
  readonly member: string;
  readonly at: number;
  readonly label: string;
  readonly code: string;
}

/** A key of the team, by its epoch. */
export interface DataKey {
  readonly epoch: number;
  readonly key: Uint8Array;
}

/** Data that a seal is bound to. A suite number leaves room for another way to seal. */
function bind(...parts: readonly (string | number)[]): Buffer {
  return Buffer.from(JSON.stringify(["messaging-console team", 1, ...parts]));
}

function proofOf(team: string, epoch: number, key: Uint8Array): string {
  return hashOf("key proof", team, String(epoch), key);
}

function signingKeyOf(key: KeyObject): string {
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-KEY_BYTES).toString("hex");
}

export function memberOf({ id, label, seal, sign }: Console): Member {
  return { id, label, seal: rawPublicOf(seal).toString("hex"), sign: signingKeyOf(sign) };
}

function* wrapFor(team: string, { epoch, key }: DataKey, member: Member): Steps<void> {
  const sealed = sealTo(Buffer.from(member.seal, "hex"), { info: bind("data key", team), bound: bind(epoch, member.id, member.sign) }, key);
  yield* run("INSERT INTO team_key (epoch, member, sealed) VALUES (?, ?, ?)", epoch, member.id, sealed);
}

/** The key of an epoch as it was sealed to this console, held against what the roster says of it. Fails with `roster-refused`: `no-key`. */
export function* readDataKey(console: Console, roster: Roster, epoch: number): Steps<Result<DataKey>> {
  const row = yield* get("SELECT sealed FROM team_key WHERE epoch = ? AND member = ?", epoch, console.id);
  const envelope = { info: bind("data key", roster.team), bound: bind(epoch, console.id, signingKeyOf(console.sign)) };
  const key = row === null ? null : openSealed(console.seal, envelope, bytesOf(row, "sealed"));
  const proof = roster.proofs.get(epoch);
  if (key === null || proof === undefined || !timingSafeEqual(Buffer.from(proofOf(roster.team, epoch, key)), Buffer.from(proof))) return refuse("no-key");
  return succeed({ epoch, key });
}

/** Begins a team with this console and, on paper, one that nobody sits at. Answers what is to be remembered. */
export function* foundTeam(console: Console, paper: Member, at: number): Steps<Result<Remembered>> {
  const [team, key] = [randomUUID(), { epoch: 1, key: randomBytes(KEY_BYTES) }];
  const own = { id: console.id, sign: console.sign, at };
  const first = yield* appendEntry({ kind: "found", team, member: memberOf(console), epoch: 1, proof: proofOf(team, 1, key.key) }, own, { seq: 0, hash: "" });
  const head = yield* appendEntry({ kind: "admit", member: paper }, own, first);
  yield* wrapFor(team, key, memberOf(console));
  yield* wrapFor(team, key, paper);
  return succeed({ root: first.hash, head });
}

/** Asks to be let in. Answers the code to compare with somebody who is, and the team that it is of. */
export function* askToJoin(console: Console, at: number): Steps<Result<{ readonly code: string; readonly remembered: Remembered }>> {
  const roster = yield* readRoster(console.remembered);
  if (!roster.ok) return roster;
  const { root, head } = roster.value;
  const me = memberOf(console);
  yield* run("DELETE FROM team_request WHERE member = ?", me.id);
  yield* run("INSERT INTO team_request (member, at, label, seal_key, sign_key) VALUES (?, ?, ?, ?, ?)", me.id, at, me.label, Buffer.from(me.seal, "hex"), Buffer.from(me.sign, "hex"));
  return succeed({ code: enrolmentCode(root, me), remembered: { root, head } });
}

function* readRequests(): Steps<readonly { readonly at: number; readonly member: Member }[]> {
  const rows = yield* all("SELECT member, at, label, seal_key, sign_key FROM team_request ORDER BY at, member");
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  return rows.map((row) => ({ at: numberOf(row, "at"), member: { id: textOf(row, "member"), label: textOf(row, "label"), seal: hex(bytesOf(row, "seal_key")), sign: hex(bytesOf(row, "sign_key")) } }));
}

/** Who waits to be let in, each with the code that must stand on its screen. */
export function* listRequests(root: string): Steps<readonly EnrolmentRequest[]> {
  return (yield* readRequests()).map(({ at, member }) => ({ member: member.id, at, label: member.label, code: enrolmentCode(root, member) }));
}

/** Lets a console in. `agreed` is the code that both people compared: it is made again of the keys that stand there now. */
export function* approve(console: Console, member: string, agreed: string, at: number): Steps<Result<Head>> {
  const roster = yield* readRoster(console.remembered);
  if (!roster.ok) return roster;
  const asked = (yield* readRequests()).find((request) => request.member.id === member)?.member;
  if (asked === undefined) return refuse("no-request");
  if (enrolmentCode(roster.value.root, asked) !== agreed) return refuse("codes-differ");
  const key = yield* readDataKey(console, roster.value, roster.value.epoch);
  if (!key.ok) return key;
  const head = yield* appendEntry({ kind: "admit", member: asked }, { id: console.id, sign: console.sign, at }, roster.value.head);
  yield* wrapFor(roster.value.team, key.value, asked);
  yield* run("DELETE FROM team_request WHERE member = ?", member);
  return succeed(head);
}

/** Where a secret belongs: nothing sealed for one place opens in another. */
export interface SecretAddress {
  readonly id: string;
  readonly purpose: string;
}

export function sealSecret({ epoch, key }: DataKey, team: string, { id, purpose }: SecretAddress, plain: Uint8Array): { readonly nonce: Buffer; readonly sealed: Buffer } {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(bind("secret", team, epoch, purpose, id));
  return { nonce, sealed: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

/** Fails with `unreadable: secret-unreadable`. */
export function openSecret({ epoch, key }: DataKey, team: string, { id, purpose }: SecretAddress, { nonce, sealed }: { readonly nonce: Uint8Array; readonly sealed: Uint8Array }): Result<Uint8Array> {
  const unreadable = fail({ kind: "unreadable", what: "secret-unreadable" });
  if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) return unreadable;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES }).setAAD(bind("secret", team, epoch, purpose, id));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return succeed(new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])));
  } catch {
    return unreadable;
  }
}

/** Takes a console out. Answers the new head, and the secrets that it could read: whose they are is to be changed. */
export function* removeMember(console: Console, member: string, at: number): Steps<Result<{ readonly head: Head; readonly known: readonly string[] }>> {
  const read = yield* readRoster(console.remembered);
  if (!read.ok) return read;
  const roster = read.value;
  if (!roster.members.has(member)) return refuse("not-enrolled");
  const old = yield* readDataKey(console, roster, roster.epoch);
  if (!old.ok) return old;
  const key = { epoch: roster.epoch + 1, key: randomBytes(KEY_BYTES) };
  const head = yield* appendEntry({ kind: "remove", member, epoch: key.epoch, proof: proofOf(roster.team, key.epoch, key.key) }, { id: console.id, sign: console.sign, at }, roster.head);
  for (const other of roster.members.values()) if (other.id !== member) yield* wrapFor(roster.team, key, other);
  const known: string[] = [];
  for (const row of yield* all("SELECT id, purpose, nonce, sealed FROM team_secret WHERE epoch = ?", old.value.epoch)) {
    const address = { id: textOf(row, "id"), purpose: textOf(row, "purpose") };
    const plain = openSecret(old.value, roster.team, address, { nonce: bytesOf(row, "nonce"), sealed: bytesOf(row, "sealed") });
    // What does not open now would not open later: it stays as it is, and is said to be unreadable.
    if (!plain.ok) continue;
    const again = sealSecret(key, roster.team, address, plain.value);
    yield* run("UPDATE team_secret SET epoch = ?, nonce = ?, sealed = ? WHERE id = ?", key.epoch, again.nonce, again.sealed, address.id);
    known.push(address.id);
  }
  yield* run("DELETE FROM team_key WHERE epoch < ?", key.epoch);
  return succeed({ head, known });
}
