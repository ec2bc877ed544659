/**
 * Watches whether this computer's network is there, store by store: asked when a check fails in a way that a missing network
 * would explain, and again every few seconds while it is away, so that checks go on as soon as it is back.
 */
import { isIP } from "node:net";
import type { Fault } from "../../shared/fault.ts";
import type { CheckResult } from "../../shared/model/mail-server.ts";
import type { NetworkLoss } from "../../shared/model/network.ts";
import { hasPassed } from "../../shared/rules/health.ts";
import { mayBeNetwork, networkLoss } from "../../shared/rules/network.ts";
import type { Clock, MachineNetwork } from "../ports.ts";

/** How often a network that is away is looked for, in milliseconds. */
const LOOK_MS = 3_000;
/** How long what a witness failed with is good for other checks, in milliseconds. */
const FRESH_MS = 2_000;
/** The longest a witness is waited for, in milliseconds. Who says nothing by then does not answer. */
const WITNESS_MS = 4_000;

/** Looks up a store's directory: null when it is found, else why not. */
export type Witness = (storeId: string, signal: AbortSignal) => Promise<Fault | null>;

export interface NetworkWatchDependencies {
  readonly clock: Clock;
  readonly network: MachineNetwork;
  readonly witness: Witness;
  /** The network of a store went away or changed the reason. */
  readonly onChange: () => void;
  /** The network of a store is back. */
  readonly onBack: (storeId: string) => void;
}

export interface StoreAway {
  readonly why: NetworkLoss;
  /** Epoch milliseconds. */
  readonly since: number;
  /** The same moment on the monotonic clock. */
  readonly from: number;
}

interface Testimony {
  readonly askedAt: number;
  readonly answer: Promise<Fault | null>;
  failed: boolean;
}

export class NetworkWatch {
  readonly #deps: NetworkWatchDependencies;
  readonly #away = new Map<string, StoreAway>();
  /** When the last check began that found a name, on the monotonic clock. */
  readonly #found = new Map<string, number>();
  /** By store and server: when the first of the checks began that fail for want of names. */
  readonly #failingSince = new Map<string, Map<string, number>>();
  readonly #testimonies = new Map<string, Testimony>();
  readonly #stop = new AbortController();
  #cancelLook: (() => void) | null = null;

  constructor(deps: NetworkWatchDependencies) {
    this.#deps = deps;
  }

  /** Stores whose network is away, by id. */
  get away(): ReadonlyMap<string, StoreAway> {
    return this.#away;
  }

  /** Judges a check that began at `startedAt` on the monotonic clock: true when it failed for want of a network here. */
  async isAway(storeId: string, server: string, check: CheckResult, startedAt: number): Promise<boolean> {
    const [first] = check.rungs;
    if (first?.rung === "dns" && hasPassed(first) && isIP(server) === 0) this.#noteFound(storeId, startedAt);
    const failing = this.#failing(storeId);
    if (!mayBeNetwork(check, this.#hasInterface())) {
      failing.delete(server);
      return false;
    }
    const failsSince = failing.get(server) ?? startedAt;
    failing.set(server, failsSince);
    const why = await this.#loss(storeId, startedAt, failsSince);
    if (this.#stop.signal.aborted) return false;
    if (why === null) this.#back(storeId);
    else this.#lost(storeId, why);
    return why !== null;
  }

  /** A store that is gone. */
  forget(storeId: string): void {
    this.#found.delete(storeId);
    this.#failingSince.delete(storeId);
    this.#testimonies.delete(storeId);
    if (this.#away.delete(storeId)) this.#deps.onChange();
  }

  dispose(): void {
    this.#stop.abort();
    this.#cancelLook?.();
  }

  #hasInterface(): boolean {
    return this.#deps.network.interfaces().length > 0;
  }

  #failing(storeId: string): Map<string, number> {
    const known = this.#failingSince.get(storeId) ?? new Map<string, number>();
    this.#failingSince.set(storeId, known);
    return known;
  }

  #noteFound(storeId: string, startedAt: number): void {
    this.#found.set(storeId, startedAt);
    if (startedAt >= (this.#away.get(storeId)?.from ?? Infinity)) this.#back(storeId);
  }

  /** `failsSince`: when the server in question began to fail; another that is found later speaks against it. */
  async #loss(storeId: string, startedAt: number, failsSince: number): Promise<NetworkLoss | null> {
    const foundSince = () => (this.#found.get(storeId) ?? -Infinity) >= failsSince;
    const witness = foundSince() ? null : await this.#testimony(storeId, startedAt);
    return networkLoss({ hasInterface: this.#hasInterface(), foundSince: foundSince(), witness });
  }

  /** One question a store at a time, for all checks that failed meanwhile; "found" counts only when asked after the check began. */
  #testimony(storeId: string, startedAt: number): Promise<Fault | null> {
    const { clock } = this.#deps;
    const known = this.#testimonies.get(storeId);
    const fresh = known !== undefined && (known.askedAt >= startedAt || (known.failed && clock.elapsed() - known.askedAt < FRESH_MS));
    if (fresh) return known.answer;
    const answer = this.#ask(storeId);
    const testimony: Testimony = { askedAt: clock.elapsed(), answer, failed: false };
    this.#testimonies.set(storeId, testimony);
    void answer.then((fault) => {
      testimony.failed = fault !== null;
    });
    return answer;
  }

  async #ask(storeId: string): Promise<Fault | null> {
    const { clock, witness } = this.#deps;
    const silent: Fault = { kind: "unreachable", rung: "dns", reason: "dns-failed" };
    const limit = new AbortController();
    const overdue = Promise.withResolvers<Fault>();
    const cancel = clock.after(WITNESS_MS, () => {
      overdue.resolve(silent);
      limit.abort();
    });
    try {
      return await Promise.race([witness(storeId, AbortSignal.any([limit.signal, this.#stop.signal])), overdue.promise]);
    } catch {
      return null;
    } finally {
      cancel();
    }
  }

  #lost(storeId: string, why: NetworkLoss): void {
    const known = this.#away.get(storeId);
    if (known?.why !== why) {
      const { clock } = this.#deps;
      this.#away.set(storeId, { why, since: known?.since ?? clock.now(), from: known?.from ?? clock.elapsed() });
      this.#deps.onChange();
    }
    this.#cancelLook ??= this.#deps.clock.after(LOOK_MS, () => void this.#look());
  }

  #back(storeId: string): void {
    if (!this.#away.delete(storeId)) return;
    this.#deps.onChange();
    this.#deps.onBack(storeId);
  }

  async #look(): Promise<void> {
    const now = this.#deps.clock.elapsed();
    await Promise.all(
      [...this.#away.keys()].map(async (storeId) => {
        const why = await this.#loss(storeId, now, now);
        if (this.#stop.signal.aborted || !this.#away.has(storeId)) return;
        if (why === null) this.#back(storeId);
        else this.#lost(storeId, why);
      }),
    );
    this.#cancelLook = null;
    if (!this.#stop.signal.aborted && this.#away.size > 0) this.#cancelLook = this.#deps.clock.after(LOOK_MS, () => void this.#look());
  }
}
