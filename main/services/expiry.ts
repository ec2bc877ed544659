/** Everything that ends on a date, over all stores, and the same as a calendar. */
import icalendar, { ICalAlarmType } from "ical-generator";
import type { Expiry } from "../../shared/contract/expiry.ts";
import { startOfDay } from "../../shared/rules/expiry.ts";
import type { StoredIdentityStore } from "../store/types.ts";
import { bindForm, findEntry } from "./forms.ts";
import type { Foundation } from "./rooms.ts";
import type { ServerStatusService } from "./server-status.ts";

/** Days before the date on which the calendar reminds. */
export const NOTICE_DAYS: readonly number[] = [30, 14, 7, 1];
const DAY_S = 24 * 60 * 60;

const KINDS: Readonly<Record<Expiry["kind"], string>> = {
  certificate: "Certificate expires",
  secret: "Client secret expires",
  support: "Support ends",
  "server-certificate": "Server certificate expires",
};

/** The local day of a moment, in the form the calendar library writes down: it reads the day in UTC. */
function calendarDay(at: number): Date {
  const moment = new Date(at);
  return new Date(Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()));
}

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
      .list()
      .flatMap((stored) => this.of(stored))
      .toSorted((a, b) => a.at - b.at);
  }

  /** Of one store, in no particular order. */
  of(stored: StoredIdentityStore): Expiry[] {
    const saved = stored.document.messaging;
    if (saved === null) return [];
    const expiry = (kind: Expiry["kind"], subject: string, at: number): Expiry => ({
      id: `${stored.id}/${kind}/${subject}`,
      storeId: stored.id,
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
        : [expiry("support", entry.label, startOfDay(entry.supportEnds))];
    const certificates = Object.values(saved.certificates).flatMap(({ fileName, summary }) =>
      summary === null ? [] : [expiry("certificate", fileName, summary.notAfter)],
    );
    const used = new Set(saved.configuration.servers.filter((server) => server.ticked).map((server) => server.name));
    const servers = this.#servers
      .statuses(stored.id)
      .flatMap(({ name, certificateExpiresAt: at }) => (at === null || !used.has(name) ? [] : [expiry("server-certificate", name, at)]));
    return [...known, ...support, ...certificates, ...servers];
  }

  /** An iCalendar object (RFC 5545): one all-day event a date, with reminders. */
  calendar(): string {
    const now = new Date(this.#foundation.ports.clock.now());
    const calendar = icalendar({ name: "Messaging Console", prodId: { company: "Messaging Console", product: "Expiry", language: "EN" } });
    for (const { id, kind, subject, storeName, at } of this.list()) {
      calendar.createEvent({
        id: `${id}@messaging-console`,
        start: calendarDay(at),
        allDay: true,
        stamp: now,
        summary: `${KINDS[kind]}: ${subject}`,
        description: `Identity store: ${storeName}`,
        alarms: NOTICE_DAYS.map((days) => ({ type: ICalAlarmType.display, trigger: days * DAY_S, description: `${subject}: ${days} d` })),
      });
    }
    return calendar.toString();
  }
}
