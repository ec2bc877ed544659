/** The memories of checks: one for each configuration with its secrets, for as long as it is being checked. */
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import type { CheckMemory } from "../../shared/rules/pace.ts";
import type { SealedMessaging } from "../store/types.ts";
import { OpenedCertificates } from "./opened-certificates.ts";

export class CheckMemories {
  /** Containers that these checks opened. */
  readonly opened = new OpenedCertificates();
  readonly #references = new Set<string>();
  readonly #kept = new Map<string, CheckMemory>();
  readonly #used = new Set<string>();

  /** The memory of a store's configuration. Another value or another secret has another memory. */
  of(storeId: string, form: SealedMessaging, connection: StoreConnection): CheckMemory {
    const { provider, variant, values } = form.configuration;
    const secrets = Object.entries(form.secrets).map(([field, { id }]) => [field, id] as const);
    const certificates = Object.entries(form.certificates).map(([field, { secret, identity }]) => [field, secret.id, identity] as const);
    const key = JSON.stringify([storeId, connection, provider, variant, values, secrets, certificates]);
    this.#used.add(key);
    for (const [, id] of [...secrets, ...certificates]) this.#references.add(id);
    const kept = this.#kept.get(key) ?? new Map();
    this.#kept.set(key, kept);
    return kept;
  }

  /** Drops every memory that was not asked for since the last sweep, and with it what providers keep. */
  sweep(): void {
    for (const key of this.#kept.keys()) if (!this.#used.has(key)) this.#kept.delete(key);
    this.opened.keepOnly(this.#references);
    this.#references.clear();
    this.#used.clear();
  }
}
