/** What the store keeps of what was: earlier revisions, events, mail objects, results of carry-in probes. */
import type { ActivityEvent, ActivityQuestion } from "../../../shared/contract/activity.ts";
import type { JournalPage, JournalQuestion } from "../../../shared/contract/mail-objects.ts";
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import type { StoreDocument, StoredProbe } from "../../store/types.ts";
import type { Turns } from "../../diagnostics/turns.ts";
import type { Foundation } from "../rooms.ts";

/** The newest events that go in, and the newest mail objects whose names are looked for. */
const EVENTS_MOST = 1_000;
const OBJECTS_MOST = 2_000;
const EVENTS_PAGE = 200;
const OBJECTS_PAGE = 200;

export interface Past {
  /** Of revisions that are not the newest. */
  readonly documents: readonly StoreDocument[];
  /** Who saved them, or works on one now. */
  readonly people: readonly string[];
  readonly events: readonly ActivityEvent[];
  readonly journal: readonly JournalEntry[];
  readonly probes: readonly StoredProbe[];
}

async function eventsOf({ store }: Foundation): Promise<readonly ActivityEvent[]> {
  const events: ActivityEvent[] = [];
  let before: ActivityQuestion["before"] = null;
  do {
    const page: Awaited<ReturnType<Foundation["store"]["activity"]["page"]>> = await store.activity.page({ before, most: EVENTS_PAGE, store: null, words: [] });
    events.push(...page.events);
    before = page.next;
  } while (before !== null && events.length < EVENTS_MOST);
  return events.slice(0, EVENTS_MOST);
}

async function journalOf({ store }: Foundation): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  let before: JournalQuestion["before"] = null;
  do {
    const page: JournalPage = await store.journal.page({ storeId: null, run: null, states: [], search: "", before, most: OBJECTS_PAGE });
    entries.push(...page.entries);
    before = page.next;
  } while (before !== null && entries.length < OBJECTS_MOST);
  return entries;
}

/** Of one store, with who saved them; of a history that is not whole, those that can be read. */
async function earlierOf({ store: { histories, identityStores } }: Foundation, id: string, newest: number): Promise<{ readonly documents: readonly StoreDocument[]; readonly people: readonly string[] }> {
  const read = await histories.read(id);
  if (read.ok) {
    const earlier = read.value.filter(({ number }) => number < newest);
    return { documents: earlier.map(({ decoded }) => decoded), people: read.value.map(({ who }) => who) };
  }
  const documents: StoreDocument[] = [];
  for (let number = newest - 1; number > 0; number -= 1) {
    const document = await identityStores.revisionDocument(id, number);
    if (document !== null) documents.push(document);
  }
  return { documents, people: (await identityStores.revisions(id)).map(({ who }) => who) };
}

/** `onStore` is told after each identity store; false from `goesOn` ends it early. */
export async function readPast(foundation: Foundation, { onStore, goesOn, turns }: { onStore(done: number, total: number): void; goesOn(): boolean; readonly turns: Turns }): Promise<Past> {
  const { identityStores, drafts } = foundation.store;
  const stores = identityStores.all();
  const documents: StoreDocument[] = [];
  const people = new Set<string>();
  for (const [place, { id, revision }] of stores.entries()) {
    if (!goesOn()) break;
    onStore(place, stores.length);
    const earlier = await earlierOf(foundation, id, revision);
    documents.push(...earlier.documents);
    for (const who of [...earlier.people, ...drafts.editing(id).map((one) => one.who)]) people.add(who);
    // SQLite answers in the same turn.
    await turns.take();
  }
  return { documents, people: [...people], events: await eventsOf(foundation), journal: await journalOf(foundation), probes: await foundation.store.probes.all() };
}
