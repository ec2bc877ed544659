/**
 * Consoles that share sealed secrets. Each epoch has a random data key, sealed to every enrolled console; taking one out begins a
 * new epoch, seals everything again under its key and drops the old ones, in one transaction.
 */
import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { succeed, type Result } from "../../../shared/fault.ts";
import { bytesOf, numberOf, textOf } from "../columns.ts";
import type { SealingKey } from "../key-ring.ts";
import { all, get, run, type Steps, type Value } from "../steps.ts";
import { openSecret, sealSecret } from "../vault.ts";
import { enrolmentCode } from "./code.ts";
import { memberOf, type Console } from "./console.ts";
import { openSealed, sealTo } from "./hpke.ts";
import { appendEntry, hashOf, readRoster, refuse, type Head, type Member, type Remembered, type Roster } from "./roster.ts";
import { lastSealsOf } from "./seal-rows.ts";

const KEY_BYTES = 32;
/** Of secrets of a team: the seal names the key (`vault.ts`). */
const SECRET_SCHEMA = 2;
/** Secrets are written again so many at a time. */
const BATCH = 200;

export interface EnrolmentRequest {
  readonly at: number;
  readonly member: Member;
}

/** Where a password is that somebody knew. */
export interface KnownSecret {
  readonly store: string;
  readonly secret: string;
}

/** Data that a seal is bound to. A suite number leaves room for another way to seal. */
function bind(...parts: readonly (string | number)[]): Buffer {
  return Buffer.from(JSON.stringify(["messaging-console team", 1, ...parts]));
}

function proofOf(team: string, epoch: number, key: Uint8Array): string {
  return hashOf("key proof", team, String(epoch), key);
}

function keyOf(team: string, epoch: number, key: Uint8Array): SealingKey {
  return { id: `${team}/${epoch}`, key, schema: SECRET_SCHEMA };
}

function* wrapFor(team: string, epoch: number, key: Uint8Array, member: Member): Steps<void> {
  const sealed = sealTo(Buffer.from(member.seal, "hex"), { info: bind("data key", team), bound: bind(epoch, member.id, member.sign) }, key);
  yield* run("INSERT INTO team_key (epoch, member, sealed) VALUES (?, ?, ?)", epoch, member.id, sealed);
}

/** The team's key as it was sealed to this console, held against what the roster says of it. Fails with `roster-refused`: `not-enrolled`, `no-key`. */
export function* readDataKey(console: Console, { team, epoch, members, proofs }: Roster): Steps<Result<SealingKey>> {
  const me = memberOf(console);
  if (members.get(me.id)?.seal !== me.seal) return refuse("not-enrolled");
  const row = yield* get("SELECT sealed FROM team_key WHERE epoch = ? AND member = ?", epoch, me.id);
  const envelope = { info: bind("data key", team), bound: bind(epoch, me.id, me.sign) };
  const key = row === null ? null : openSealed(console.seal, envelope, bytesOf(row, "sealed"));
  const proof = proofs.get(epoch);
  if (key === null || proof === undefined || !timingSafeEqual(Buffer.from(proofOf(team, epoch, key)), Buffer.from(proof))) return refuse("no-key");
  return succeed(keyOf(team, epoch, key));
}

/** Begins a team with this console and, on paper, one that nobody sits at. Answers what is to be remembered. */
export function* foundTeam(console: Console, paper: Member, at: number): Steps<Result<Remembered>> {
  const [team, key] = [randomUUID(), randomBytes(KEY_BYTES)];
  const own = { id: console.id, sign: console.sign, at };
  const first = yield* appendEntry({ kind: "found", team, member: memberOf(console), epoch: 1, proof: proofOf(team, 1, key) }, own, { seq: 0, hash: "" });
  const head = yield* appendEntry({ kind: "admit", member: paper }, own, first);
  yield* wrapFor(team, 1, key, memberOf(console));
  yield* wrapFor(team, 1, key, paper);
  return succeed({ root: first.hash, head });
}

/** Of a console that was never in a team. */
export const STRANGER: Remembered = { root: null, head: { seq: 0, hash: "" } };

/** Asks to be let in. Answers the code to compare with somebody who is, null where this console is in the team already, and the team that it is of. */
export function* askToJoin(console: Console, remembered: Remembered, at: number): Steps<Result<{ readonly code: string | null; readonly remembered: Remembered }>> {
  const roster = yield* readRoster(remembered);
  if (!roster.ok) return roster;
  const { root, head, members } = roster.value;
  const me = memberOf(console);
  if (members.get(me.id)?.seal === me.seal) return succeed({ code: null, remembered: { root, head } });
  yield* run("DELETE FROM team_request WHERE member = ?", me.id);
  yield* run("INSERT INTO team_request (member, at, label, seal_key, sign_key) VALUES (?, ?, ?, ?, ?)", me.id, at, me.label, Buffer.from(me.seal, "hex"), Buffer.from(me.sign, "hex"));
  return succeed({ code: enrolmentCode(root, me), remembered: { root, head } });
}

/** Who waits to be let in, oldest first; no more than somebody compares codes with. */
export function* readRequests(): Steps<readonly EnrolmentRequest[]> {
  const rows = yield* all("SELECT member, at, label, seal_key, sign_key FROM team_request ORDER BY at, member LIMIT 50");
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  return rows.map((row) => ({ at: numberOf(row, "at"), member: { id: textOf(row, "member"), label: textOf(row, "label"), seal: hex(bytesOf(row, "seal_key")), sign: hex(bytesOf(row, "sign_key")) } }));
}

/** Lets a member in, by one who is. */
function* admit(by: Console, roster: Roster, member: Member, at: number): Steps<Result<Head>> {
  const key = yield* readDataKey(by, roster);
  if (!key.ok) return key;
  const head = yield* appendEntry({ kind: "admit", member }, { id: by.id, sign: by.sign, at }, roster.head);
  yield* run("DELETE FROM team_key WHERE member = ?", member.id);
  yield* wrapFor(roster.team, roster.epoch, key.value.key, member);
  yield* run("DELETE FROM team_request WHERE member = ?", member.id);
  return succeed(head);
}

/** Lets a console in. `agreed` is the code that both people compared: it is made again of the keys that stand there now. */
export function* approve(console: Console, remembered: Remembered, request: { readonly member: string; readonly agreed: string }, at: number): Steps<Result<Head>> {
  const roster = yield* readRoster(remembered);
  if (!roster.ok) return roster;
  const asked = (yield* readRequests()).find(({ member }) => member.id === request.member)?.member;
  if (asked === undefined) return refuse("no-request");
  if (enrolmentCode(roster.value.root, asked) !== request.agreed) return refuse("codes-differ");
  return yield* admit(console, roster.value, asked, at);
}

/** Lets this console in by the one on paper. Fails with `roster-refused`: `not-enrolled` for the paper of another team. */
export function* recover(console: Console, remembered: Remembered, paper: Console, at: number): Steps<Result<Head>> {
  const roster = yield* readRoster(remembered);
  if (!roster.ok) return roster;
  return yield* admit(paper, roster.value, memberOf(console), at);
}

/** Seals everything again that opens, and answers its ids; the rest stays as it is, and is said to be unreadable. */
function* sealAgain(old: SealingKey, key: SealingKey): Steps<ReadonlySet<Value | undefined>> {
  const again: Value[][] = [];
  for (const row of yield* all("SELECT id, at, schema, nonce, sealed, purpose FROM secret WHERE key_id = ?", old.id)) {
    const address = { id: textOf(row, "id"), purpose: textOf(row, "purpose") };
    const plain = openSecret(old, address, numberOf(row, "schema"), { nonce: bytesOf(row, "nonce"), sealed: bytesOf(row, "sealed") });
    if (plain === null) continue;
    const { nonce, sealed } = sealSecret(key, address, plain);
    again.push([address.id, numberOf(row, "at"), key.id, key.schema, nonce, sealed, address.purpose]);
  }
  for (let first = 0; first < again.length; first += BATCH) {
    const rows = again.slice(first, first + BATCH);
    const places = rows.map(() => "(?, ?, ?, ?, ?, ?, ?)").join(", ");
    const renewed = "key_id = excluded.key_id, schema = excluded.schema, nonce = excluded.nonce, sealed = excluded.sealed";
    yield* run(`INSERT INTO secret (id, at, key_id, schema, nonce, sealed, purpose) VALUES ${places} ON CONFLICT (id) DO UPDATE SET ${renewed}`, ...rows.flat());
  }
  return new Set(again.map(([id]) => id));
}

/** Takes a console out. Answers the new head, and where the passwords are that it could read. Fails with `roster-refused`. */
export function* removeMember(console: Console, remembered: Remembered, member: string, at: number): Steps<Result<{ readonly head: Head; readonly known: readonly KnownSecret[] }>> {
  const read = yield* readRoster(remembered);
  if (!read.ok) return read;
  const roster = read.value;
  const gone = roster.members.get(member);
  if (gone === undefined) return refuse("not-enrolled");
  const old = yield* readDataKey(console, roster);
  if (!old.ok) return old;
  const saved = yield* all("SELECT DISTINCT r.store_id, s.purpose, s.id FROM revision_secret r JOIN secret s ON s.id = r.secret_id WHERE s.key_id = ?", old.value.id);
  const [epoch, plain] = [roster.epoch + 1, randomBytes(KEY_BYTES)];
  const key = keyOf(roster.team, epoch, plain);
  const last = yield* lastSealsOf(roster.root, gone);
  const head = yield* appendEntry({ kind: "remove", member, last, epoch, proof: proofOf(roster.team, epoch, plain) }, { id: console.id, sign: console.sign, at }, roster.head);
  for (const other of roster.members.values()) if (other.id !== member) yield* wrapFor(roster.team, epoch, plain, other);
  const opened = yield* sealAgain(old.value, key);
  yield* run("DELETE FROM team_key WHERE epoch < ?", epoch);
  const known = new Map(saved.filter((row) => opened.has(textOf(row, "id"))).map((row) => [`${textOf(row, "store_id")} ${textOf(row, "purpose")}`, { store: textOf(row, "store_id"), secret: textOf(row, "purpose") }]));
  return succeed({ head, known: [...known.values()] });
}
