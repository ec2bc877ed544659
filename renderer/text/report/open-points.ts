/** What of an identity store is unfinished or not well, a sentence each. */
import type { SecretState } from "../../../shared/model/secret.ts";
import { DAY_MS, NOTICE_DAYS } from "../../../shared/rules/expiry.ts";
import { nothingTicked } from "../../../shared/rules/readiness.ts";
import { serversInUse } from "../../../shared/rules/servers-in-use.ts";
import { driftWords } from "../comparison.ts";
import { expirySubject } from "../expiry.ts";
import { fieldWords } from "../provider.ts";
import { formatDate, formatDateTime } from "../format.ts";
import { say } from "../text.ts";
import type { ReportSource } from "./content.ts";
import { checkedStatus, statusWords } from "./servers.ts";

/** Of what was prepared and of what the last checks found. */
export function openPoints(source: ReportSource): readonly string[] {
  return [...formPoints(source), ...checkPoints(source), ...datePoints(source)];
}

/** Of what was prepared alone: nothing that only a check can tell. */
export function preparedPoints(source: ReportSource): readonly string[] {
  return [...formPoints(source), ...datePoints(source)];
}

function formPoints(source: ReportSource): readonly string[] {
  return [
    ...(source.saved === null ? [say("site-report.no-provider")] : []),
    ...(source.hasDraft ? [say("site-report.open-draft")] : []),
    ...secretPoints(source),
    ...testPoints(source),
    ...listPoints(source),
    ...driftPoints(source),
  ];
}

function secretPoints({ store, saved, provider }: ReportSource): readonly string[] {
  const own = store.connection.kind === "active-directory" ? secretPoint(say("site-report.directory-password"), store.directoryPassword.state, true) : [];
  if (provider === null || saved === null) return own;
  const others = provider.fields.flatMap(({ kind, name, required }) => {
    if (kind !== "secret" && kind !== "certificate") return [];
    const held = kind === "secret" ? saved.secrets[name] : saved.certificates[name];
    return secretPoint(fieldWords(provider.id, name).label, held?.state ?? "not-set", required);
  });
  return [...own, ...others];
}

function secretPoint(field: string, state: SecretState["state"], required: boolean): readonly string[] {
  if (state === "unreadable") return [say("site-report.open-unreadable", { field })];
  return state === "not-set" && required ? [say("site-report.open-missing", { field })] : [];
}

function testPoints({ saved, provider }: ReportSource): readonly string[] {
  if (saved === null || provider?.testable !== true || saved.tested.state === "passed") return [];
  return [say(saved.tested.state === "failed" ? "site-report.open-failed" : "site-report.open-untested")];
}

function listPoints({ saved, provider }: ReportSource): readonly string[] {
  if (saved === null || provider === null || provider.servers === "none") return [];
  return [
    ...(nothingTicked(provider, saved) ? [say("site-report.none-in-use")] : []),
    ...serversInUse(saved, provider)
      .filter(({ vanished }) => vanished)
      .map(({ name }) => say("site-report.open-vanished", { server: name })),
    ...(saved.complete === true ? [] : [say("site-report.open-incomplete")]),
  ];
}

/** What was seen last is kept: nobody is asked for it. */
function driftPoints({ drift }: ReportSource): readonly string[] {
  return drift === null ? [] : [say("site-report.open-drift", { drift: driftWords(drift), at: formatDateTime(drift.at) })];
}

function checkPoints({ saved, provider, statuses, at }: ReportSource): readonly string[] {
  if (saved === null || provider === null || provider.servers === "none") return [];
  const inUse = serversInUse(saved, provider);
  const unchecked = inUse.filter(({ name }) => checkedStatus(statuses, name) === null).map(({ name }) => name);
  const unwell = inUse.flatMap(({ name }) => {
    const status = checkedStatus(statuses, name);
    return status === null || status.health.state === "online" ? [] : [say("site-report.open-not-online", { server: name, state: statusWords(status, at) })];
  });
  return [...unwell, ...(unchecked.length === 0 ? [] : [say("site-report.open-not-checked", { servers: unchecked.join(", ") })])];
}

/** As early as the console begins to tell of a date. */
function datePoints({ expiries, at: now }: ReportSource): readonly string[] {
  const soon = now + Math.max(...NOTICE_DAYS) * DAY_MS;
  return expiries
    .filter(({ at }) => at <= soon)
    .map(({ kind, subject, at }) => say(at <= now ? "site-report.open-ended" : "site-report.open-ends", { kind: say(`expiry.kind-${kind}`), what: expirySubject(kind, subject), date: formatDate(at) }));
}
