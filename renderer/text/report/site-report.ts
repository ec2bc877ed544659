/** The report of an identity store, part by part. */
import type { StoreDetail } from "../../../shared/model/identity-store.ts";
import type { CertificateState, MessagingView, ProviderDescriptor } from "../../../shared/model/messaging.ts";
import type { SecretState } from "../../../shared/model/secret.ts";
import { storeChanges } from "../../../shared/rules/store-changes.ts";
import { changeLabel, changeValue } from "../change.ts";
import { expirySubject } from "../expiry.ts";
import { formatDate, formatDateTime } from "../format.ts";
import { entryName, fieldWords, preventsText, rightText } from "../provider.ts";
import { say } from "../text.ts";
import { listBlock, textBlock, type ReportBlock, type ReportSection, type ReportSource, type SiteReport } from "./content.ts";
import { openPoints } from "./open-points.ts";
import { serverBlocks } from "./servers.ts";

interface FactLine {
  readonly term: string;
  readonly value: string;
}

export function siteReport(source: ReportSource): SiteReport {
  const { store, saved, provider, at, user, version, practice } = source;
  const rights = provider === null ? [] : provider.rights.map((name) => rightText(provider.id, name));
  const section = (name: "store" | "messaging" | "servers" | "tests" | "dates" | "rights" | "open", ...blocks: readonly ReportBlock[]): ReportSection => ({ title: say(`site-report.section-${name}`), blocks });
  return {
    title: say("site-report.title", { name: store.name }),
    about: [say("site-report.made", { at: formatDateTime(at), version, user, revision: store.revision }), ...(practice ? [say("site-report.practice")] : [])].join(" "),
    sections: [
      section("store", { kind: "facts", facts: storeFacts(store) }),
      section("messaging", ...(saved === null ? [textBlock(say("site-report.no-provider"))] : messagingBlocks(saved, provider))),
      ...(saved === null ? [] : [section("servers", ...serverBlocks(source)), section("tests", { kind: "facts", facts: [testFact(saved, provider)] })]),
      section("dates", dateBlock(source)),
      ...(saved === null ? [] : [section("rights", listBlock(rights, say("site-report.no-rights")))]),
      section("open", listBlock(openPoints(source), say("site-report.no-open"))),
    ],
  };
}

/** In the words in which a new store is told of. What is not set is left out there. */
function storeFacts({ connection, name, directoryPassword }: StoreDetail): readonly FactLine[] {
  const set = storeChanges(null, { name, connection, directoryPassword: null }).filter(({ key }) => key !== "name");
  const facts = set.map((change) => ({ term: changeLabel(change), value: changeValue(change, "after") ?? say("site-report.empty") }));
  if (connection.kind === "entra-id") return facts;
  const found = connection.domainControllers.length > 0 ? [] : [{ term: changeLabel({ key: "connection.domainControllers", provider: null }), value: say("site-report.controllers-found") }];
  return [...facts, ...found, { term: changeLabel({ key: "secrets.directory-password", provider: null }), value: secretWords(directoryPassword) }];
}

function secretWords({ state }: SecretState): string {
  if (state === "not-set") return say("site-report.empty");
  return say(state === "unreadable" ? "site-report.secret-unreadable" : "site-report.secret-set");
}

function messagingBlocks(saved: MessagingView, provider: ProviderDescriptor | null): readonly ReportBlock[] {
  const facts = [{ term: changeLabel({ key: "provider", provider: null }), value: entryName(saved) }, ...(provider === null ? [] : provider.fields.map((field) => fieldFact(saved, field)))];
  const prevented = provider === null ? [] : provider.prevents.map((name) => preventsText(provider.id, name));
  return [{ kind: "facts", facts }, ...(prevented.length === 0 ? [] : [listBlock(prevented, "")])];
}

function fieldFact(saved: MessagingView, { kind, name }: ProviderDescriptor["fields"][number]): FactLine {
  const { label, option } = fieldWords(saved.provider, name);
  if (kind === "secret") return { term: label, value: secretWords(saved.secrets[name] ?? { state: "not-set" }) };
  if (kind === "certificate") return { term: label, value: certificateWords(saved.certificates[name] ?? { state: "not-set" }) };
  const value = String(saved.values[name] ?? "");
  return { term: label, value: value === "" ? say("site-report.empty") : kind === "select" ? option(value) : value };
}

function certificateWords(certificate: CertificateState): string {
  if (certificate.state === "not-set") return say("site-report.empty");
  if (certificate.state === "unreadable") return say("site-report.secret-unreadable");
  const { fileName: file, summary } = certificate;
  if (summary === null) return file;
  return say("site-report.certificate", { file, subject: summary.subject, date: formatDate(summary.notAfter), thumbprint: summary.thumbprintSha1.toUpperCase() });
}

function testFact({ tested }: MessagingView, provider: ProviderDescriptor | null): FactLine {
  const term = say("site-report.configuration");
  if (provider?.testable === false) return { term, value: say("site-report.untestable") };
  return { term, value: tested.state === "untested" ? say("site-report.untested") : say(`site-report.tested-${tested.state}`, { at: formatDateTime(tested.at) }) };
}

function dateBlock({ expiries }: ReportSource): ReportBlock {
  if (expiries.length === 0) return textBlock(say("site-report.no-dates"));
  const rows = expiries.toSorted((one, other) => one.at - other.at).map(({ kind, subject, at }) => [say(`expiry.kind-${kind}`), expirySubject(kind, subject), formatDate(at)]);
  return { kind: "table", headings: [say("site-report.kind"), say("expiry.column-subject"), say("expiry.column-date")], rows };
}
