/** Which servers another console of the team checks for this one, and what it found. */
import { checkedServerSchema, checkResultSchema, type CheckedServer, type CheckResult } from "../../shared/model/mail-server.ts";
import { parseJson } from "../../shared/json.ts";
import type { Clock } from "../ports.ts";
import type { FoundResult, SharedChecks } from "../store/types.ts";

/** A server that nothing was heard of for so long is checked here, in milliseconds: the other console may not reach it. */
export const SILENT_MS = 60_000;

interface Callbacks {
  /** Another console found this just now. */
  take(storeId: string, server: string, result: CheckResult): void;
  /** Who checks has changed, for some server or for all. */
  changed(): void;
}

/** Checks belong to a revision: what another one found with an older configuration says nothing of this one. */
function keyOf(...checked: CheckedServer): string {
  return JSON.stringify(checked);
}

const placeOf = (storeId: string, server: string) => JSON.stringify([storeId, server]);

export class SharedChecking {
  readonly #checks: SharedChecks;
  readonly #clock: Clock;
  readonly #callbacks: Callbacks;
  /** By store and server: when it was last heard of, or first left to others, on the monotonic clock, and of which revision. */
  readonly #heard = new Map<string, { readonly at: number; readonly revision: number }>();
  readonly #unfollow: () => void;
  #cancel: (() => void) | null = null;

  constructor(checks: SharedChecks, clock: Clock, callbacks: Callbacks) {
    this.#checks = checks;
    this.#clock = clock;
    this.#callbacks = callbacks;
    this.#unfollow = checks.follow({ results: (found) => this.#take(found), roles: () => this.#rolesChanged() });
    this.#lookAgain();
  }

  /** Whether another console checks this server, and is heard of it. */
  leftToOthers(storeId: string, revision: number, server: string): boolean {
    if (!this.#checks.leftToOthers()) return false;
    const place = placeOf(storeId, server);
    const known = this.#heard.get(place);
    if (known?.revision !== revision) this.#heard.set(place, { at: this.#clock.elapsed(), revision });
    return known?.revision !== revision || this.#clock.elapsed() - known.at < SILENT_MS;
  }

  /** Tells the others what was found here. */
  found(storeId: string, revision: number, server: string, result: CheckResult): void {
    this.#checks.found(keyOf(storeId, revision, server), JSON.stringify(result));
  }

  dispose(): void {
    this.#unfollow();
    this.#cancel?.();
  }

  #rolesChanged(): void {
    this.#heard.clear();
    this.#callbacks.changed();
  }

  /** Servers that fell silent are noticed without anything else happening. */
  #lookAgain(): void {
    this.#cancel = this.#clock.after(SILENT_MS / 2, () => {
      this.#lookAgain();
      if (this.#checks.leftToOthers()) this.#callbacks.changed();
    });
  }

  #take(found: readonly FoundResult[]): void {
    for (const { key, ageMs, content } of found) {
      const [name, result] = [checkedServerSchema.safeParse(parseJson(key)), checkResultSchema.safeParse(parseJson(content))];
      // Of another version of the console.
      if (!name.success || !result.success) continue;
      const [storeId, revision, server] = name.data;
      const known = this.#heard.get(placeOf(storeId, server));
      // A server that is not left to others, or not as it was checked there.
      if (known?.revision !== revision) continue;
      const wasSilent = this.#clock.elapsed() - known.at >= SILENT_MS;
      this.#heard.set(placeOf(storeId, server), { revision, at: this.#clock.elapsed() });
      this.#callbacks.take(storeId, server, { ...result.data, at: this.#clock.now() - ageMs });
      if (wasSilent) this.#callbacks.changed();
    }
  }
}
