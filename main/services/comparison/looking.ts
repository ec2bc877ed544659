/** A look at what a store's saved configuration names: the servers that its directory lists, and what checks see of those in use. */
import { progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { NotCompared, SeenServers } from "../../../shared/model/comparison.ts";
import type { CheckResult, ServerListing } from "../../../shared/model/mail-server.ts";
import { listedNow, seenIn, type Look } from "../../../shared/rules/drift.ts";
import { verdictOf } from "../../../shared/rules/health.ts";
import { serversInUse } from "../../../shared/rules/servers-in-use.ts";
import { runCheck } from "../../monitor/run-check.ts";
import type { SealedMessaging, StoredIdentityStore } from "../../store/types.ts";
import { bindForm, listingContext, providerContext } from "../forms.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";

/** Servers that are checked at a time, and how long one may take, in milliseconds: signing in takes longer than a check by itself may. */
const AT_A_TIME = 8;
const CHECK_MS = 20_000;

/** What the directory lists, with the saved account. Fails as listing does, with `not-found: saved-messaging` and `unsupported: no-servers`. */
export async function listSaved(foundation: Foundation, stored: StoredIdentityStore, options: WorkOptions): Promise<Result<Pick<Look, "at" | "revision" | "choice" | "listing"> & { readonly messaging: SealedMessaging }>> {
  const { connection, messaging } = stored.document;
  if (messaging === null) return fail({ kind: "not-found", what: "saved-messaging" });
  const bound = bindForm(foundation.providers, messaging);
  if (!bound.ok) return bound;
  const { list } = bound.value.bound;
  if (list === null) return fail({ kind: "unsupported", why: "no-servers" });
  const context = listingContext(foundation, { storeId: stored.id, connection, provider: bound.value.provider, form: messaging }, options);
  if (!context.ok) return context;
  const listing: Result<ServerListing> = await list(context.value);
  if (context.value.signal.aborted) return fail({ kind: "cancelled" });
  if (!listing.ok) return listing;
  const { provider, variant } = messaging.configuration;
  return succeed({ at: foundation.ports.clock.now(), revision: stored.revision, choice: { provider, variant }, listing: listing.value, messaging });
}

/** As {@link listSaved}, `withServers` with a check of each server in use, made now. What a server does not say is told. */
export async function lookNow(foundation: Foundation, stored: StoredIdentityStore, withServers: boolean, options: WorkOptions): Promise<Result<{ readonly look: Look; readonly notCompared: readonly NotCompared[] }>> {
  const listed = await listSaved(foundation, stored, options);
  if (!listed.ok) return listed;
  const { messaging, ...look } = listed.value;
  const checked = withServers ? await checkAll(foundation, stored, messaging, options) : succeed(new Map<string, CheckResult>());
  if (!checked.ok) return checked;
  const results = checked.value;
  // Of a server that is gone from the directory nobody expects an answer.
  const gone = new Set(listedNow(messaging.configuration.servers, look.listing, "priority").flatMap(({ name, vanished }) => (vanished ? [name] : [])));
  const notCompared = [...results].flatMap(([subject, result]): NotCompared[] => (seenIn(result) === null && !gone.has(subject) ? [{ what: "server", subject, fault: whyDown(result) }] : []));
  return succeed({ look: { ...look, servers: seenServers(results) }, notCompared });
}

function whyDown(result: CheckResult): Fault | null {
  const verdict = verdictOf(result);
  return verdict.verdict === "down" ? verdict.reason : null;
}

/** What results of checks say of their servers. */
export function seenServers(results: Iterable<readonly [string, CheckResult]>): SeenServers {
  return Object.fromEntries([...results].flatMap(([name, result]) => {
    const seen = seenIn(result);
    return seen === null ? [] : [[name, seen]];
  }));
}

async function checkAll(foundation: Foundation, { id, document }: StoredIdentityStore, messaging: SealedMessaging, options: WorkOptions): Promise<Result<ReadonlyMap<string, CheckResult>>> {
  const results = new Map<string, CheckResult>();
  const bound = bindForm(foundation.providers, messaging);
  if (!bound.ok || bound.value.bound.check === null) return succeed(results);
  const { provider, bound: { check } } = bound.value;
  const { clock, logger } = foundation.ports;
  const waiting = serversInUse(messaging.configuration, provider.descriptor).map(({ name }) => name);
  const total = waiting.length;
  // One memory for all: an account that was refused by one server is not tried on the next one.
  const opened = providerContext(foundation, { storeId: id, connection: document.connection, provider, form: messaging }, options);
  if (!opened.ok) return opened;
  const context = opened.value;
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined && !context.signal.aborted; name = waiting.shift()) {
      options.progress(progress("checking-servers", { done: results.size, total }));
      const controller = new AbortController();
      const stop = () => controller.abort();
      context.signal.addEventListener("abort", stop, { once: true });
      results.set(name, await runCheck((server, { signal }) => check(server, { ...context, signal }), name, controller, { clock, logger, timeoutMs: CHECK_MS, asked: true }));
      context.signal.removeEventListener("abort", stop);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, total) }, work));
  return context.signal.aborted ? fail({ kind: "cancelled" }) : succeed(results);
}
