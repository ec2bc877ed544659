/** Which servers another console of the team checks for this one, and what it found. */
import { checkResultSchema, type CheckResult } from "../../shared/model/mail-server.ts";
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
function keyOf(storeId: string, revision: number, server: string): string {
  return JSON.stringify([storeId, revision, server]);
}

export class SharedChecking {
  readonly #checks: SharedChecks;
  readonly #clock: Clock;
  readonly #callbacks: Callbacks;
  /** When each server was last heard of, or first left to others, on the monotonic clock. */
  readonly #heard = new Map<string, { readonly at: number; readonly storeId: string; readonly server: string }>();
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
    const key = keyOf(storeId, revision, server);
    const known = this.#heard.get(key);
    if (known === undefined) this.#heard.set(key, { at: this.#clock.elapsed(), storeId, server });
    return known === undefined || this.#clock.elapsed() - known.at < SILENT_MS;
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
      const known = this.#heard.get(key);
      const result = checkResultSchema.safeParse(parseJson(content));
      // A server that is not left to others, or a result of another version of the console.
      if (known === undefined || !result.success) continue;
      const wasSilent = this.#clock.elapsed() - known.at >= SILENT_MS;
      this.#heard.set(key, { ...known, at: this.#clock.elapsed() });
      this.#callbacks.take(known.storeId, known.server, { ...result.data, at: this.#clock.now() - ageMs });
      if (wasSilent) this.#callbacks.changed();
    }
  }
}
