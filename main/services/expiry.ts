/** Everything that ends on a date, over all stores. */
import type { Expiry } from "../../shared/contract/expiry.ts";
import { choiceValue } from "../../shared/rules/choice-value.ts";
import { startOfDay } from "../../shared/rules/expiry.ts";
import type { StoredIdentityStore } from "../store/types.ts";
import { bindForm, findEntry } from "./forms.ts";
import type { Foundation } from "./rooms.ts";
import type { ServerStatusService } from "./server-status.ts";

export class ExpiryService {
  readonly #foundation: Foundation;
  readonly #servers: ServerStatusService;

  constructor(foundation: Foundation, servers: ServerStatusService) {
    this.#foundation = foundation;
    this.#servers = servers;
  }

  /** Of all saved configurations, soonest first. */
  list(): Expiry[] {
    return this.#foundation.store.identityStores
      .all()
      .flatMap((stored) => this.of(stored))
      .toSorted((a, b) => a.at - b.at);
  }

  /** Of one store, in no particular order. */
  of(stored: StoredIdentityStore): Expiry[] {
    const saved = stored.document.messaging;
    if (saved === null) return [];
    // `place` is what stays the same when what ends is renewed, so that a calendar's entry moves along.
    const expiry = (kind: Expiry["kind"], subject: string, at: number, place = subject): Expiry => ({
      id: `${stored.id}/${kind}/${place}`,
      storeId: this.#foundation.store.identityStores.ownerOf(stored.id),
      storeName: stored.document.name,
      kind,
      subject,
      at,
    });
    const bound = bindForm(this.#foundation.providers, saved);
    const known = bound.ok ? bound.value.bound.expiries().map(({ kind, subject, at }) => expiry(kind, subject, at)) : [];
    const entry = findEntry(this.#foundation.providers, saved.configuration);
    const support =
      entry === null || entry.supportEnds === null || known.some(({ kind }) => kind === "support")
        ? []
        : [expiry("support", choiceValue(entry), startOfDay(entry.supportEnds))];
    const certificates = Object.entries(saved.certificates).flatMap(([field, { fileName, summary }]) =>
      summary === null ? [] : [expiry("certificate", fileName, summary.notAfter, `${saved.configuration.provider}/${field}`)],
    );
    const used = new Set(saved.configuration.servers.filter((server) => server.ticked).map((server) => server.name));
    const servers = this.#servers
      .statuses(stored.id)
      .flatMap(({ name, certificateExpiresAt: at }) => (at === null || !used.has(name) ? [] : [expiry("server-certificate", name, at)]));
    return [...known, ...support, ...certificates, ...servers];
  }
}
