/** What leads out of this computer, for one identity store: nothing while it is prepared only. */
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { NameResolver, ProxyFinder } from "../ports.ts";
import type { OpenRemoteShell, RemoteShell } from "../powershell/types.ts";
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

/** A shell that no more is asked of. */
const noShell: RemoteShell = { run: () => Promise.resolve(fail(PREPARED_ONLY)), dispose: () => undefined };

/** The ways for as long as they are open. Who took them before finds them closed, whatever it does with the signal, and shells end. */
function until(signal: AbortSignal, { resolver, proxy, remoting }: Ways): OpenWays {
  const refused = () => Promise.resolve(fail(PREPARED_ONLY));
  const open: OpenRemoteShell = (secrets) => {
    if (signal.aborted || remoting === null) return noShell;
    const shell = remoting(secrets);
    const end = () => shell.dispose();
    signal.addEventListener("abort", end, { once: true });
    return {
      run: (call) => shell.run(call),
      dispose: () => {
        signal.removeEventListener("abort", end);
        shell.dispose();
      },
    };
  };
  return {
    resolver: {
      service: (...asked) => (signal.aborted ? refused() : resolver.service(...asked)),
      connectTo: (...asked) => (signal.aborted ? refused() : resolver.connectTo(...asked)),
      authorities: resolver.authorities,
    },
    proxy: (host) => (signal.aborted ? fail(PREPARED_ONLY) : proxy(host)),
    remoting: remoting === null ? null : open,
    signal,
  };
}

export class Reach {
  readonly #ways: Ways;
  readonly #prepareOnly: PrepareOnly;
  readonly #unsubscribe: () => void;
  /** Open ones, by identity store. */
  readonly #open = new Map<string, { readonly ways: OpenWays; readonly close: () => void }>();

  constructor(ways: Ways, prepareOnly: PrepareOnly) {
    this.#ways = ways;
    this.#prepareOnly = prepareOnly;
    this.#unsubscribe = prepareOnly.onChange(() => this.#closeHeld());
  }

  /**
   * The ways out for an identity store; null stands for one that is not kept yet. They close, and their signal aborts, once the store is
   * prepared only: what is under way then ends. Fails with `unsupported: prepare-only`.
   */
  of(storeId: string | null): Result<OpenWays> {
    if (storeId === null) return succeed({ ...this.#ways, signal: new AbortController().signal });
    if (this.#prepareOnly.has(storeId)) return fail(PREPARED_ONLY);
    const known = this.#open.get(storeId);
    if (known !== undefined) return succeed(known.ways);
    const closing = new AbortController();
    const ways = until(closing.signal, this.#ways);
    this.#open.set(storeId, { ways, close: () => closing.abort() });
    return succeed(ways);
  }

  /** Certificate authorities (PEM) that this host trusts besides the system's: to judge by them nobody needs to be asked. */
  get authorities(): readonly string[] {
    return this.#ways.resolver.authorities;
  }

  dispose(): void {
    this.#unsubscribe();
  }

  #closeHeld(): void {
    for (const [storeId, { close }] of this.#open) {
      if (!this.#prepareOnly.has(storeId)) continue;
      this.#open.delete(storeId);
      close();
    }
  }
}
