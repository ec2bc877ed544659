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

/** What is searched as it is typed: nothing of it stands for anything else. */
export function patternOf(search: string): string {
  return `%${searchable(search).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** Whether a column holds a pattern, as a condition. */
export function like(column: string): string {
  return String.raw`${column} LIKE ? ESCAPE '\'`;
}

export function wordsOf({ name, alias, address, externalAddress }: MailRequest): string {
  return searchable(name, alias, address, externalAddress);
}

interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** One condition a stored state: what is asked for of a single one is found in its order by an index. What is stored as running is interrupted where nobody is at it. */
function byState(states: JournalQuestion["states"], nowMs: string): readonly Condition[] {
  if (states.length === 0) return [{ sql: "", values: [] }];
  const [running, interrupted] = [states.includes("running"), states.includes("interrupted")];
  const stored = new Set([...states, ...(interrupted ? (["running"] as const) : [])]);
  const held = running === interrupted ? "" : ` AND ${running ? "" : "NOT "}${heldIn(nowMs)}`;
  return [...stored].map((state) => ({ sql: ` AND e.state = ?${state === "running" ? held : ""}`, values: [state] }));
}

/**
 * Conditions on `mail_entry e` joined with `mail_run r`, with their values: what is asked for is all that holds one of them, and nothing
 * holds two. A place in the journal that is none has nothing before it.
 */
export function conditionsOf({ storeId, run, states, search, before }: JournalQuestion, nowMs: string): readonly Condition[] {
  const place = before === null ? END : Number(before);
  const values: Value[] = [Number.isSafeInteger(place) ? place : 0];
  let sql = "e.seq < ?";
  const add = (condition: string, ...of: readonly Value[]) => {
    sql += ` AND ${condition}`;
    values.push(...of);
  };
  if (storeId !== null) add("e.store_id = ?", storeId);
  if (run !== null) add("e.run = ?", run);
  if (search !== "") {
    const pattern = patternOf(search);
    add(`(${["e.words", "e.address_words", "e.servers"].map(like).join(" OR ")})`, pattern, pattern, pattern);
  }
  return byState(states, nowMs).map((state) => ({ sql: `${sql}${state.sql}`, values: [...values, ...state.values] }));
}
