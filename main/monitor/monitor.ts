/**
 * The live status loop. Keeps a set of servers for each identity store and checks each in turn: one check in flight a
 * server, {@link SLOTS} in all, first starts spread, the rhythm of shared/rules/health.ts.
 */
import type { CheckResult, Health, ServerStatus } from "../../shared/model/mail-server.ts";
import { askedToWait, CHECK_TIMEOUT_MS, nextDelay, shiftStatus, shiftTrack, transition, verdictOf, type CheckVerdict } from "../../shared/rules/health.ts";
import { Feed } from "../feed.ts";
import { Guard } from "../guard.ts";
import type { Clock, Logger } from "../ports.ts";
import { runCheck } from "./run-check.ts";
import { Slots } from "./slots.ts";
import { isQuiet, statusAfter, unknownServer, type MonitorServer, type Watched } from "./watched.ts";

/** Checks in flight at a time, over all stores. */
export const SLOTS = 32;
/** First starts are this many milliseconds apart, closer where there are so many that it would take {@link SPREAD_MS}. */
const START_GAP_MS = 25;
const SPREAD_MS = 2_000;
/** Changes are gathered this long before they are sent, in milliseconds. */
const GATHER_MS = 50;
/** The longest a far side is left alone because it asked for it, in milliseconds. */
const LONGEST_WAIT_MS = 3_600_000;
/** A check that fails after longer than this, in milliseconds, counts as slow. */
const SLOW_MS = 2_000;
/** A smaller difference between the two clocks is drift, in milliseconds. */
const JUMP_MS = 2_000;

/** A server went from one health state to another. */
export interface Transition {
  readonly storeId: string;
  readonly server: string;
  /** Of a draft, which is nobody's mail yet, when false. */
  readonly inForce: boolean;
  readonly ticked: boolean;
  readonly before: Health;
  readonly after: Health;
}

interface Group {
  readonly feed: Feed<ServerStatus>;
  readonly servers: Map<string, Watched>;
}

export interface MonitorDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds between two checks of a server that is doing well. */
  readonly intervalMs: () => number;
  readonly onTransition: (transition: Transition) => void;
  /** A check said something of a server, up or down. */
  readonly onResult?: (storeId: string, server: MonitorServer, result: CheckResult) => void;
  /** Whether a check failed for want of a network here; `startedAt` on the monotonic clock. */
  readonly isAway?: (storeId: string, server: string, check: CheckResult, startedAt: number) => Promise<boolean>;
  /** After how many milliseconds a check counts as failed; {@link CHECK_TIMEOUT_MS} unless said otherwise. */
  readonly timeoutMs?: number;
}

export class Monitor {
  readonly #deps: MonitorDependencies;
  readonly #groups = new Map<string, Group>();
  readonly #slots: Slots<Watched>;

  /** Wall clock minus monotonic clock, as last seen. */
  #wallOffset: number;

  constructor(deps: MonitorDependencies) {
    this.#deps = deps;
    this.#wallOffset = deps.clock.now() - deps.clock.elapsed();
    const guard = new Guard("check that ended", deps.logger);
    this.#slots = new Slots(SLOTS, (server) => this.#run(server).catch((error: unknown) => guard.report(error)));
  }

  /** The live rows of a store, keyed by server name; empty until the store is followed. */
  feed(storeId: string): Feed<ServerStatus> {
    return this.#group(storeId).feed;
  }

  /** The rows of a store as they are now. */
  rows(storeId: string): readonly ServerStatus[] {
    return this.#groups.get(storeId)?.feed.values() ?? [];
  }

  /** Makes the set of servers equal to `wanted`, whose names are unique. Unchanged servers go on. */
  follow(storeId: string, wanted: readonly MonitorServer[]): void {
    const group = this.#group(storeId);
    const told = new Map(wanted.map((server) => [server.name, server]));
    for (const server of group.servers.values()) {
      if (told.get(server.name)?.provider !== server.told.provider) this.#forget(group, server);
    }
    const fresh: Watched[] = [];
    for (const next of told.values()) {
      const known = group.servers.get(next.name);
      const server = known ?? this.#add(group, storeId, next);
      const before = server.told;
      server.told = next;
      const { inForce, probed = null } = next;
      if (inForce !== before.inForce || probed !== server.status.probed) this.#publish(server, { inForce, probed });
      if (next.held === true) this.#hold(server);
      else if (next.leftToOthers === true) this.#unschedule(server);
      else if (next.ticked && !before.ticked) this.#enqueue(server, true);
      else if ((known === undefined || before.check === null || before.leftToOthers === true || before.held === true) && next.check !== null && server.running === null) fresh.push(server);
    }
    this.#scheduleSpread(fresh);
  }

  /** Ends all checks of a store and forgets it. */
  forget(storeId: string): void {
    this.follow(storeId, []);
    this.#groups.delete(storeId);
  }

  /** Checks at once, ahead of everything that waits; null checks all servers of the store. Paused ones too, once. */
  check(storeId: string, names: readonly string[] | null): void {
    const chosen = names === null ? null : new Set(names);
    const { servers } = this.#group(storeId);
    for (const server of servers.values()) {
      if (chosen?.has(server.name) === false) continue;
      // A first check climbs everything anyway.
      server.asked = server.running === null || server.status.lastCheck !== null;
      this.#enqueue(server, true);
    }
  }

  /** What another console found out about a server just now, as if it had been checked here. One that is being checked here waits for that. */
  take(storeId: string, name: string, result: CheckResult): void {
    const server = this.#groups.get(storeId)?.servers.get(name);
    if (server === undefined || server.running !== null || server.paused || server.told.held === true) return;
    const tell = this.#conclude(server, result, verdictOf(result));
    this.#publish(server, {});
    tell();
  }

  /** The network of a store is back: what could not be looked at meanwhile is checked now, spread. */
  resume(storeId: string): void {
    const servers = [...this.#group(storeId).servers.values()];
    this.#scheduleSpread(servers.filter(({ running, track }) => running === null && track.health.state === "unknown"));
  }

  /** A paused server keeps its last status. Going on begins with a check. False when the store has no such server. */
  setPaused(storeId: string, name: string, paused: boolean): boolean {
    const server = this.#group(storeId).servers.get(name);
    if (server === undefined) return false;
    if (server.paused === paused) return true;
    server.paused = paused;
    this.#unschedule(server);
    this.#publish(server, { nextCheckAt: null });
    if (!paused) this.#enqueue(server, true);
    return true;
  }

  /** Gives every waiting server a new time: call it when the interval has changed. */
  reschedule(): void {
    for (const group of this.#groups.values()) {
      for (const server of group.servers.values()) if (server.cancelTimer !== null) this.#scheduleNext(server);
    }
  }

  /** Ends all checks; resolves when none is in flight any more. */
  async dispose(): Promise<void> {
    for (const storeId of this.#groups.keys()) this.forget(storeId);
    await this.#slots.close();
  }

  #group(storeId: string): Group {
    const known = this.#groups.get(storeId);
    if (known !== undefined) return known;
    const group: Group = { feed: new Feed({ gatherMs: GATHER_MS }), servers: new Map() };
    this.#groups.set(storeId, group);
    return group;
  }

  #add(group: Group, storeId: string, told: MonitorServer): Watched {
    const server = unknownServer(storeId, told);
    group.servers.set(server.name, server);
    group.feed.set(server.name, server.status);
    return server;
  }

  #forget(group: Group, server: Watched): void {
    group.servers.delete(server.name);
    group.feed.delete(server.name);
    this.#unschedule(server);
    server.running?.abort();
  }

  #unschedule(server: Watched): void {
    server.cancelTimer?.();
    server.cancelTimer = null;
    this.#slots.remove(server);
  }

  /** First starts, those with a tick first. */
  #scheduleSpread(servers: readonly Watched[]): void {
    const gap = Math.min(START_GAP_MS, SPREAD_MS / Math.max(1, servers.length));
    const ordered = servers.toSorted((a, b) => Number(b.told.ticked) - Number(a.told.ticked));
    for (const [index, server] of ordered.entries()) this.#schedule(server, Math.round(index * gap));
  }

  #schedule(server: Watched, delay: number): void {
    this.#unschedule(server);
    if (isQuiet(server)) return;
    this.#publish(server, { nextCheckAt: this.#deps.clock.now() + delay });
    server.cancelTimer = this.#deps.clock.after(delay, () => {
      server.cancelTimer = null;
      this.#enqueue(server, false);
    });
  }

  #scheduleNext(server: Watched): void {
    const { clock, intervalMs } = this.#deps;
    const { health } = server.track;
    const wait = server.notBefore - clock.elapsed();
    this.#schedule(server, Math.max(wait, nextDelay(health, intervalMs(), clock.random())));
  }

  #enqueue(server: Watched, asked: boolean): void {
    if (server.running !== null || server.told.check === null || server.told.held === true) return;
    server.cancelTimer?.();
    server.cancelTimer = null;
    this.#slots.add(server, { urgency: asked ? 0 : server.told.ticked ? 1 : 2, slow: server.slow });
  }

  async #run(server: Watched): Promise<void> {
    const { check } = server.told;
    if (check === null) return;
    const { clock, logger, timeoutMs = CHECK_TIMEOUT_MS } = this.#deps;
    const controller = new AbortController();
    server.running = controller;
    const { asked } = server;
    server.asked = false;
    this.#publish(server, { nextCheckAt: null });
    const started = clock.elapsed();
    const result = await runCheck(check, server.name, controller, { clock, logger, timeoutMs, asked });
    const networkAway = (await this.#deps.isAway?.(server.storeId, server.name, result, started)) ?? false;
    server.running = null;
    if (this.#groups.get(server.storeId)?.servers.get(server.name) !== server) return;
    if (server.told.held === true) return this.#publish(server, { nextCheckAt: null });
    this.#followClock();
    const now = clock.now();
    const wait = (askedToWait(result) ?? now) - now;
    server.notBefore = clock.elapsed() + Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
    const verdict = verdictOf(result, networkAway);
    if (verdict.verdict !== "none") server.slow = verdict.verdict !== "up" && clock.elapsed() - started > SLOW_MS;
    if (verdict.verdict === "up" || verdict.verdict === "down") this.#deps.onResult?.(server.storeId, server.told, result);
    const tell = this.#conclude(server, result, verdict);
    if (server.asked) this.#enqueue(server, true);
    else if (isQuiet(server)) this.#publish(server, { nextCheckAt: null });
    else this.#scheduleNext(server);
    tell();
  }

  /** Nothing is asked of it from now on. What it was last known as stands, and is not claimed to be so still. */
  #hold(server: Watched): void {
    this.#unschedule(server);
    server.running?.abort();
    server.asked = false;
    const { health } = server.track;
    if (health.state === "unknown" && health.why === "prepare-only") return;
    server.track = transition(server.track, { verdict: "unknown", why: "prepare-only" }, this.#deps.clock.now());
    this.#publish(server, { health: server.track.health, nextCheckAt: null });
    this.#tell(server, health);
  }

  #tell({ storeId, name, told: { inForce, ticked }, track }: Watched, before: Health): void {
    if (before.state !== track.health.state) this.#deps.onTransition({ storeId, server: name, inForce, ticked, before, after: track.health });
  }

  /** What follows from a check; the function tells of another state, once the row is whole. */
  #conclude(server: Watched, result: CheckResult, verdict: CheckVerdict): () => void {
    const now = this.#deps.clock.now();
    const before = server.track.health;
    server.track = transition(server.track, verdict, now);
    server.status = statusAfter(server, result, verdict, now);
    return () => this.#tell(server, before);
  }

  /** Somebody set the wall clock, or the machine slept: moments that were noted go along, so that lengths of time stay true. */
  #followClock(): void {
    const { clock } = this.#deps;
    const jump = clock.now() - clock.elapsed() - this.#wallOffset;
    if (Math.abs(jump) < JUMP_MS) return;
    this.#wallOffset += jump;
    for (const { feed, servers } of this.#groups.values()) {
      for (const server of servers.values()) {
        server.track = shiftTrack(server.track, jump);
        server.status = shiftStatus(server.status, jump);
        feed.set(server.name, server.status);
      }
    }
  }

  #publish(server: Watched, change: Partial<ServerStatus>): void {
    const activity = server.running !== null ? "checking" : server.paused ? "paused" : "idle";
    server.status = { ...server.status, ...change, activity };
    this.#group(server.storeId).feed.set(server.name, server.status);
  }
}
