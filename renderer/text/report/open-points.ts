/** What of an identity store is unfinished or not well, a sentence each. */
import { NOTICE_DAYS, DAY_MS } from "../../../shared/rules/expiry.ts";
import { nothingTicked } from "../../../shared/rules/readiness.ts";
import { expirySubject } from "../expiry.ts";
import { healthReason, stateWord } from "../health.ts";
import { fieldWords } from "../provider.ts";
import { formatDate } from "../format.ts";
import { say } from "../text.ts";
import type { ReportSource } from "./content.ts";
import { serversInUse } from "./servers.ts";

export function openPoints(source: ReportSource): readonly string[] {
  return [
    ...(source.saved === null ? [say("site-report.no-provider")] : []),
    ...(source.hasDraft ? [say("site-report.open-draft")] : []),
    ...secretPoints(source),
    ...testPoints(source),
    ...serverPoints(source),
    ...datePoints(source),
  ];
}

function secretPoints({ store, saved, provider }: ReportSource): readonly string[] {
  const point = (field: string, state: "not-set" | "set" | "changed" | "unreadable", required: boolean) => {
    if (state === "unreadable") return [say("site-report.open-unreadable", { field })];
    return state === "not-set" && required ? [say("site-report.open-missing", { field })] : [];
  };
  const own = store.connection.kind === "active-directory" ? point(say("site-report.directory-password"), store.directoryPassword.state, true) : [];
  const fields = provider === null || saved === null ? [] : provider.fields;
  const others = fields.flatMap(({ kind, name, required }) => {
    if (kind !== "secret" && kind !== "certificate") return [];
    const { state } = (kind === "secret" ? saved?.secrets : saved?.certificates)?.[name] ?? { state: "not-set" as const };
    return point(fieldWords(provider?.id ?? "", name).label, state, required);
  });
  return [...own, ...others];
}

function testPoints({ saved, provider }: ReportSource): readonly string[] {
  if (saved === null || provider?.testable !== true || saved.tested.state === "passed") return [];
  return [say(saved.tested.state === "failed" ? "site-report.open-failed" : "site-report.open-untested")];
}

function serverPoints(source: ReportSource): readonly string[] {
  const { saved, provider, statuses, at } = source;
  if (saved === null || provider === null || provider.servers === "none") return [];
  const inUse = serversInUse(source);
  const unchecked = inUse.filter(({ name }) => (statuses.get(name)?.lastCheckAt ?? null) === null).map(({ name }) => name);
  const unwell = inUse.flatMap(({ name }) => {
    const status = statuses.get(name);
    if (status === undefined || status.lastCheckAt === null || status.health.state === "online" || status.health.state === "unchecked") return [];
    const reason = healthReason(status.health, at);
    return [say("site-report.open-not-online", { server: name, state: reason === null ? stateWord(status) : `${stateWord(status)} (${reason})` })];
  });
  return [
    ...(nothingTicked(provider, saved) ? [say("site-report.none-in-use")] : []),
    ...inUse.filter(({ vanished }) => vanished).map(({ name }) => say("site-report.open-vanished", { server: name })),
    ...(saved.complete === true ? [] : [say("site-report.open-incomplete")]),
    ...unwell,
    ...(unchecked.length === 0 ? [] : [say("site-report.open-not-checked", { servers: unchecked.join(", ") })]),
  ];
}

/** As early as the console begins to tell of a date. */
function datePoints({ expiries, at: now }: ReportSource): readonly string[] {
  const soon = now + Math.max(...NOTICE_DAYS) * DAY_MS;
  return expiries
    .filter(({ at }) => at <= soon)
    .map(({ kind, subject, at }) => say(at <= now ? "site-report.open-ended" : "site-report.open-ends", { kind: say(`expiry.kind-${kind}`), what: expirySubject(kind, subject), date: formatDate(at) }));
}
