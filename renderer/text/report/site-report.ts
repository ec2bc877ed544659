/** The report of an identity store, part by part. */
import type { StoreConnection } from "../../../shared/model/identity-store.ts";
import type { CertificateState, MessagingView, ProviderDescriptor } from "../../../shared/model/messaging.ts";
import type { SecretState } from "../../../shared/model/secret.ts";
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
      section("store", { kind: "facts", facts: [...connectionFacts(store.connection), ...passwordFact(source)] }),
      section("messaging", ...(saved === null ? [textBlock(say("site-report.no-provider"))] : messagingBlocks(saved, provider))),
      ...(saved === null ? [] : [section("servers", ...serverBlocks(source)), section("tests", { kind: "facts", facts: [testFact(saved, provider)] })]),
      section("dates", dateBlock(source)),
      ...(saved === null ? [] : [section("rights", listBlock(rights, say("site-report.no-rights")))]),
      section("open", listBlock(openPoints(source), say("site-report.no-open"))),
    ],
  };
}

const fact = (name: "kind" | "domain" | "controllers" | "dns-server" | "account" | "security" | "trust" | "password" | "tenant" | "cloud" | "provider", value: string): FactLine => ({
  term: say(`site-report.${name}`),
  value: value === "" ? say("site-report.empty") : value,
});

function connectionFacts(connection: StoreConnection): readonly FactLine[] {
  const kind = fact("kind", say(`identity-stores.kind-${connection.kind}`));
  if (connection.kind === "entra-id") return [kind, fact("tenant", connection.tenant), fact("cloud", say(`identity-stores.cloud-${connection.cloud}`))];
  const { domain, domainControllers, dnsServer, username, security } = connection;
  return [
    kind,
    fact("domain", domain),
    fact("controllers", domainControllers.length === 0 ? say("site-report.controllers-found") : domainControllers.join(", ")),
    ...(dnsServer === null ? [] : [fact("dns-server", dnsServer)]),
    fact("account", username),
    fact("security", say(`identity-stores.security-${security}`)),
    fact("trust", trustWords(connection.trust)),
  ];
}

function trustWords(trust: Extract<StoreConnection, { kind: "active-directory" }>["trust"]): string {
  if (trust.mode === "system") return say("identity-stores.trust-system");
  return trust.mode === "pinned" ? say("site-report.trust-pinned", { thumbprint: trust.sha256 }) : say("site-report.trust-authority", { file: trust.name });
}

function passwordFact({ store }: ReportSource): readonly FactLine[] {
  return store.connection.kind === "active-directory" ? [fact("password", secretWords(store.directoryPassword))] : [];
}

function secretWords({ state }: SecretState): string {
  if (state === "not-set") return say("site-report.empty");
  return say(state === "unreadable" ? "site-report.secret-unreadable" : "site-report.secret-set");
}

function messagingBlocks(saved: MessagingView, provider: ProviderDescriptor | null): readonly ReportBlock[] {
  const facts = [fact("provider", entryName(saved)), ...(provider === null ? [] : provider.fields.map((field) => fieldFact(saved, field)))];
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
