/** What is asked of the journal, in SQL that every engine takes. */
import type { JournalQuestion } from "../../shared/contract/mail-objects.ts";
import type { MailRequest } from "../../shared/model/mail-object.ts";
import { heldIn } from "./journal-rows.ts";
import type { Value } from "./steps.ts";

/** Behind every entry. */
const END = Number.MAX_SAFE_INTEGER;

/** As it is searched: PostgreSQL's text holds no NUL. */
export function searchable(...values: readonly (string | null)[]): string {
  return values.filter((value) => value !== null).join("\n").toLowerCase().replaceAll("\0", " ");
}

export function wordsOf({ name, alias, address, externalAddress }: MailRequest): string {
  return searchable(name, alias, address, externalAddress);
}

/** Conditions on `mail_entry e` joined with `mail_run r`, with their values. A place in the journal that is none is behind every entry. */
export function conditionsOf({ storeId, run, states, search, before }: JournalQuestion, nowMs: string): { readonly sql: string; readonly values: readonly Value[] } {
  const place = before === null ? END : Number(before);
  const conditions: string[] = ["e.seq < ?"];
  const values: Value[] = [Number.isSafeInteger(place) ? place : 0];
  const add = (sql: string, ...of: readonly Value[]) => {
    conditions.push(sql);
    values.push(...of);
  };
  if (storeId !== null) add("e.store_id = ?", storeId);
  if (run !== null) add("e.run = ?", run);
  if (states.length > 0) {
    // What is stored as running is interrupted where nobody is at it.
    const stored = states.filter((state) => state !== "running");
    const isHeld = heldIn(nowMs);
    const some = [
      ...(stored.length > 0 ? [`e.state IN (${stored.map(() => "?").join(", ")})`] : []),
      ...(states.includes("running") ? [`e.state = 'running' AND ${isHeld}`] : []),
      ...(states.includes("interrupted") ? [`e.state = 'running' AND NOT ${isHeld}`] : []),
    ];
    add(`(${some.join(" OR ")})`, ...stored);
  }
  if (search !== "") {
    const pattern = `%${searchable(search).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const like = (column: string) => String.raw`e.${column} LIKE ? ESCAPE '\'`;
    add(`(${["words", "address_words", "servers"].map(like).join(" OR ")})`, pattern, pattern, pattern);
  }
  return { sql: conditions.join(" AND "), values };
}
