/**
 * The live status loop. Keeps a set of servers for each identity store and checks each in turn: one check in flight a
 * server, {@link SLOTS} in all, first starts spread, the rhythm of shared/rules/health.ts.
 */
import { HISTORY_LENGTH, type Health, type ServerStatus } from "../../shared/model/mail-server.ts";
import { askedToWait, CHECK_TIMEOUT_MS, nextDelay, shiftStatus, shiftTrack, transition, UNCHECKED, verdictOf, type HealthTrack } from "../../shared/rules/health.ts";
import { Feed } from "../feed.ts";
import { Guard } from "../guard.ts";
import type { Clock, Logger } from "../ports.ts";
import { runCheck, type ServerCheck } from "./run-check.ts";
import { Slots } from "./slots.ts";

/** Checks in flight at a time, over all stores. */
export const SLOTS = 32;
/** First starts are this many milliseconds apart, closer where there are so many that it would take {@link SPREAD_MS}. */
const START_GAP_MS = 25;
const SPREAD_MS = 2_000;
/** Changes are gathered this long before they are sent, in milliseconds. */
const GATHER_MS = 50;
/** The longest a far side is left alone because it asked for it, in milliseconds. */
const LONGEST_WAIT_MS = 3_600_000;
/** A smaller difference between the two clocks is drift, in milliseconds. */
const JUMP_MS = 2_000;

/** The servers of one store and how to check them. */
export interface MonitorTarget {
  /** `ticked` servers go first and are checked at once when the tick is set. */
  readonly servers: readonly { readonly name: string; readonly ticked: boolean }[];
  /** Null when the configuration is too incomplete to check anything: servers stay as they are. */
  readonly check: ServerCheck | null;
}

/** A server went from one health state to another. */
export interface Transition {
  readonly storeId: string;
  readonly server: string;
  readonly ticked: boolean;
  readonly before: Health;
  readonly after: Health;
}

interface Watched {
  readonly storeId: string;
  readonly name: string;
  ticked: boolean;
  paused: boolean;
  track: HealthTrack;
  status: ServerStatus;
  running: AbortController | null;
  /** A person wants it looked at afresh; a check that runs already does not answer that. */
  asked: boolean;
  /** Before this moment of the monotonic clock only a person has it checked. */
  notBefore: number;
  cancelTimer: (() => void) | null;
}

interface Group {
  readonly feed: Feed<ServerStatus>;
  readonly servers: Map<string, Watched>;
  check: ServerCheck | null;
}

export interface MonitorDependencies {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds between two checks of a server that is doing well. */
  readonly intervalMs: () => number;
  readonly onTransition: (transition: Transition) => void;
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

  /** Makes the set of servers equal to the target's; null ends all checks of the store. Unchanged servers go on. */
  follow(storeId: string, target: MonitorTarget | null): void {
    const group = this.#group(storeId);
    const wanted = new Map((target?.servers ?? []).map((server) => [server.name, server.ticked]));
    const began = group.check === null && target?.check != null;
    group.check = target?.check ?? null;
    for (const server of group.servers.values()) if (!wanted.has(server.name)) this.#forget(group, server);
    const fresh: Watched[] = [];
    for (const [name, ticked] of wanted) {
      const server = group.servers.get(name);
      if (server === undefined) {
        fresh.push(this.#add(group, storeId, name, ticked));
      } else {
        const newlyTicked = ticked && !server.ticked;
        server.ticked = ticked;
        if (newlyTicked) this.#enqueue(server, true);
        else if (began && server.running === null) fresh.push(server);
      }
    }
    const gap = Math.min(START_GAP_MS, SPREAD_MS / Math.max(1, fresh.length));
    const ordered = fresh.toSorted((a, b) => Number(b.ticked) - Number(a.ticked));
    for (const [index, server] of ordered.entries()) this.#schedule(server, Math.round(index * gap));
  }

  /** Checks at once, ahead of everything that waits; null checks all servers of the store. Paused ones too, once. */
  check(storeId: string, names: readonly string[] | null): void {
    const { servers } = this.#group(storeId);
    for (const server of servers.values()) {
      if (names !== null && !names.includes(server.name)) continue;
      // A first check climbs everything anyway.
      server.asked = server.running === null || server.status.lastCheck !== null;
      this.#enqueue(server, true);
    }
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
    for (const storeId of this.#groups.keys()) this.follow(storeId, null);
    await this.#slots.close();
  }

  #group(storeId: string): Group {
    const known = this.#groups.get(storeId);
    if (known !== undefined) return known;
    const group: Group = { feed: new Feed({ gatherMs: GATHER_MS }), servers: new Map(), check: null };
    this.#groups.set(storeId, group);
    return group;
  }

  #add(group: Group, storeId: string, name: string, ticked: boolean): Watched {
    const status: ServerStatus = {
      name,
      health: UNCHECKED.health,
      activity: "idle",
      history: [],
      certificateExpiresAt: null,
      lastCheckAt: null,
      nextCheckAt: null,
      lastCheck: null,
    };
    const server: Watched = { storeId, name, ticked, paused: false, track: UNCHECKED, status, running: null, asked: false, notBefore: 0, cancelTimer: null };
    group.servers.set(name, server);
    group.feed.set(name, status);
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

  #schedule(server: Watched, delay: number): void {
    this.#unschedule(server);
    if (server.paused || this.#group(server.storeId).check === null) return;
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
    if (server.running !== null || this.#group(server.storeId).check === null) return;
    server.cancelTimer?.();
    server.cancelTimer = null;
    this.#slots.add(server, asked ? 0 : server.ticked ? 1 : 2);
  }

  async #run(server: Watched): Promise<void> {
    const group = this.#group(server.storeId);
    if (group.check === null) return;
    const { clock, logger, timeoutMs = CHECK_TIMEOUT_MS } = this.#deps;
    const controller = new AbortController();
    server.running = controller;
    const { asked } = server;
    server.asked = false;
    this.#publish(server, { nextCheckAt: null });
    const result = await runCheck(group.check, server.name, controller, { clock, logger, timeoutMs, asked });
    server.running = null;
    if (group.servers.get(server.name) !== server) return;
    this.#followClock();
    const now = clock.now();
    const wait = (askedToWait(result) ?? now) - now;
    server.notBefore = clock.elapsed() + Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
    const verdict = verdictOf(result);
    const before = server.track.health;
    server.track = transition(server.track, verdict, now);
    const point = { at: now, ms: verdict.verdict === "up" ? verdict.ms : null };
    server.status = {
      ...server.status,
      health: server.track.health,
      history: [...server.status.history, point].slice(-HISTORY_LENGTH),
      certificateExpiresAt: result.certificateExpiresAt ?? server.status.certificateExpiresAt,
      lastCheckAt: now,
      lastCheck: result,
    };
    if (server.asked) this.#enqueue(server, true);
    else if (server.paused || group.check === null) this.#publish(server, { nextCheckAt: null });
    else this.#scheduleNext(server);
    const after = server.track.health;
    if (before.state !== after.state) {
      this.#deps.onTransition({ storeId: server.storeId, server: server.name, ticked: server.ticked, before, after });
    }
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
