/** Rows of the journal as they are read. What another version wrote in words unknown here is told as such, and never fails a page. */
import { z } from "zod";
import { faultSchema, type Fault } from "../../shared/fault.ts";
import {
  directoryObjectSchema, journalStateSchema, mailRequestSchema, mailStepKindSchema, stepOutcomeSchema, type JournalEntry, type MailStep,
} from "../../shared/model/mail-object.ts";
import { providerChoiceSchema } from "../../shared/model/provider-choice.ts";
import { numberOf, numberOrNull, textOf, textOrNull, type Row } from "./columns.ts";
import { rowsOf, together, type Steps } from "./steps.ts";

/** What a newer version says and this one has no words for. */
const UNKNOWN: Fault = { kind: "unsupported", why: "newer-words" };

/** So many entries' steps are asked for by one statement, the same for however many there are. */
const AT_ONCE = 50;
const STEPS_OF = `SELECT * FROM mail_step WHERE entry IN (${Array.from({ length: AT_ONCE }, () => "?").join(", ")}) ORDER BY entry, number`;

const outcomeSchema = stepOutcomeSchema.catch({ state: "unanswered", fault: UNKNOWN });
const faultOrUnknownSchema = faultSchema.catch(UNKNOWN);
/** Without it nobody can say what became of an entry, which is what `interrupted` says. */
const stateSchema = journalStateSchema.catch("interrupted");
const objectSchema = directoryObjectSchema.nullable().catch(null);

/** Damage of one value is no reason to show none of the others. */
function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Null for a kind of step that this version does not know. */
function stepOf(row: Row): MailStep | null {
  const kind = mailStepKindSchema.safeParse(textOf(row, "kind"));
  if (!kind.success) return null;
  return {
    number: numberOf(row, "number"),
    kind: kind.data,
    server: textOrNull(row, "server"),
    at: numberOf(row, "at"),
    ms: numberOrNull(row, "ms"),
    outcome: outcomeSchema.parse(parsed(textOf(row, "outcome"))),
  };
}

const decodedSchema = z.object({ provider: providerChoiceSchema, request: mailRequestSchema });

/** Null for an object that this version has no words for: shown as another one, it could be taken for that. */
function entryOf(row: Row, steps: readonly Row[]): JournalEntry | null {
  const decoded = decodedSchema.safeParse({ provider: parsed(textOf(row, "provider")), request: parsed(textOf(row, "request")) });
  if (!decoded.success) return null;
  const state = stateSchema.parse(textOf(row, "state"));
  const fault = textOrNull(row, "fault");
  return {
    id: textOf(row, "id"),
    run: textOf(row, "run"),
    place: numberOf(row, "place"),
    storeId: textOf(row, "store_id"),
    storeName: textOf(row, "store_name"),
    at: numberOf(row, "at"),
    by: textOf(row, "who"),
    ...decoded.data,
    state: state === "running" && numberOf(row, "held") === 0 ? "interrupted" : state,
    object: objectSchema.parse(parsed(textOrNull(row, "object"))),
    address: textOrNull(row, "address"),
    fault: fault === null ? null : faultOrUnknownSchema.parse(parsed(fault)),
    steps: steps.map(stepOf).filter((step) => step !== null),
  };
}

/** Whether a process is at a run, as a condition. */
export function heldIn(nowMs: string): string {
  return `(r.holder IS NOT NULL AND r.held_until >= ${nowMs})`;
}

/** What an entry is read from, up to its conditions. */
export function entriesSql(nowMs: string): string {
  return `SELECT e.seq, e.id, e.run, e.place, e.store_id, e.state, e.address, e.object, e.fault, e.request, r.store_name, r.at, r.who, r.provider,
    CASE WHEN ${heldIn(nowMs)} THEN 1 ELSE 0 END AS held FROM mail_entry e JOIN mail_run r ON r.id = e.run`;
}

/** Entries of rows in their order. */
export function decoded(rows: readonly Row[], steps: readonly Row[]): readonly JournalEntry[] {
  const byEntry = Map.groupBy(steps, (row) => textOf(row, "entry"));
  return rows.map((row) => entryOf(row, byEntry.get(textOf(row, "id")) ?? [])).filter((entry) => entry !== null);
}

/** The steps of entries, each entry's in their order. */
export function* stepsOf(rows: readonly Row[]): Steps<readonly Row[]> {
  const ids = rows.map((row) => textOf(row, "id"));
  const statements = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, chunk) => {
    const some = ids.slice(chunk * AT_ONCE, (chunk + 1) * AT_ONCE);
    return rowsOf(STEPS_OF, ...some, ...Array.from({ length: AT_ONCE - some.length }, () => ""));
  });
  const answer = yield* together(statements);
  return statements.flatMap((statement) => answer(statement));
}
