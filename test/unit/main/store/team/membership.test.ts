/** What somebody with every right in the database can do to a team, and what its consoles make of it. */
import { generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bytesOf, numberOf } from "../../../../../main/store/columns.ts";
import { Connection } from "../../../../../main/store/connection.ts";
import type { Steps } from "../../../../../main/store/steps.ts";
import { enrolmentCode, readCode } from "../../../../../main/store/team/code.ts";
import { approve, askToJoin, foundTeam, listRequests, memberOf, openSecret, readDataKey, removeMember, sealSecret, type Console } from "../../../../../main/store/team/membership.ts";
import { readRoster } from "../../../../../main/store/team/roster.ts";
import { fail, type RosterRefusal } from "../../../../../shared/fault.ts";
import { fault, take } from "../support.ts";

let database: Connection;
const now = <T>(steps: Steps<T>) => database.now(steps);
const refused = (why: RosterRefusal) => fail({ kind: "roster-refused", why });

function newConsole(label: string): Console {
  return { id: randomUUID(), label, seal: generateKeyPairSync("x25519").privateKey, sign: generateKeyPairSync("ed25519").privateKey, remembered: { root: null, head: { seq: 0, hash: "" } } };
}
/** Let in by `ada`. */
function joined(label: string): Console {
  const console = newConsole(label);
  const { code, remembered } = take(now(askToJoin(console, 2)));
  ada = { ...ada, remembered: { ...ada.remembered, head: take(now(approve(ada, console.id, code, 3))) } };
  return { ...console, remembered };
}
const keyOf = (console: Console) => {
  const roster = now(readRoster(console.remembered));
  return roster.ok ? now(readDataKey(console, roster.value, roster.value.epoch)) : roster;
};

let ada: Console;
beforeEach(() => {
  database = new Connection(":memory:", { readOnly: false });
  database.execute(`
    CREATE TABLE team_entry (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL, signature BLOB NOT NULL) STRICT;
    CREATE TABLE team_request (member TEXT PRIMARY KEY, at INTEGER NOT NULL, label TEXT NOT NULL, seal_key BLOB NOT NULL, sign_key BLOB NOT NULL) STRICT;
    CREATE TABLE team_key (epoch INTEGER NOT NULL, member TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (epoch, member)) STRICT;
    CREATE TABLE team_secret (id TEXT PRIMARY KEY, purpose TEXT NOT NULL, epoch INTEGER NOT NULL, nonce BLOB NOT NULL, sealed BLOB NOT NULL) STRICT;
  `);
  ada = newConsole("ada on PC-1");
  ada = { ...ada, remembered: take(now(foundTeam(ada, memberOf(newConsole("paper")), 1))) };
});
afterEach(() => database.close());

it("a console that was let in has the team's key, and nobody else", () => {
  const bob = joined("bob on PC-2");
  expect(take(keyOf(bob))).toEqual(take(keyOf(ada)));
  expect(keyOf(newConsole("eve"))).toEqual(refused("no-key"));
  expect([...take(now(readRoster(bob.remembered))).members.values()].map(({ label }) => label)).toEqual(["ada on PC-1", "paper", "bob on PC-2"]);
});

it("both screens show one code, read whatever it was typed like", () => {
  const bob = newConsole("bob");
  const { code } = take(now(askToJoin(bob, 2)));
  expect(now(listRequests(ada.remembered.root ?? ""))).toEqual([{ member: bob.id, at: 2, label: "bob", code }]);
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(readCode(` ${code.toLowerCase().replace("-", " ")} `)).toBe(code);
  expect(readCode("oil01-abcde")).toBe("01101-ABCDE");
});

it("keys that were exchanged in a request make another code", () => {
  const bob = newConsole("bob");
  const { code } = take(now(askToJoin(bob, 2)));
  database.run("UPDATE team_request SET seal_key = ?", randomBytes(32));
  expect(now(listRequests(ada.remembered.root ?? ""))[0]?.code).not.toBe(code);
  expect(now(approve(ada, bob.id, code, 3))).toEqual(refused("codes-differ"));
  expect(now(approve(ada, "nobody", code, 3))).toEqual(refused("no-request"));
});

it("a console that nobody let in is refused with all that comes after", () => {
  const eve = newConsole("eve");
  const { head } = take(now(readRoster(ada.remembered)));
  const entry = (by: string) => JSON.stringify({ kind: "admit", member: memberOf(eve), seq: head.seq + 1, previous: head.hash, by, at: 5 });
  database.run("INSERT INTO team_entry (seq, entry, signature) VALUES (?, ?, ?)", head.seq + 1, entry(eve.id), randomBytes(64));
  expect(keyOf(ada)).toEqual(refused("not-enrolled"));
  database.run("UPDATE team_entry SET entry = ? WHERE seq = ?", entry(ada.id), head.seq + 1);
  expect(keyOf(ada)).toEqual(refused("signature"));
  database.run("UPDATE team_entry SET entry = '{' WHERE seq = ?", head.seq + 1);
  expect(keyOf(ada)).toEqual(refused("unreadable"));
});

it("another team in the place of this one is refused, and so is its key", () => {
  const bob = joined("bob");
  database.execute("DELETE FROM team_entry; DELETE FROM team_key");
  take(now(foundTeam(newConsole("eve"), memberOf(newConsole("paper of eve")), 9)));
  for (const console of [ada, bob]) expect(keyOf(console)).toEqual(refused("another-team"));
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
  expect(keyOf(newConsole("new"))).toEqual(refused("no-team"));
});

it("a key that somebody else put there is refused", () => {
  database.run("UPDATE team_key SET sealed = (SELECT sealed FROM team_key WHERE member <> ?) WHERE member = ?", ada.id, ada.id);
  expect(keyOf(ada)).toEqual(refused("no-key"));
});

it("a secret opens in its own place alone", () => {
  const [key, { team }] = [take(keyOf(ada)), take(now(readRoster(ada.remembered)))];
  const address = { id: "s1", purpose: "directory-password" };
  const sealed = sealSecret(key, team, address, Buffer.from("Pa55word!"));
  expect(Buffer.from(take(openSecret(key, team, address, sealed))).toString()).toBe("Pa55word!");
  for (const other of [{ ...address, id: "s2" }, { ...address, purpose: "messaging/exchange/password" }]) {
    expect(fault(openSecret(key, team, other, sealed))).toEqual({ kind: "unreadable", what: "secret-unreadable" });
  }
  expect(openSecret(key, "another team", address, sealed).ok).toBe(false);
  expect(openSecret({ ...key, epoch: 2 }, team, address, sealed).ok).toBe(false);
  expect(openSecret(key, team, address, { ...sealed, sealed: new Uint8Array(3) }).ok).toBe(false);
});

it("one that was taken out opens nothing, is said what it knew, and cannot be put back by going back", () => {
  const bob = joined("bob");
  const [key, { team }] = [take(keyOf(ada)), take(now(readRoster(ada.remembered)))];
  const put = (id: string, { nonce, sealed }: { nonce: Uint8Array; sealed: Uint8Array }) => database.run("INSERT INTO team_secret (id, purpose, epoch, nonce, sealed) VALUES (?, 'p', ?, ?, ?)", id, key.epoch, nonce, sealed);
  put("s1", sealSecret(key, team, { id: "s1", purpose: "p" }, Buffer.from("one")));
  put("broken", { nonce: randomBytes(12), sealed: randomBytes(40) });
  database.execute("CREATE TABLE kept AS SELECT * FROM team_key");
  const removed = take(now(removeMember(ada, bob.id, 8)));
  ada = { ...ada, remembered: { ...ada.remembered, head: removed.head } };
  expect(removed.known).toEqual(["s1"]);
  expect(keyOf(bob)).toEqual(refused("no-key"));
  const row = database.get("SELECT epoch, nonce, sealed FROM team_secret WHERE id = 's1'") ?? {};
  const fresh = take(keyOf(ada));
  expect([numberOf(row, "epoch"), fresh.epoch]).toEqual([2, 2]);
  expect(Buffer.from(take(openSecret(fresh, team, { id: "s1", purpose: "p" }, { nonce: bytesOf(row, "nonce"), sealed: bytesOf(row, "sealed") }))).toString()).toBe("one");
  expect(now(removeMember(ada, bob.id, 9))).toEqual(refused("not-enrolled"));
  database.execute("DELETE FROM team_entry WHERE seq = (SELECT max(seq) FROM team_entry); DELETE FROM team_key; INSERT INTO team_key SELECT * FROM kept");
  expect(keyOf(ada)).toEqual(refused("rolled-back"));
});

it("a code is of one team and one pair of keys", () => {
  const { seal, sign } = memberOf(ada);
  const codes = [enrolmentCode("r", { seal, sign }), enrolmentCode("s", { seal, sign }), enrolmentCode("r", { seal: sign, sign: seal })];
  expect(new Set(codes).size).toBe(3);
  expect(enrolmentCode("r", { seal, sign })).toBe(codes[0]);
});
