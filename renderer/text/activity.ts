/** Events of the Activity page in words. */
import type { ActivityEvent } from "../../shared/contract/activity.ts";
import { parseJson } from "../../shared/json.ts";
import { driftSchema } from "../../shared/model/drift.ts";
import { expiryKindSchema } from "../../shared/model/identity-store.ts";
import { changeLabel } from "./change.ts";
import { driftWords } from "./comparison.ts";
import { expirySubject } from "./expiry.ts";
import { say, sayIfKnown } from "./text.ts";

/** Days and kind of what ends soon: `30 certificate`. Events of earlier versions have the days alone. */
const ENDS_SOON = /^(\d+)(?: ([a-z-]+))?$/;

function subjectOf({ kind, subject }: ActivityEvent, what: string | undefined): string {
  const ends = expiryKindSchema.safeParse(what);
  return kind === "expires-soon" && subject !== null && ends.success ? expirySubject(ends.data, subject) : (subject ?? "");
}

/** Of a draft that was put together: `exchange values.domain, exchange secrets.password`. */
function fieldsOf({ kind, detail }: ActivityEvent): string {
  if (kind !== "draft-merged" || detail === null) return "";
  const keys = detail.split(", ").map((part) => part.split(" "));
  return keys.map(([provider = "", key = ""]) => changeLabel({ provider, key })).join(", ");
}

/** Of what drifted since it was saved. */
function driftIn({ kind, detail }: ActivityEvent): string {
  const drift = driftSchema.safeParse(kind === "drift-found" && detail !== null ? parseJson(detail) : null);
  return drift.success ? driftWords(drift.data) : "";
}

/** Why a mail was not sent: the sentence of what the SMTP server refused, or a few words. */
function reasonOf({ kind, detail }: ActivityEvent): string {
  if (kind !== "mail-not-sent" || detail === null) return "";
  return sayIfKnown(`faults.${detail}`) ?? sayIfKnown(`notifications.not-sent-${detail}`) ?? say("notifications.not-sent-other");
}

/** The sentence of an event; an unknown kind is shown as it is. */
export function activitySentence(event: ActivityEvent): string {
  const [, days, what] = ENDS_SOON.exec(event.detail ?? "") ?? [];
  const facts = { subject: subjectOf(event, what), detail: event.detail ?? "", kind: event.kind, count: Number(days ?? 0), fields: fieldsOf(event), drift: driftIn(event), reason: reasonOf(event) };
  const alone = event.subject === null ? sayIfKnown(`activity.kind-${event.kind}-alone`, facts) : null;
  if (alone !== null) return alone;
  return (sayIfKnown(`activity.kind-${event.kind}`, facts) ?? say("activity.kind-other", facts)).trim();
}
