/** What was last seen of each store's directory and servers: kept, shown as drift, and told of once. */
import { createHash } from "node:crypto";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { SeenServers, Sighting } from "../../../shared/model/comparison.ts";
import type { Change } from "../../../shared/model/draft.ts";
import type { Drift } from "../../../shared/model/drift.ts";
import { DAY_MS } from "../../../shared/rules/expiry.ts";
import { changesMark, driftChanges, driftMark, driftOf, knownOf, seenChanges, sightingAfter, takenOver, type Look } from "../../../shared/rules/drift.ts";
import { Gathering } from "../../gathering.ts";
import { Listeners } from "../../listeners.ts";
import type { StoredIdentityStore } from "../../store/types.ts";
import { findProvider } from "../forms.ts";
import { gone, type Foundation } from "../rooms.ts";

/** Stored changes are gathered this long, in milliseconds, before what others saw is read. */
const READ_MS = 500;

/** Stands for certificates and rights that differ; null where none do. */
export function seenMark(changes: readonly Change[]): string | null {
  return changes.length === 0 ? null : digest(changesMark(changes));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export class SightingBook {
  readonly #foundation: Foundation;
  readonly #reading: Gathering;
  readonly #listeners: Listeners;
  readonly #unsubscribe: () => void;
  /** By what it was made of: a list of a thousand stores asks at each change of any of them. */
  readonly #drifts = new WeakMap<StoredIdentityStore, { readonly sighting: Sighting; readonly drift: Drift | null }>();
  /** What was read last: the edition, and the number of its last change. */
  #edition: string | null = null;
  #last = 0;
  #known: ReadonlyMap<string, Sighting> = new Map();
  #first: Promise<void> | null = null;

  constructor(foundation: Foundation) {
    this.#foundation = foundation;
    const { clock, logger } = foundation.ports;
    this.#listeners = new Listeners("another sighting", logger);
    this.#reading = new Gathering(clock, READ_MS, () => void this.#read());
    this.#unsubscribe = foundation.store.onChange(() => this.#reading.soon());
  }

  /** What is kept has been read, or cannot be. */
  ready(): Promise<void> {
    return (this.#first ??= this.#read());
  }

  /** Null where nothing was seen. */
  of(storeId: string): Sighting | null {
    return this.#known.get(storeId) ?? null;
  }

  /** What is taken for granted of the servers of what is saved. */
  known({ id, document: { messaging }, revision }: StoredIdentityStore): SeenServers {
    if (messaging === null) return {};
    const { provider, variant } = messaging.configuration;
    return knownOf(this.of(id), { choice: { provider, variant }, revision });
  }

  /** How what is saved differs from what was seen last; null where it does not, or nothing was seen. */
  drift(stored: StoredIdentityStore): Drift | null {
    const sighting = this.of(stored.id);
    if (sighting === null) return null;
    const made = this.#drifts.get(stored);
    if (made?.sighting === sighting) return made.drift;
    const drift = this.#driftIn(stored, sighting);
    this.#drifts.set(stored, { sighting, drift });
    return drift;
  }

  /** Calls back when something else was seen; the returned function unsubscribes. */
  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /**
   * Keeps what was seen, and tells the activity of a drift that it was not told of. Answers what is known then. A command looks for whoever
   * asked, and keeps nothing.
   */
  async keep(stored: StoredIdentityStore, look: Look): Promise<Sighting> {
    if (this.#foundation.ports.host === "command-line") return sightingAfter(this.of(stored.id), look);
    let news: { readonly sighting: Sighting; readonly mark: string } | null = null;
    const edit = (before: Sighting | null): Sighting => {
      const sighting = sightingAfter(before, look);
      const mark = this.#mark(stored, sighting);
      news = mark !== null && mark !== sighting.told ? { sighting, mark } : null;
      return { ...sighting, told: mark };
    };
    const kept = await this.#change(stored.id, edit);
    const known = kept.ok ? kept.value : null;
    if (kept.ok && news !== null) this.#tell(stored, news);
    // Where it cannot be kept, it was seen all the same.
    if (known === null) this.#know(stored.id, edit(this.of(stored.id)));
    return known ?? sightingAfter(this.of(stored.id), look);
  }

  /** Takes certificates and rights for granted where they are what `seen` ({@link seenMark}) stands for: nobody agrees to what was not shown. Fails with `not-found` and `not-stored`. */
  async takeOver(storeId: string, seen: string): Promise<Result<null>> {
    const stored = this.#foundation.store.identityStores.get(storeId);
    if (stored === null) return fail(gone("identity-store"));
    let isShown = false;
    const changed = await this.#change(storeId, (before) => {
      isShown = before !== null && seenMark(seenChanges(before.choice.provider, before.known, before.seen)) === seen;
      if (before === null || !isShown) return null;
      const over = takenOver(before);
      return { ...over, told: this.#mark(stored, over) };
    });
    if (!changed.ok) return changed;
    return isShown ? succeed(null) : fail(gone("sighting"));
  }

  dispose(): void {
    this.#unsubscribe();
    this.#reading.stop();
  }

  #driftIn({ document, revision }: StoredIdentityStore, sighting: Sighting): Drift | null {
    const configuration = document.messaging?.configuration ?? null;
    const provider = configuration === null ? null : findProvider(this.#foundation.providers, configuration.provider);
    return configuration === null || provider === null ? null : driftOf(configuration, revision, provider.descriptor, sighting);
  }

  /** What tells the drift of a sighting from another one; null where there is none. */
  #mark(stored: StoredIdentityStore, sighting: Sighting): string | null {
    const drift = this.#driftIn(stored, sighting);
    const configuration = stored.document.messaging?.configuration ?? null;
    const provider = configuration === null ? null : findProvider(this.#foundation.providers, configuration.provider);
    if (drift === null || configuration === null || provider === null) return null;
    const changes = driftChanges(configuration, stored.revision, provider.descriptor, sighting) ?? [];
    return digest(driftMark(changes, drift));
  }

  #tell(stored: StoredIdentityStore, { sighting, mark }: { readonly sighting: Sighting; readonly mark: string }): void {
    const drift = this.#driftIn(stored, sighting);
    const event = { kind: "drift-found", storeId: stored.id, storeName: stored.document.name, subject: null, detail: JSON.stringify(drift) };
    // Two hosts on one folder may both have looked.
    this.#foundation.record(event, JSON.stringify(["drift-found", stored.id, mark, Math.floor(sighting.at / DAY_MS)]));
  }

  async #change(storeId: string, edit: (before: Sighting | null) => Sighting | null): Promise<Result<Sighting | null>> {
    const changed = await this.#foundation.store.sightings.change(storeId, edit);
    if (!changed.ok) this.#foundation.ports.logger.warn("what was seen of a directory could not be kept", { storeId, fault: changed.fault });
    else if (changed.value !== null) this.#know(storeId, changed.value);
    return changed;
  }

  #know(storeId: string, sighting: Sighting): void {
    this.#known = new Map([...this.#known, [storeId, sighting]]);
    this.#listeners.notify();
  }

  async #read(): Promise<void> {
    const { sightings } = this.#foundation.store;
    try {
      const edition = sightings.newest();
      if (edition === this.#edition) return;
      const read = await sightings.read(this.#last);
      this.#edition = edition;
      this.#last = Math.max(this.#last, read.last);
      if (read.sightings.size === 0) return;
      this.#known = new Map([...this.#known, ...read.sightings]);
      this.#listeners.notify();
    } catch (error) {
      // A team's database that is away: what was seen last stands.
      this.#foundation.ports.logger.warn("what was seen of directories could not be read", { error: error instanceof Error ? error.message : String(error) });
    }
  }
}
