/** What of the journal goes, and when: finished runs alone, the oldest first, and only where there are more entries than anybody looks through. */
import { succeed } from "../../shared/fault.ts";
import type { JournalState } from "../../shared/model/mail-object.ts";
import type { Logger } from "../ports.ts";
import { numberOf, numberOrNull, textOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { all, get, run, type Steps } from "./steps.ts";

/** Entries beyond these go, whole runs at a time. */
const AT_MOST = 100_000;
/** A run stays, however old and however long, where fewer entries than these would be left. */
const AT_LEAST = 10_000;
/** What nothing is left of to finish or to take back: also what failed or was cancelled, where nothing was written. */
const FINISHED: readonly JournalState[] = ["done", "failed", "cancelled", "undone"];

const RUNS = `
SELECT run, count(*) AS entries, sum(CASE WHEN state IN (${FINISHED.map((state) => `'${state}'`).join(", ")}) THEN 0 ELSE 1 END) AS unfinished
FROM mail_entry GROUP BY run ORDER BY min(seq)`;

/** The runs that go. */
function* outdated(): Steps<readonly string[]> {
  // Never less than there are, and known without counting them.
  const span = yield* get("SELECT max(seq) - min(seq) + 1 AS span FROM mail_entry");
  if ((numberOrNull(span ?? {}, "span") ?? 0) <= AT_MOST) return [];
  const runs = yield* all(RUNS);
  let left = runs.reduce((sum, row) => sum + numberOf(row, "entries"), 0);
  const gone: string[] = [];
  for (const row of runs) {
    const after = left - numberOf(row, "entries");
    if (left <= AT_MOST) break;
    if (numberOf(row, "unfinished") > 0 || after < AT_LEAST) continue;
    gone.push(textOf(row, "run"));
    left = after;
  }
  return gone;
}

/** For the opening of a store. What cannot be trimmed now is trimmed at another one. */
export async function trimJournal(engine: Engine, logger: Logger): Promise<void> {
  if (engine.readOnly) return;
  const trimmed = await engine.note<number>(function* trim() {
    const runs = yield* outdated();
    for (const id of runs) yield* run(`DELETE FROM mail_run WHERE id = ? AND (holder IS NULL OR held_until < ${engine.words.nowMs})`, id);
    return succeed(runs.length);
  }, { wait: false });
  if (!trimmed.ok) logger.warn("the journal could not be looked through for what is too old", { fault: trimmed.fault });
  else if (trimmed.value > 0) logger.info("the oldest finished runs of the journal were removed", { runs: trimmed.value });
}
