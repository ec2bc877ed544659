/**
 * The journal of what is done with mail objects, each step before it happens and after, over every engine. A run belongs to the process
 * that holds it: each write renews the hold first, by the row of the run, and changes nothing where another process has that row.
 * At the opening of a store finished runs go, the oldest first, while there are more than 100,000 entries, and never so that fewer than
 * 10,000 are left (`journal-retention.ts`); what is not finished never goes.
 */
import { randomUUID } from "node:crypto";
import { succeed, type Result } from "../../shared/fault.ts";
import type { JournalPage, JournalQuestion } from "../../shared/contract/mail-objects.ts";
import type { Logger } from "../ports.ts";
import type { Changes } from "./changes.ts";
import { numberOf, type Row } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { conditionsOf, searchable, wordsOf } from "./journal-question.ts";
import { decoded, entriesSql, stepsOf } from "./journal-rows.ts";
import { refuseMissingRun, refuseRunUnderWay } from "./refusals.ts";
import { all, get, rowsOf, run as change, together, type Steps, type Value } from "./steps.ts";
import type { EntryChange, Journal, NewRun } from "./types.ts";

/** Milliseconds that a run is held without a word of its holder, by the database's clock. */
export const HOLD_MS = 30_000;
/** So many objects of a run are sent to the database together. */
const CHUNK = 500;

interface Dependencies {
  readonly engine: Engine;
  readonly changes: Changes;
  readonly logger: Logger;
}

export function createJournal({ engine, changes, logger }: Dependencies): Journal {
  /** This process, as it holds runs. */
  const holder = randomUUID();
  const { nextVersion, nowMs } = engine.words;
  const HELD = `held_until = ${nowMs} + ${HOLD_MS}, changed = (${nextVersion})`;
  const ENTRIES = entriesSql(nowMs);

  const written = async <T>(steps: () => Steps<Result<T>>): Promise<Result<T>> => {
    const result = await engine.record(steps);
    if (result.ok) changes.announce();
    return result;
  };

  /** Renews the hold on the run of an entry; what is written next is written while nobody else can take it. */
  function* isHeld(entry: string): Steps<boolean> {
    return (yield* change(`UPDATE mail_run SET ${HELD} WHERE holder = ? AND id = (SELECT run FROM mail_entry WHERE id = ?)`, holder, entry)) > 0;
  }

  function* beginRun(run: NewRun, id: string, entries: readonly string[]): Steps<Result<null>> {
    yield* change(
      `INSERT INTO mail_run (id, store_id, store_name, at, who, provider, holder, held_until, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ${nowMs} + ${HOLD_MS}, (${nextVersion}))`,
      id, run.storeId, run.storeName, Math.round(run.at), run.by, JSON.stringify(run.provider), holder,
    );
    const rows = run.requests.map((request, index) =>
      rowsOf(
        "INSERT INTO mail_entry (id, run, place, store_id, state, words, servers, address_words, request) VALUES (?, ?, ?, ?, 'planned', ?, '', '', ?)",
        entries[index] ?? "", id, index + 1, run.storeId, wordsOf(request), JSON.stringify(request),
      ),
    );
    for (let from = 0; from < rows.length; from += CHUNK) yield* together(rows.slice(from, from + CHUNK));
    return succeed(null);
  }

  function* takeRun(id: string): Steps<Result<null>> {
    const taken = yield* change(`UPDATE mail_run SET holder = ?, ${HELD} WHERE id = ? AND (holder IS NULL OR holder = ? OR held_until < ${nowMs})`, holder, id, holder);
    if (taken > 0) return succeed(null);
    return (yield* get("SELECT 1 AS found FROM mail_run WHERE id = ?", id)) === null ? refuseMissingRun() : refuseRunUnderWay();
  }

  /** What is there already was written by a try whose answer was lost, or it is another step: a bug, which writes over nothing. */
  function* expectStored(entry: string, number: number, stored: Readonly<Record<string, Value>>): Steps<void> {
    const row = yield* get("SELECT * FROM mail_step WHERE entry = ? AND number = ?", entry, number);
    if (row === null || Object.entries(stored).some(([column, value]) => row[column] !== value)) throw new Error(`step ${number} of an entry of the journal is another one`);
  }

  /** Somebody is at an entry from its first step on. */
  function* beginStep(entry: string, step: Parameters<Journal["begun"]>[1]): Steps<Result<null>> {
    if (!(yield* isHeld(entry))) return refuseMissingRun();
    yield* change(
      "UPDATE mail_entry SET state = 'running', servers = CASE WHEN EXISTS (SELECT 1 FROM mail_step WHERE entry = ? AND server = ?) THEN servers ELSE servers || ? END WHERE id = ?",
      entry, step.server, step.server === null ? "" : `${searchable(step.server)}\n`, entry,
    );
    const { number, kind, server } = step;
    const [at, outcome] = [Math.round(step.at), JSON.stringify({ state: "started" })];
    const count = yield* change(
      "INSERT INTO mail_step (entry, number, kind, server, at, state, outcome) VALUES (?, ?, ?, ?, ?, 'started', ?) ON CONFLICT DO NOTHING",
      entry, number, kind, server, at, outcome,
    );
    if (count === 0) yield* expectStored(entry, number, { kind, server, at, outcome });
    return succeed(null);
  }

  function* put(entry: string, { state, object, address, fault }: EntryChange): Steps<void> {
    const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
    const sets: (readonly [string, Value])[] = [["state", state]];
    if (object !== undefined) sets.push(["object", json(object)]);
    if (address !== undefined) sets.push(["address", address], ["address_words", searchable(address)]);
    if (fault !== undefined) sets.push(["fault", json(fault)]);
    yield* change(`UPDATE mail_entry SET ${sets.map(([column]) => `${column} = ?`).join(", ")} WHERE id = ?`, ...sets.map(([, value]) => value), entry);
  }

  function* endStep(entry: string, step: Parameters<Journal["ended"]>[1], made: EntryChange): Steps<Result<null>> {
    if (!(yield* isHeld(entry))) return refuseMissingRun();
    const { number } = step;
    const [ms, outcome] = [step.ms === null ? null : Math.round(step.ms), JSON.stringify(step.outcome)];
    // What ended is history.
    const count = yield* change("UPDATE mail_step SET ms = ?, state = ?, outcome = ? WHERE entry = ? AND number = ? AND state = 'started'", ms, step.outcome.state, outcome, entry, number);
    if (count === 0) yield* expectStored(entry, number, { ms, outcome });
    yield* put(entry, made);
    return succeed(null);
  }

  function* changeEntry(entry: string, made: EntryChange): Steps<Result<null>> {
    if (!(yield* isHeld(entry))) return refuseMissingRun();
    yield* put(entry, made);
    return succeed(null);
  }

  const entriesOf = (rows: readonly Row[], steps: readonly Row[]) => {
    const entries = decoded(rows, steps);
    if (entries.length < rows.length) logger.warn("entries of the journal are not shown: this version has no words for them", { count: rows.length - entries.length });
    return entries;
  };

  function* readPage(question: JournalQuestion): Steps<{ readonly rows: readonly Row[]; readonly steps: readonly Row[] }> {
    // One more than is shown says whether there is a next page.
    const most = question.most + 1;
    const asked = conditionsOf(question, nowMs).map(({ sql, values }) => rowsOf(`${ENTRIES} WHERE ${sql} ORDER BY e.seq DESC LIMIT ?`, ...values, most));
    const answer = yield* together(asked);
    const rows = asked.flatMap((statement) => answer(statement)).toSorted((a, b) => numberOf(b, "seq") - numberOf(a, "seq")).slice(0, most);
    return { rows, steps: yield* stepsOf(rows.slice(0, question.most)) };
  }

  const page = async (question: JournalQuestion): Promise<JournalPage> => {
    const { rows, steps } = await engine.read(() => readPage(question));
    const shown = rows.slice(0, question.most);
    const last = shown.at(-1);
    return { entries: [...entriesOf(shown, steps)], next: rows.length > shown.length && last !== undefined ? String(numberOf(last, "seq")) : null };
  };

  return {
    begin: async (run) => {
      const [id, entries] = [run.id ?? randomUUID(), run.requests.map(() => randomUUID())];
      const begun = await written(() => beginRun(run, id, entries));
      return begun.ok ? succeed({ run: id, entries }) : begun;
    },
    take: (run) => written(() => takeRun(run)),
    hold: (run) =>
      // Nothing that is shown changes, and it is no save.
      engine.note<null>(function* holdRun() {
        const count = yield* change(`UPDATE mail_run SET held_until = ${nowMs} + ${HOLD_MS} WHERE id = ? AND holder = ?`, run, holder);
        return count > 0 ? succeed(null) : refuseMissingRun();
      }, { wait: true }),
    release: (run) =>
      written<null>(function* releaseRun() {
        const count = yield* change(`UPDATE mail_run SET holder = NULL, held_until = 0, changed = (${nextVersion}) WHERE id = ? AND holder = ?`, run, holder);
        return count > 0 ? succeed(null) : refuseMissingRun();
      }),
    begun: (entry, step) => written(() => beginStep(entry, step)),
    ended: (entry, step, made) => written(() => endStep(entry, step, made)),
    change: (entry, made) => written(() => changeEntry(entry, made)),
    page,
    run: async (run) => {
      const { rows, steps } = await engine.read(function* readRun() {
        const rows = yield* all(`${ENTRIES} WHERE e.run = ? ORDER BY e.seq`, run);
        return { rows, steps: yield* all("SELECT s.* FROM mail_step s JOIN mail_entry e ON e.id = s.entry WHERE e.run = ? ORDER BY e.seq, s.number", run) };
      });
      return entriesOf(rows, steps);
    },
    entry: async (id) => {
      const { rows, steps } = await engine.read(function* readEntry() {
        const rows = yield* all(`${ENTRIES} WHERE e.id = ?`, id);
        return { rows, steps: yield* stepsOf(rows) };
      });
      return entriesOf(rows, steps)[0] ?? null;
    },
    newest: () => engine.editionOf("journal"),
  };
}
