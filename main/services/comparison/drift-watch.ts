/** Looks at each store's directory once a day, one after the other, and keeps what it saw. */
import type { Fault } from "../../../shared/fault.ts";
import { DAY_MS } from "../../../shared/rules/expiry.ts";
import type { StoredIdentityStore } from "../../store/types.ts";
import { bindForm } from "../forms.ts";
import type { Foundation } from "../rooms.ts";
import type { ServerStatusService } from "../server-status.ts";
import { listSaved, seenServers } from "./looking.ts";
import type { SightingBook } from "./sighting-book.ts";

/** Between two turns, in milliseconds; the first comes as long after the start. */
const TURN_MS = 60_000;
/** Of what is due, one in so many is looked at in a turn, and one at least: a thousand that are due at once are no burst. */
const SHARE = 60;
/** When a directory that did not answer is asked again, in milliseconds; one that refused is asked the next day, because tries can lock an account. */
const AGAIN_MS = 60 * 60 * 1000;

/** When another console than the one that checks looks, in milliseconds. */
const OVERDUE_MS = 2 * DAY_MS;

interface Tried {
  readonly until: number;
  /** A configuration that was saved since is another one. */
  readonly revision: number;
}

/** The stores that are looked at in this turn: those that were not for the longest time. */
export function dueStores<T extends { readonly seenAt: number | null }>(stores: readonly T[], now: number): readonly T[] {
  // A clock that was set back does not keep a look from coming.
  const due = stores.filter(({ seenAt }) => seenAt === null || now - seenAt >= DAY_MS || seenAt > now);
  return due.toSorted((one, other) => (one.seenAt ?? 0) - (other.seenAt ?? 0)).slice(0, Math.ceil(due.length / SHARE));
}

function waitAfter({ kind }: Fault): number {
  return kind === "unreachable" || kind === "timeout" || kind === "no-connection" ? AGAIN_MS : DAY_MS;
}

/** Begins to look; the returned function ends it. What checks see of the servers comes from those that are made anyway. */
export function startDriftWatch(foundation: Foundation, { book, servers }: { readonly book: SightingBook; readonly servers: ServerStatusService }): () => Promise<void> {
  const { ports: { clock, logger }, prepareOnly, providers, store } = foundation;
  const stop = new AbortController();
  const tried = new Map<string, Tried>();
  let running: Promise<void> = Promise.resolve();
  let cancel: () => void = () => {};

  const mayLook = ({ id, revision, document: { messaging } }: StoredIdentityStore) => {
    if (messaging === null || prepareOnly.has(id)) return false;
    const bound = bindForm(providers, messaging);
    const last = tried.get(id);
    return bound.ok && bound.value.bound.list !== null && (last?.revision !== revision || clock.now() >= last.until);
  };

  const look = async (stored: StoredIdentityStore) => {
    const listed = await listSaved(foundation, stored, { signal: stop.signal, progress: () => {} });
    if (stop.signal.aborted) return;
    // Put offline meanwhile: nobody refused anything.
    if (!listed.ok && prepareOnly.has(stored.id)) return;
    if (!listed.ok) {
      tried.set(stored.id, { until: clock.now() + waitAfter(listed.fault), revision: stored.revision });
      return;
    }
    tried.delete(stored.id);
    const { messaging: _messaging, ...found } = listed.value;
    const checks = servers.statuses(stored.id).flatMap(({ name, inForce, lastCheck }) => (inForce && lastCheck !== null ? [[name, lastCheck] as const] : []));
    await book.keep(stored, { ...found, servers: seenServers(checks) });
  };

  const turn = async () => {
    await book.ready();
    // In a team the console that checks the servers looks for all, but for what is prepared only there: after two days somebody else does.
    const isLeft = store.checks?.leftToOthers() === true;
    const all = store.identityStores.list().filter(mayLook).map((stored) => ({ stored, seenAt: book.of(stored.id)?.at ?? null }));
    const stores = isLeft ? all.filter(({ seenAt }) => seenAt !== null && clock.now() - seenAt >= OVERDUE_MS) : all;
    for (const { stored } of dueStores(stores, clock.now())) if (!stop.signal.aborted) await look(stored);
  };

  const later = () => {
    cancel = clock.after(TURN_MS, () => {
      running = turn()
        .catch((error: unknown) => logger.error("the daily look at directories threw", { stack: error instanceof Error ? error.stack : String(error) }))
        .finally(() => {
          if (!stop.signal.aborted) later();
        });
    });
  };
  later();
  return async () => {
    cancel();
    stop.abort();
    await running;
  };
}
