/** What leads out of this computer, for one identity store: nothing while it is prepared only. */
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { NameResolver, ProxyFinder } from "../ports.ts";
import type { OpenRemoteShell } from "../powershell/types.ts";
import type { PrepareOnly } from "../store/types.ts";

/** Ways out of this computer. */
export interface Ways {
  readonly resolver: NameResolver;
  readonly proxy: ProxyFinder;
  /** Null where this machine cannot open sessions on Exchange's servers. */
  readonly remoting: OpenRemoteShell | null;
}

/** The signal aborts when they close. */
export interface OpenWays extends Ways {
  readonly signal: AbortSignal;
}

const PREPARED_ONLY: Fault = { kind: "unsupported", why: "prepare-only" };

/** For what needs none: whoever takes one all the same is refused. */
export const noWays: OpenWays = {
  resolver: { service: () => Promise.resolve(fail(PREPARED_ONLY)), connectTo: () => Promise.resolve(fail(PREPARED_ONLY)), authorities: [] },
  proxy: () => fail(PREPARED_ONLY),
  remoting: null,
  signal: new AbortController().signal,
};

export class Reach {
  readonly #ways: Ways;
  readonly #prepareOnly: PrepareOnly;
  readonly #unsubscribe: () => void;
  /** For what is under way, by identity store. */
  readonly #under = new Map<string, AbortController>();

  constructor(ways: Ways, prepareOnly: PrepareOnly) {
    this.#ways = ways;
    this.#prepareOnly = prepareOnly;
    this.#unsubscribe = prepareOnly.onChange(() => this.#stop());
  }

  /**
   * The ways out for an identity store; null stands for one that is not kept yet. The signal aborts once the store is prepared only:
   * what is under way then ends. Fails with `unsupported: prepare-only`.
   */
  of(storeId: string | null): Result<OpenWays> {
    if (storeId === null) return succeed({ ...this.#ways, signal: new AbortController().signal });
    if (this.#prepareOnly.has(storeId)) return fail(PREPARED_ONLY);
    const under = this.#under.get(storeId) ?? new AbortController();
    this.#under.set(storeId, under);
    return succeed({ ...this.#ways, signal: under.signal });
  }

  /** Certificate authorities (PEM) that this host trusts besides the system's: to judge by them nobody needs to be asked. */
  get authorities(): readonly string[] {
    return this.#ways.resolver.authorities;
  }

  dispose(): void {
    this.#unsubscribe();
  }

  #stop(): void {
    for (const [storeId, under] of this.#under) {
      if (!this.#prepareOnly.has(storeId)) continue;
      this.#under.delete(storeId);
      under.abort();
    }
  }
}
