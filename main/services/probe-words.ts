/** What carry-in probes said, as it is stored, at hand for the rows of servers. */
import { isDeepStrictEqual } from "node:util";
import type { ProbedStore } from "../../shared/model/identity-store.ts";
import type { Probed } from "../../shared/model/mail-server.ts";
import { probedStore } from "../../shared/rules/probe-side.ts";
import type { Logger } from "../ports.ts";
import type { Probes, StoredProbe } from "../store/types.ts";

const keyOf = (storeId: string, provider: string, server: string) => JSON.stringify([storeId, provider, server]);

export class ProbeWords {
  readonly #probes: Probes;
  readonly #logger: Logger;
  readonly #changed: () => void;
  #byServer: ReadonlyMap<string, Probed> = new Map();
  #byStore: ReadonlyMap<string, ProbedStore | null> = new Map();
  /** What was read last. */
  #edition: string | null = null;
  /** Counts the looks: an answer that comes after a newer one says nothing. */
  #looks = 0;
  /** Resolves once it was looked for the first time. */
  readonly first: Promise<void>;

  constructor(probes: Probes, logger: Logger, changed: () => void) {
    this.#probes = probes;
    this.#logger = logger;
    this.#changed = changed;
    this.first = this.#read();
  }

  /** The same object for as long as the word is the same; null where there is none. */
  of(storeId: string, provider: string, server: string): Probed | null {
    return this.#byServer.get(keyOf(storeId, provider, server)) ?? null;
  }

  /** Whose words a store has, in short; null where it has none. */
  ofStore(storeId: string): ProbedStore | null {
    return this.#byStore.get(storeId) ?? null;
  }

  /** Call it when something stored has changed: it is read only where that was a probe's word. */
  look(): void {
    if (this.#probes.newest() !== this.#edition) void this.#read();
  }

  dispose(): void {
    this.#looks = Infinity;
  }

  async #read(): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    try {
      this.#edition = this.#probes.newest();
      const found = await this.#probes.all();
      if (look === this.#looks) this.#take(found);
    } catch (error) {
      // What was read before stands, and is read anew with the next change.
      this.#edition = null;
      if (look === this.#looks) this.#logger.warn("what probes said could not be read", { error: error instanceof Error ? error.message : String(error) });
    }
  }

  #take(found: readonly StoredProbe[]): void {
    const before = this.#byServer;
    const now = found.map(({ storeId, provider, server, probed }) => {
      const key = keyOf(storeId, provider, server);
      const known = before.get(key);
      return [key, known !== undefined && isDeepStrictEqual(known, probed) ? known : probed] as const;
    });
    this.#byServer = new Map(now);
    this.#byStore = new Map([...Map.groupBy(found, ({ storeId }) => storeId)].map(([storeId, words]) => [storeId, probedStore(words.map(({ probed }) => probed))]));
    if (now.length !== before.size || now.some(([key, probed]) => before.get(key) !== probed)) this.#changed();
  }
}
