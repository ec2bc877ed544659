/** What somebody with every right in the database can do to a team, and what its consoles make of it. */
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bytesOf, numberOf, textOf } from "../../../../../main/store/columns.ts";
import { Connection } from "../../../../../main/store/connection.ts";
import type { Steps } from "../../../../../main/store/steps.ts";
import { enrolmentCode } from "../../../../../main/store/team/code.ts";
import { consoleOf, makeConsoleKeys, makePaper, memberOf, readPaper, type Console } from "../../../../../main/store/team/console.ts";
import { approve, askToJoin, foundTeam, readDataKey, readRequests, recover, removeMember, STRANGER } from "../../../../../main/store/team/membership.ts";
import { readRoster, type Remembered } from "../../../../../main/store/team/roster.ts";
import { replicaTables } from "../../../../../main/store/team/tables.ts";
import { openSecret, sealSecret } from "../../../../../main/store/vault.ts";
import { fail, type RosterRefusal } from "../../../../../shared/fault.ts";
import { readCode } from "../../../../../shared/rules/enrolment-code.ts";
import { take } from "../support.ts";

let database: Connection;
const now = <T>(steps: Steps<T>) => database.now(steps);
const refused = (why: RosterRefusal) => fail({ kind: "roster-refused", why });

/** A console, and what it remembers. */
interface Seat {
  readonly console: Console;
  readonly remembered: Remembered;
}

const newSeat = (label: string): Seat => ({ console: consoleOf(makeConsoleKeys(label)), remembered: STRANGER });
const admit = (seat: Seat, member: string, agreed: string) => now(approve(seat.console, seat.remembered, { member, agreed }, 3));
/** Asks to be let in, as one who is not. */
function asks(console: Console) {
  const { code, remembered } = take(now(askToJoin(console, STRANGER, 2)));
  if (code === null) throw new Error("is in the team already");
  return { code, remembered };
}
/** Let in by `ada`. */
function joined(label: string): Seat {
  const { console } = newSeat(label);
  const { code, remembered } = asks(console);
  ada = { ...ada, remembered: { ...ada.remembered, head: take(admit(ada, console.id, code)) } };
  return { console, remembered };
}
const keyOf = ({ console, remembered }: Seat) => {
  const roster = now(readRoster(remembered));
  return roster.ok ? now(readDataKey(console, roster.value)) : roster;
};

let ada: Seat;
let paper: ReturnType<typeof makePaper>;
beforeEach(() => {
  database = new Connection(":memory:", { readOnly: false });
  database.execute(`${replicaTables}
    CREATE TABLE identity_store (id TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT;
    CREATE TABLE revision_secret (store_id TEXT NOT NULL, number INTEGER NOT NULL, secret_id TEXT NOT NULL) STRICT;
    CREATE TABLE secret (id TEXT PRIMARY KEY, at INTEGER NOT NULL, key_id TEXT NOT NULL, schema INTEGER NOT NULL, nonce BLOB NOT NULL, sealed BLOB NOT NULL, purpose TEXT NOT NULL) STRICT;
  `);
  ada = newSeat("ada on PC-1");
  paper = makePaper();
  ada = { ...ada, remembered: take(now(foundTeam(ada.console, memberOf(paper.console), 1))) };
});
afterEach(() => database.close());

it("a console that was let in has the team's key, and nobody else", () => {
  const bob = joined("bob on PC-2");
  expect(take(keyOf(bob))).toEqual(take(keyOf(ada)));
  expect(keyOf(newSeat("eve"))).toEqual(refused("not-enrolled"));
  expect([...take(now(readRoster(bob.remembered))).members.values()].map(({ label }) => label)).toEqual(["ada on PC-1", "", "bob on PC-2"]);
});

it("the key on paper lets a console in, however it is typed, and no other paper does", () => {
  const bob = newSeat("bob");
  const enter = (text: string) => {
    const read = readPaper(text);
    return read === null ? null : now(recover(bob.console, STRANGER, read, 4));
  };
  expect(paper.text).toMatch(/^(?:[A-Z2-7]{4}-){7}[A-Z2-7]{4}$/);
  expect(enter(makePaper().text)).toEqual(refused("not-enrolled"));
  expect([enter("ABCD"), enter(paper.text.replace(/.$/, "!"))]).toEqual([null, null]);
  take(enter(` ${paper.text.toLowerCase().replaceAll("-", " ").replaceAll("o", "0")} `) ?? refused("no-key"));
  expect(take(keyOf(bob))).toEqual(take(keyOf(ada)));
});

it("both screens show one code, read whatever it was typed like", () => {
  const { console: bob } = newSeat("bob");
  const { code, remembered } = asks(bob);
  expect(now(readRequests())).toEqual([{ at: 2, member: memberOf(bob) }]);
  expect(code).toBe(enrolmentCode(remembered.root ?? "", memberOf(bob)));
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(readCode(` ${code.toLowerCase().replace("-", " ")} `)).toBe(code);
  expect(readCode("oil01-abcde")).toBe("01101-ABCDE");
});

it("a console that is in the team asks nobody, and one that knows another team is refused", () => {
  const bob = joined("bob");
  expect(now(askToJoin(bob.console, bob.remembered, 5))).toMatchObject({ ok: true, value: { code: null } });
  expect(now(readRequests())).toEqual([]);
  expect(now(askToJoin(bob.console, { ...bob.remembered, root: "another" }, 5))).toEqual(refused("another-team"));
});

it("keys that were exchanged in a request make another code", () => {
  const { console: bob } = newSeat("bob");
  const { code } = asks(bob);
  database.run("UPDATE team_request SET seal_key = ?", randomBytes(32));
  expect(admit(ada, bob.id, code)).toEqual(refused("codes-differ"));
  expect(admit(ada, "nobody", code)).toEqual(refused("no-request"));
});

it("a console that nobody let in is refused with all that comes after", () => {
  const { console: eve } = newSeat("eve");
  const { head } = take(now(readRoster(ada.remembered)));
  const entry = (by: string) => JSON.stringify({ kind: "admit", member: memberOf(eve), seq: head.seq + 1, previous: head.hash, by, at: 5 });
  database.run("INSERT INTO team_entry (seq, entry, signature) VALUES (?, ?, ?)", head.seq + 1, entry(eve.id), randomBytes(64));
  expect(keyOf(ada)).toEqual(refused("rogue-entry"));
  database.run("UPDATE team_entry SET entry = ? WHERE seq = ?", entry(ada.console.id), head.seq + 1);
  expect(keyOf(ada)).toEqual(refused("signature"));
  database.run("UPDATE team_entry SET entry = '{' WHERE seq = ?", head.seq + 1);
  expect(keyOf(ada)).toEqual(refused("unreadable"));
});

it("another team in the place of this one is refused, and so is its key", () => {
  const bob = joined("bob");
  database.execute("DELETE FROM team_entry; DELETE FROM team_key");
  take(now(foundTeam(newSeat("eve").console, memberOf(makePaper().console), 9)));
  for (const seat of [ada, bob]) expect(keyOf(seat)).toEqual(refused("another-team"));
});

it("what was taken out of the chain, put in another order or written anew is missed by who saw it", () => {
  const before = ada.remembered;
  const bob = joined("bob");
  const seen = { ...bob, remembered: ada.remembered };
  const last = ada.remembered.head.seq;
  database.execute("CREATE TABLE kept AS SELECT * FROM team_entry");
  database.run("DELETE FROM team_entry WHERE seq = ?", last);
  expect(keyOf(seen)).toEqual(refused("rolled-back"));
  ada = { ...ada, remembered: before };
  joined("cleo");
  expect(keyOf(seen)).toEqual(refused("rewritten"));
  database.execute("DELETE FROM team_entry; INSERT INTO team_entry SELECT * FROM kept WHERE seq <> 2");
  expect(keyOf(seen)).toEqual(refused("gap"));
  database.execute("DELETE FROM team_entry");
  expect(keyOf(seen)).toEqual(refused("rolled-back"));
  expect(keyOf(newSeat("new"))).toEqual(refused("no-team"));
});

it("a key that somebody else put there is refused", () => {
  database.run("UPDATE team_key SET sealed = (SELECT sealed FROM team_key WHERE member <> ?) WHERE member = ?", ada.console.id, ada.console.id);
  expect(keyOf(ada)).toEqual(refused("no-key"));
});

it("a secret opens in its own place alone", () => {
  const key = take(keyOf(ada));
  const address = { id: "s1", purpose: "directory-password" };
  const sealed = sealSecret(key, address, Buffer.from("Pa55word!"));
  expect(Buffer.from(openSecret(key, address, key.schema, sealed) ?? []).toString()).toBe("Pa55word!");
  for (const other of [{ ...address, id: "s2" }, { ...address, purpose: "messaging/exchange/password" }]) expect(openSecret(key, other, key.schema, sealed)).toBeNull();
  expect(openSecret({ ...key, id: "another team/1" }, address, key.schema, sealed)).toBeNull();
  expect(openSecret(key, address, 1, sealed)).toBeNull();
  expect(openSecret(key, address, key.schema, { ...sealed, sealed: new Uint8Array(3) })).toBeNull();
});

it("one that was taken out opens nothing, is said what it knew, and cannot be put back by going back", () => {
  const bob = joined("bob");
  const key = take(keyOf(ada));
  const put = (id: string, store: string, { nonce, sealed }: { nonce: Uint8Array; sealed: Uint8Array }) => {
    database.run("INSERT INTO secret (id, at, key_id, schema, nonce, sealed, purpose) VALUES (?, 1, ?, ?, ?, ?, 'p')", id, key.id, key.schema, nonce, sealed);
    for (const number of [1, 2]) database.run("INSERT INTO revision_secret VALUES (?, ?, ?)", store, number, id);
  };
  for (let n = 0; n < 500; n += 1) put(`s${n}`, `store ${n}`, sealSecret(key, { id: `s${n}`, purpose: "p" }, Buffer.from(`secret ${n}`)));
  put("broken", "store", { nonce: randomBytes(12), sealed: randomBytes(40) });
  database.execute("CREATE TABLE kept AS SELECT * FROM team_key");
  const removed = take(now(removeMember(ada.console, ada.remembered, bob.console.id, 8)));
  ada = { ...ada, remembered: { ...ada.remembered, head: removed.head } };
  expect(removed.known).toEqual(Array.from({ length: 500 }, (_none, n) => ({ store: `store ${n}`, secret: "p" })));
  expect(keyOf(bob)).toEqual(refused("not-enrolled"));
  const fresh = take(keyOf(ada));
  const opened = database.all("SELECT id, key_id, schema, nonce, sealed FROM secret WHERE id <> 'broken'").map((row) => {
    const plain = openSecret(fresh, { id: textOf(row, "id"), purpose: "p" }, numberOf(row, "schema"), { nonce: bytesOf(row, "nonce"), sealed: bytesOf(row, "sealed") });
    return [textOf(row, "key_id"), Buffer.from(plain ?? []).toString()];
  });
  expect(new Map(opened.map(([id]) => [id, true]))).toEqual(new Map([[fresh.id, true]]));
  expect(opened.map(([, text]) => text)).toContain("secret 499");
  expect(fresh.id).not.toBe(key.id);
  expect(now(removeMember(ada.console, ada.remembered, bob.console.id, 9))).toEqual(refused("not-enrolled"));
  database.execute("DELETE FROM team_entry WHERE seq = (SELECT max(seq) FROM team_entry); DELETE FROM team_key; INSERT INTO team_key SELECT * FROM kept");
  expect(keyOf(ada)).toEqual(refused("rolled-back"));
});

it("a code is of one team and one pair of keys", () => {
  const { seal, sign } = memberOf(ada.console);
  const codes = [enrolmentCode("r", { seal, sign }), enrolmentCode("s", { seal, sign }), enrolmentCode("r", { seal: sign, sign: seal })];
  expect(new Set(codes).size).toBe(3);
  expect(enrolmentCode("r", { seal, sign })).toBe(codes[0]);
});

it("an entry that continues another one than stands before it is refused, though a member signed both", () => {
  const before = ada.remembered;
  joined("bob");
  const next = before.head.seq + 1;
  database.execute("CREATE TABLE kept AS SELECT * FROM team_entry");
  database.run("DELETE FROM team_entry WHERE seq = ?", next);
  ada = { ...ada, remembered: before };
  joined("cleo");
  joined("dora");
  database.run("UPDATE team_entry SET (entry, signature) = (SELECT entry, signature FROM kept WHERE seq = ?) WHERE seq = ?", next, next);
  expect(keyOf(newSeat("new"))).toEqual(refused("gap"));
});
