/** What this console remembers of its team while it works, written home a moment later: how far the roster was, and each store's newest revision. */
import type { Clock, Logger } from "../../ports.ts";
import type { Head, Remembered } from "./roster.ts";
import type { TeamAtHome, TeamHome } from "./types.ts";

/** What was seen is gathered for so long before it is written, in milliseconds. */
const GATHER_MS = 2000;

interface Seen {
  readonly number: number;
  readonly hash: string;
}

export class Memory {
  readonly #home: TeamHome;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #newest: Map<string, Seen>;
  #remembered: Remembered;
  #cancel: (() => void) | null = null;

  constructor({ home, clock, logger }: { readonly home: TeamHome; readonly clock: Clock; readonly logger: Logger }, { remembered, newest }: TeamAtHome) {
    this.#home = home;
    this.#clock = clock;
    this.#logger = logger;
    this.#remembered = remembered;
    this.#newest = new Map(Object.entries(newest));
  }

  get remembered(): Remembered {
    return this.#remembered;
  }

  /** The newest revision of a store that was believed; null where it was never seen. */
  newest(storeId: string): Seen | null {
    return this.#newest.get(storeId) ?? null;
  }

  sawRoster(root: string, head: Head): void {
    if (this.#remembered.root === root && this.#remembered.head.seq >= head.seq) return;
    this.#remembered = { root, head };
    this.#writeSoon();
  }

  sawRevision(storeId: string, seen: Seen): void {
    if ((this.#newest.get(storeId)?.number ?? 0) >= seen.number) return;
    this.#newest.set(storeId, seen);
    this.#writeSoon();
  }

  /** Writes what is still gathered. */
  async flush(): Promise<void> {
    if (this.#cancel !== null) await this.#write();
  }

  #writeSoon(): void {
    this.#cancel ??= this.#clock.after(GATHER_MS, () => void this.#write());
  }

  async #write(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    // The console may have left the team, or joined another one, meanwhile.
    const failed = (why: Readonly<Record<string, unknown>>) => this.#logger.warn("what was seen of the team could not be kept", why);
    try {
      const written = await this.#home.change((kept) => (kept?.remembered.root === this.#remembered.root ? this.#within(kept) : null));
      if (!written.ok) failed({ fault: written.fault.kind });
    } catch (error) {
      // Nobody waits for it: what is thrown here would end the process.
      failed({ error: error instanceof Error ? error.message : String(error) });
    }
  }

  /** What is kept with what was seen here: another store on the same team may have seen more. */
  #within(kept: TeamAtHome): TeamAtHome {
    const newer = Object.entries(kept.newest).filter(([id, { number }]) => number > (this.#newest.get(id)?.number ?? 0));
    const remembered = kept.remembered.head.seq > this.#remembered.head.seq ? kept.remembered : this.#remembered;
    return { ...kept, remembered, newest: Object.fromEntries([...this.#newest, ...newer]) };
  }
}
