/** What ends on a date, over all identity stores. Keys below `kind-` are kinds of things that end, those below `event-` are for the calendar. */
import type { Expiry } from "../../../shared/contract/expiry.ts";

const kinds = {
  "kind-certificate": "Certificate",
  "kind-secret": "Client secret",
  "kind-support": "Vendor support",
  "kind-server-certificate": "Server certificate",
  "event-certificate": "Certificate expires: {{what}}",
  "event-secret": "{{what}} expires",
  "event-support": "Support ends: {{what}}",
  "event-server-certificate": "Server certificate expires: {{what}}",
} as const satisfies Record<`${"kind" | "event"}-${Expiry["kind"]}`, string>;

export const expiry = {
  ...kinds,
  "secret-of": "Client secret of {{application}}",
  title: "Expiry",
  intro: "Over all identity stores. Activity tells 30, 14, 7 and 1 days before.",
  loading: "Collecting the dates…",
  list: "What ends, soonest first",
  "column-urgency": "Urgency",
  "column-subject": "What ends",
  "column-store": "Identity store",
  "column-date": "Date",
  "column-days": "Days left",
  "urgency-expired": "Expired",
  "urgency-week": "Within 7 days",
  "urgency-month": "Within 30 days",
  "urgency-later": "Later",
  "days_one": "1 day",
  "days_other": "{{count}} days",
  "days-today": "ends today",
  "days-over-today": "ended today",
  "days-over_one": "1 day ago",
  "days-over_other": "{{count}} days ago",
  export: "Export .ics",
  "event-store": "Identity store: {{name}}",
  "event-reminder": "{{what}}: {{days}} d",
  exported: "The calendar file was handed to your downloads.",
  refresh: "Look again",
  "empty-title": "Nothing ends on a date",
  "empty-text":
    "As soon as an identity store uses a certificate, a client secret with an expiry date, or a product whose support ends, its date is listed here.",
} as const;
