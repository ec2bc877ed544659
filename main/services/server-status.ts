/** Which servers the monitor checks, how, and what becomes of it: status rows and events. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { ProbedStore } from "../../shared/model/identity-store.ts";
import type { CheckResult, ServerStatus } from "../../shared/model/mail-server.ts";
import type { NetworkAway } from "../../shared/model/network.ts";
import { lastKnown } from "../../shared/rules/health.ts";
import { Feed } from "../feed.ts";
import { Gathering } from "../gathering.ts";
import { Listeners } from "../listeners.ts";
import type { ServerCheck } from "../monitor/run-check.ts";
import { Monitor, type Transition } from "../monitor/monitor.ts";
import { NetworkWatch } from "../monitor/network-watch.ts";
import type { MonitorServer } from "../monitor/watched.ts";
import type { SealedMessaging, StoredIdentityStore } from "../store/types.ts";
import { CheckMemories } from "./check-memories.ts";
import { directoryWitness } from "./directory-witness.ts";
import { bindForm, findProvider, providerContext } from "./forms.ts";
import { ProbeWords } from "./probe-words.ts";
import { gone, type Foundation } from "./rooms.ts";
import { SharedChecking } from "./shared-checks.ts";

/** Stored changes are gathered this long, in milliseconds, before the set of checked servers follows them. */
const REFRESH_MS = 20;

/** A check that its identity store's being prepared only came before: it says nothing of the server. */
function notLookedAt(at: number): CheckResult {
  const fault = { kind: "unreachable", rung: "dns", reason: "not-looked-up" } as const;
  return { at, ms: 0, rungs: [{ rung: "dns", ms: 0, outcome: { state: "failed", fault } }], certificateExpiresAt: null };
}

export class ServerStatusService {
  readonly #foundation: Foundation;
  readonly #monitor: Monitor;
  readonly #network: NetworkWatch;
  /** What is missing of this computer's network, under one key; empty while it is there. */
  readonly network = new Feed<NetworkAway>();
  readonly #memories = new CheckMemories();
  readonly #listeners: Listeners;
  /** Stores being followed; all of them once {@link followAll} was called. */
  readonly #followed = new Set<string>();
  readonly #refreshing: Gathering;
  /** Names of the stores as last read: a thousand servers that go down at once are not a thousand questions to the database. */
  #names: ReadonlyMap<string, string> = new Map();
  /** Revisions of the stores as last read. */
  #revisions: ReadonlyMap<string, number> = new Map();
  /** Null where this console checks everything itself. */
  readonly #shared: SharedChecking | null;
  readonly #unsubscribe: readonly (() => void)[];
  #all = false;
  readonly #probes: ProbeWords;

  constructor(foundation: Foundation) {
    this.#foundation = foundation;
    const { clock, logger, preferences } = foundation.ports;
    this.#listeners = new Listeners("servers in another state or with another word of a probe", logger);
    this.#monitor = new Monitor({
      clock,
      logger,
      intervalMs: () => preferences.get().checkIntervalSeconds * 1000,
      onTransition: (transition) => this.#noteTransition(transition),
      onResult: (storeId, { name, inForce }, result) => {
        if (inForce) this.#shared?.found(storeId, this.#revisions.get(storeId) ?? 0, name, result);
      },
      isAway: (...check) => this.#network.isAway(...check),
    });
    this.#network = new NetworkWatch({
      clock,
      network: foundation.ports.network,
      witness: directoryWitness(foundation),
      onChange: () => this.#publishNetwork(),
      onBack: (storeId) => this.#monitor.resume(storeId),
    });
    this.#refreshing = new Gathering(clock, REFRESH_MS, () => this.#refresh());
    const { checks } = foundation.store;
    const isShared = checks !== null && foundation.ports.host !== "command-line";
    this.#shared = isShared ? new SharedChecking(checks, clock, { take: (...found) => this.#monitor.take(...found), changed: () => this.#refreshing.soon() }) : null;
    this.#probes = new ProbeWords(foundation.store.probes, logger, () => {
      this.#refreshing.soon();
      this.#listeners.notify();
    });
    this.#unsubscribe = [foundation.store.onChange(() => this.#refreshing.soon()), foundation.prepareOnly.onChange(() => this.#refreshing.soon())];
  }

  /** Live rows of a store, keyed by server name. Begins to follow the store. Fails with `not-found`. */
  watch(storeId: string): Result<Feed<ServerStatus>> {
    if (this.#foundation.store.identityStores.get(storeId) === null) return fail(gone("identity-store"));
    this.follow(storeId);
    return succeed(this.#monitor.feed(storeId));
  }

  /** Status rows of a store as they are now, without following it. */
  statuses(storeId: string): readonly ServerStatus[] {
    return this.#monitor.rows(storeId);
  }

  /** A command answers once, and waits for what probes said; a page is shown what is there, and hears the rest. */
  probesRead(): Promise<void> {
    return this.#foundation.ports.host === "command-line" ? this.#probes.first : Promise.resolve();
  }

  /** What imported probes said of a store, in short; null where none did. */
  probed(storeId: string): ProbedStore | null {
    return this.#probes.ofStore(storeId);
  }

  /** Begins to check a store's servers. */
  follow(storeId: string): void {
    if (this.#followed.has(storeId)) return;
    this.#followed.add(storeId);
    this.#refreshing.now();
  }

  /** Checks the servers of every store, those to come included. */
  followAll(): void {
    this.#all = true;
    this.#refreshing.now();
  }

  /** Checks at once; null checks all servers of the store. Fails with `not-found`, and with `unsupported: prepare-only`. */
  check(storeId: string, names: readonly string[] | null): Result<null> {
    const watched = this.watch(storeId);
    if (!watched.ok) return watched;
    const ways = this.#foundation.reach.of(storeId);
    if (!ways.ok) return ways;
    this.#refreshing.now();
    this.#monitor.check(storeId, names);
    return succeed(null);
  }

  setPaused(storeId: string, name: string, paused: boolean): Result<null> {
    return this.#monitor.setPaused(storeId, name, paused) ? succeed(null) : fail(gone("server"));
  }

  /** Call it when the check interval has changed. */
  intervalChanged(): void {
    this.#monitor.reschedule();
  }

  /** Calls back after a server went to another state, and after another word of a probe came; the returned function unsubscribes. */
  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  async dispose(): Promise<void> {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#shared?.dispose();
    this.#probes.dispose();
    this.#refreshing.stop();
    this.#network.dispose();
    await this.#monitor.dispose();
  }

  #refresh(): void {
    this.#probes.look();
    const stores = new Map(this.#foundation.store.identityStores.all().map((stored) => [stored.id, stored]));
    this.#names = new Map([...stores].map(([id, { document }]) => [id, document.name]));
    this.#revisions = new Map([...stores].map(([id, { revision }]) => [id, revision]));
    for (const id of this.#followed) if (!stores.has(id)) this.#forget(id);
    if (this.#all) for (const id of stores.keys()) this.#followed.add(id);
    for (const id of this.#followed) {
      const stored = stores.get(id);
      if (stored === undefined) this.#followed.delete(id);
      else this.#follow(stored);
    }
    this.#memories.sweep();
  }

  #follow(stored: StoredIdentityStore): void {
    const held = this.#foundation.prepareOnly.has(stored.id);
    if (held) this.#network.forget(stored.id);
    const servers = this.#watched(stored);
    this.#monitor.follow(stored.id, held ? servers.map((server) => ({ ...server, held })) : servers);
  }

  #forget(storeId: string): void {
    this.#monitor.forget(storeId);
    this.#network.forget(storeId);
  }

  #publishNetwork(): void {
    const away = [...this.#network.away];
    const [first] = away;
    const stores = away.map(([id]) => this.#names.get(id) ?? id);
    this.network.replace(first === undefined ? [] : [["machine", { why: first[1].why, since: first[1].since, stores }]]);
  }

  /**
   * What is in force, and the draft's servers besides. A server that both name is the saved one, with the saved account and
   * tick: what new mail depends on is what is watched, whatever somebody has half typed. Rows are keyed by name, so that
   * the editor shows such a server with the health of what is in force until the draft is saved.
   */
  #watched(stored: StoredIdentityStore): readonly MonitorServer[] {
    const saved = stored.document.messaging;
    // A command was asked about what is saved: nobody's half-typed account signs in for it.
    const draft = this.#foundation.ports.host === "command-line" ? null : this.#foundation.store.drafts.get(stored.id);
    const drafted = draft?.forms[draft.choice.provider] ?? null;
    const savedCheck = saved === null ? null : this.#checkWith(stored, saved);
    const inForce: readonly MonitorServer[] = saved === null ? [] : this.#leftToOthers(stored, this.#serversOf(stored.id, saved, savedCheck, true));
    if (drafted === null) return inForce;
    // A draft that is not valid yet is checked as it was saved, when it is of the same provider.
    const fallback = saved?.configuration.provider === drafted.configuration.provider ? savedCheck : null;
    const names = new Set(inForce.map(({ name }) => name));
    return [...inForce, ...this.#serversOf(stored.id, drafted, this.#checkWith(stored, drafted) ?? fallback, false).filter(({ name }) => !names.has(name))];
  }

  #serversOf(storeId: string, { configuration }: SealedMessaging, check: ServerCheck | null, inForce: boolean): MonitorServer[] {
    const { provider, servers } = configuration;
    // A provider's only server cannot be ticked: it is always in use.
    const isOnly = findProvider(this.#foundation.providers, provider)?.descriptor.servers === "single";
    return servers.map(({ name, ticked }) => ({ name, ticked: ticked || isOnly, inForce, provider, check, probed: this.#probes.of(storeId, provider, name) }));
  }

  #leftToOthers({ id, revision }: StoredIdentityStore, servers: readonly MonitorServer[]): readonly MonitorServer[] {
    const shared = this.#shared;
    return shared === null ? servers : servers.map((server) => ({ ...server, leftToOthers: shared.leftToOthers(id, revision, server.name) }));
  }

  #checkWith(stored: StoredIdentityStore, form: SealedMessaging): ServerCheck | null {
    const bound = bindForm(this.#foundation.providers, form);
    if (!bound.ok) return null;
    const { check } = bound.value.bound;
    if (check === null) return null;
    const { provider } = bound.value;
    const { connection } = stored.document;
    const memory = this.#memories.of(stored.id, form, connection);
    const asked = { storeId: stored.id, connection, provider, form };
    return async (server, options) => {
      const context = providerContext(this.#foundation, asked, options, { memory, asked: options.asked, opened: this.#memories.opened });
      const result = context.ok ? await check(server, context.value) : null;
      // One that was cut off because the store is prepared only failed for no reason of the server's.
      const isCutOff = context.ok && context.value.signal.aborted && !options.signal.aborted;
      return result === null || isCutOff ? notLookedAt(this.#foundation.ports.clock.now()) : result;
    };
  }

  #noteTransition({ storeId, server, inForce, ticked, before, after }: Transition): void {
    if (!inForce) return;
    const known = lastKnown(before);
    const wentDown = after.state === "offline" && known !== null && known !== "offline";
    const cameBack = after.state === "online" && known === "offline";
    if (ticked && (wentDown || cameBack)) {
      const storeName = this.#names.get(storeId) ?? null;
      const detail = after.state === "offline" ? after.reason.kind : null;
      this.#foundation.record({ kind: wentDown ? "server-offline" : "server-online", storeId, storeName, subject: server, detail });
    }
    this.#listeners.notify();
  }
}
