/**
 * Leases: one console at a time does what is to be done once. A lease ends by itself when its holder does not renew it, by the
 * database's clock, which is the only one that all consoles share. What belongs to the work is written in the transaction that renews
 * the lease: a console that was asleep and does not know yet that another one has taken it over writes nothing. Each who takes it over
 * gets a higher token, and gives back no lease but that one.
 */
import { numberOf, textOf } from "../columns.ts";
import { get, type Steps } from "../steps.ts";

/** Milliseconds that a lease holds without being renewed. */
export const LEASE_MS = 20_000;

/** Takes or renews a lease. Answers its token; null while another one holds it. */
export function* takeLease(name: string, holder: string): Steps<number | null> {
  const row = yield* get(
    `INSERT INTO lease AS held (name, holder, until, token) VALUES (?, ?, now_ms() + ?, 1)
     ON CONFLICT (name) DO UPDATE SET
       holder = excluded.holder, until = excluded.until, token = held.token + CASE WHEN held.holder = excluded.holder THEN 0 ELSE 1 END
     WHERE held.until < now_ms() OR held.holder = excluded.holder
     RETURNING token`,
    name, holder, LEASE_MS,
  );
  return row === null ? null : numberOf(row, "token");
}

/** Who holds a lease now; null when nobody does. */
export function* holderOf(name: string): Steps<string | null> {
  const row = yield* get("SELECT holder FROM lease WHERE name = ? AND until >= now_ms()", name);
  return row === null ? null : textOf(row, "holder");
}

/** Gives a lease back before it ends. */
export function* giveBack(name: string, token: number): Steps<null> {
  yield* get("UPDATE lease SET until = 0 WHERE name = ? AND token = ? RETURNING name", name, token);
  return null;
}
