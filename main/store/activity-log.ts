/**
 * The events of the Activity page. They are gathered and written together a moment later, so that a thousand at once cost
 * one transaction, and a program that holds the database's lock delays them without holding up the console. An event that
 * cannot be stored is no reason to fail what it tells of.
 */
import { succeed } from "../../shared/fault.ts";
import type { ActivityEvent, ActivityQuestion } from "../../shared/contract/activity.ts";
import { holdsWords } from "../../shared/rules/searched.ts";
import type { Clock, Logger } from "../ports.ts";
import type { Changes } from "./changes.ts";
import { numberOf, textOf, textOrNull, type Row } from "./columns.ts";
import type { Engine } from "./engine.ts";
import { isOutage, retentionOf } from "./event-retention.ts";
import { all, get, run, type Steps } from "./steps.ts";
import type { ActivityLog } from "./types.ts";

/** How long events are gathered, in milliseconds, and after how long a write that found the lock taken is tried again. */
const GATHER_MS = 200;
const AGAIN_MS = 1000;
/** More than these do not wait in memory: outages go first. */
const MOST_GATHERED = 5000;
/** Read at once. */
const CHUNK = 500;
/** Behind every stored event. */
const END = Number.MAX_SAFE_INTEGER;
const GATHERED = "gathered-";
/** How many notices are remembered. */
const TOLD_KEPT = 20_000;

interface Gathered {
  readonly event: ActivityEvent;
  readonly once: string | null;
}

function toEvent(row: Row): ActivityEvent {
  return {
    id: String(numberOf(row, "id")),
    at: numberOf(row, "at"),
    kind: textOf(row, "kind"),
    storeId: textOrNull(row, "store_id"),
    storeName: textOrNull(row, "store_name"),
    subject: textOrNull(row, "subject"),
    detail: textOrNull(row, "detail"),
  };
}

/** At most so many of the stored events before an id that hold what is asked for, newest first. */
function* storedBefore(id: number, asked: Pick<ActivityQuestion, "store" | "words">, most: number): Steps<readonly ActivityEvent[]> {
  const found: ActivityEvent[] = [];
  for (let before = id; ; ) {
    const rows = yield* all("SELECT * FROM activity WHERE id < ? ORDER BY id DESC LIMIT ?", before, CHUNK);
    for (const row of rows) {
      if (found.length === most) return found;
      before = numberOf(row, "id");
      const event = toEvent(row);
      if (isAsked(event, asked)) found.push(event);
    }
    if (rows.length < CHUNK) return found;
  }
}

/** Asked here, because SQLite's LIKE knows the case of A to Z alone. */
function isAsked({ storeId, storeName, subject, kind }: ActivityEvent, { store, words }: Pick<ActivityQuestion, "store" | "words">): boolean {
  return (store === null || storeId === store) && holdsWords(words, kind, [subject, storeName]);
}

interface Dependencies {
  readonly engine: Pick<Engine, "readOnly" | "now" | "read" | "note">;
  readonly changes: Pick<Changes, "announce">;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** `close` writes what is still gathered. */
export function createActivityLog({ engine, changes, clock, logger }: Dependencies): ActivityLog & { close(): Promise<void> } {
  let gathered: Gathered[] = [];
  /** Notices of this process: what it has just stored may come back to it later than it is told again. */
  const told = new Set<string>();
  let count = 0;
  let left = 0;
  let cancel: (() => void) | null = null;
  let writing: Promise<void> | null = null;
  let closed = false;

  const isToldAlready = (once: string) => told.has(once) || engine.now(get("SELECT 1 AS found FROM told_once WHERE key = ?", once)) !== null;

  const remember = (once: string) => {
    told.add(once);
    const [oldest] = told;
    if (told.size > TOLD_KEPT && oldest !== undefined) told.delete(oldest);
  };

  function* insert({ event, once }: Gathered): Steps<void> {
    // Another process may have told it in the meantime.
    if (once !== null && (yield* run("INSERT INTO told_once (key) VALUES (?) ON CONFLICT DO NOTHING", once)) === 0) return;
    yield* run(
      "INSERT INTO activity (at, kind, store_id, store_name, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
      event.at, event.kind, event.storeId, event.storeName, event.subject, event.detail,
    );
  }

  function* trim(kind: string): Steps<void> {
    const { atMost, atLeast, maxAge } = retentionOf(kind);
    const newestBut = "(SELECT id FROM activity WHERE kind = ? ORDER BY id DESC LIMIT 1 OFFSET ?)";
    yield* run(`DELETE FROM activity WHERE kind = ? AND id <= ${newestBut}`, kind, kind, atMost);
    yield* run(`DELETE FROM activity WHERE kind = ? AND id <= ${newestBut} AND at < ?`, kind, kind, atLeast, clock.now() - maxAge);
  }

  const writeBatch = async (wait: boolean): Promise<void> => {
    const batch = new Set(gathered);
    let pause = AGAIN_MS;
    try {
      const stored = await engine.note<null>(function* insertEvents() {
        for (const entry of batch) yield* insert(entry);
        for (const kind of new Set([...batch].map(({ event }) => event.kind))) yield* trim(kind);
        yield* run("DELETE FROM told_once WHERE id <= (SELECT max(id) FROM told_once) - ?", TOLD_KEPT);
        return succeed(null);
      }, { wait });
      if (stored.ok) {
        pause = GATHER_MS;
        gathered = gathered.filter((entry) => !batch.has(entry));
        changes.announce();
      } else logger.warn("events could not be stored yet", { fault: stored.fault, waiting: gathered.length, left });
    } finally {
      writing = null;
      if (gathered.length > 0 && !closed) writeSoon(pause);
    }
  };

  /** One batch at a time; what is gathered meanwhile comes after it. */
  const write = (wait: boolean): Promise<void> => {
    cancel?.();
    cancel = null;
    if (gathered.length > 0) writing ??= writeBatch(wait);
    return writing ?? Promise.resolve();
  };

  const writeSoon = (ms: number) => {
    if (writing === null) cancel ??= clock.after(ms, () => void write(false));
  };

  const makeRoom = () => {
    if (gathered.length < MOST_GATHERED) return;
    const outage = gathered.findIndex(({ event }) => isOutage(event.kind));
    const [dropped] = gathered.splice(Math.max(outage, 0), 1);
    if (typeof dropped?.once === "string") told.delete(dropped.once);
    left += 1;
  };

  return {
    append: (event, once) => {
      if (engine.readOnly || (once !== undefined && isToldAlready(once))) return false;
      makeRoom();
      if (once !== undefined) remember(once);
      count += 1;
      gathered.push({ event: { ...event, id: `${GATHERED}${count}` }, once: once ?? null });
      writeSoon(GATHER_MS);
      return true;
    },
    page: async ({ before, most, ...asked }) => {
      // What is being written is neither shown twice nor left out.
      await writing;
      const waiting = before === null ? gathered.map(({ event }) => event).toReversed() : [];
      const first = waiting.filter((event) => isAsked(event, asked)).slice(0, most);
      // One more than is shown says whether there is a next page.
      const stored = await engine.read(() => storedBefore(before === null ? END : Number(before), asked, most - first.length + 1));
      const events = [...first, ...stored].slice(0, most);
      const isAll = first.length + stored.length <= most;
      return { events, next: isAll ? null : events.at(-1)?.id.startsWith(GATHERED) === true ? String(END) : (events.at(-1)?.id ?? null) };
    },
    newest: () => gathered.at(-1)?.event.id ?? String(engine.now(get("SELECT max(id) AS id FROM activity"))?.["id"] ?? ""),
    close: async () => {
      closed = true;
      await writing;
      await write(true);
      if (gathered.length > 0) logger.error("events were lost on closing", { count: gathered.length });
      gathered = [];
    },
  };
}
