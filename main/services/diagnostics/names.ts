/** Whatever names a customer in what the console keeps: stores as they are, as they were and as they are being changed, the team, and who works here. */
import os from "node:os";
import type { ActivityEvent } from "../../../shared/contract/activity.ts";
import { StandIns, type Naming } from "../../diagnostics/naming.ts";
import type { Turns } from "../../diagnostics/turns.ts";
import type { StoreConnection } from "../../../shared/model/identity-store.ts";
import type { CertificateSummary } from "../../../shared/model/certificate.ts";
import type { FieldDescriptor, FieldValue } from "../../../shared/model/messaging.ts";
import type { NotificationSettings } from "../../../shared/model/notification-mail.ts";
import type { JournalEntry } from "../../../shared/model/mail-object.ts";
import type { CertificateReference, SealedMessaging, StoreDocument } from "../../store/types.ts";
import { findProvider } from "../forms.ts";
import type { Foundation } from "../rooms.ts";
import type { Past } from "./past.ts";

function valueKind(field: FieldDescriptor | undefined): "name" | "fact" {
  return field === undefined || field.kind === "text" || field.kind === "pattern" ? "name" : "fact";
}

/** A value of a form as it may be told. */
export function nameValue(naming: Naming, fields: readonly FieldDescriptor[], field: string, value: FieldValue): FieldValue {
  if (typeof value !== "string" || value === "") return value;
  const described = fields.find(({ name }) => name === field);
  if (valueKind(described) === "fact") return value;
  const format = described?.kind === "text" ? described.format : undefined;
  if (format === "dns-name") return naming.domain(value);
  if (format === "tenant") return nameTenant(naming, value);
  if (format === "account" || value.includes("@")) return naming.account(value);
  return naming.of(format === "guid" ? "identifier" : "value", value);
}

/** A tenant is its identifier, or one of its domains. */
export function nameTenant(naming: Naming, tenant: string): string {
  return tenant.includes(".") ? naming.domain(tenant) : naming.of("tenant", tenant);
}

function nameConnection(naming: Naming, connection: StoreConnection): void {
  if (connection.kind === "entra-id") {
    nameTenant(naming, connection.tenant);
    return;
  }
  naming.domain(connection.domain);
  for (const controller of connection.domainControllers) naming.host(controller);
  if (connection.dnsServer !== null) naming.host(connection.dnsServer);
  naming.account(connection.username);
  if (connection.trust.mode === "authority-file") naming.of("file", connection.trust.name);
  if (connection.trust.mode === "pinned") naming.of("thumbprint", connection.trust.sha256);
}

function nameSubject(naming: Naming, subject: string): void {
  naming.of("certificate", subject);
  for (const [, value = ""] of subject.matchAll(/(?:^|[,+]\s*)(?:CN|O|OU)=((?:\\.|[^,+\\])+)/gi)) naming.of("certificate", value.replaceAll(/\\(.)/g, "$1").trim());
}

function nameSummary(naming: Naming, { subject, issuer, chain, identities, serialNumber, thumbprintSha1, thumbprintSha256 }: CertificateSummary): void {
  for (const name of [subject, issuer, ...chain.flatMap((one) => [one.subject, one.issuer]), ...identities.map((one) => one.subject)]) nameSubject(naming, name);
  for (const mark of [serialNumber, thumbprintSha1, thumbprintSha256, ...identities.flatMap((one) => [one.thumbprintSha1, one.thumbprintSha256])]) naming.of("thumbprint", mark);
}

function nameCertificate(naming: Naming, { fileName, summary, identity }: CertificateReference): void {
  naming.of("file", fileName);
  if (identity !== null) naming.of("thumbprint", identity);
  if (summary !== null) nameSummary(naming, summary);
}

function nameForm({ providers }: Foundation, naming: Naming, { configuration, certificates }: SealedMessaging): void {
  const fields = findProvider(providers, configuration.provider)?.descriptor.fields ?? [];
  for (const [field, value] of Object.entries(configuration.values)) nameValue(naming, fields, field, value);
  for (const { name, site } of configuration.servers) {
    naming.host(name);
    if (site !== null) naming.of("site", site);
  }
  for (const certificate of Object.values(certificates)) nameCertificate(naming, certificate);
}

function nameMail(naming: Naming, { host, account, from, to, trust }: NotificationSettings): void {
  naming.host(host);
  for (const name of [account?.username ?? "", from, ...to]) if (name !== "") naming.account(name);
  if (trust.mode === "authority-file") naming.of("file", trust.name);
  if (trust.mode === "pinned") naming.of("thumbprint", trust.sha256);
}

function nameDocument(foundation: Foundation, naming: Naming, { name, connection, messaging, notifications, jobs = [] }: StoreDocument): void {
  naming.of("store", name);
  nameConnection(naming, connection);
  if (notifications !== undefined) nameMail(naming, notifications.settings);
  if (messaging !== null) nameForm(foundation, naming, messaging);
  for (const job of jobs) naming.of("job", job.name);
}

function nameEntry(naming: Naming, { request, object, address, by, storeName }: JournalEntry): void {
  naming.of("store", storeName);
  naming.account(by);
  for (const name of [request.name, request.alias, request.accountName]) if (name !== null && name !== "") naming.of("object", name);
  for (const name of [request.container, request.identity, object?.identity]) if (name !== null && name !== undefined && name !== "") naming.of("entry", name);
  for (const name of [address, request.address, request.externalAddress]) if (name !== null && name !== "") naming.account(name);
  if (object?.controller !== null && object !== null) naming.host(object.controller);
}

/** What these are about is a server or the computer that a probe ran on, configured or not. */
const ABOUT_HOSTS = new Set(["server-online", "server-offline", "probe-imported"]);

/** What these are about is a person's account. */
const ABOUT_ACCOUNTS = new Set(["licences-changed", "licences-not-changed", "user-blocked", "user-not-blocked", "user-deleted", "user-not-deleted"]);

function nameEvent(naming: Naming, { kind, storeName, subject }: ActivityEvent): void {
  if (storeName !== null) naming.of("store", storeName);
  if (subject !== null && subject !== "" && ABOUT_HOSTS.has(kind)) naming.host(subject);
  if (subject !== null && subject !== "" && kind.startsWith("job-")) naming.of("job", subject);
  if (subject !== null && subject !== "" && ABOUT_ACCOUNTS.has(kind)) naming.account(subject);
}

/** What the system says of who runs this; null for an account that it has no entry for, as in a container. */
function ofSystem(said: () => string): string | null {
  try {
    return said();
  } catch {
    return null;
  }
}

function nameThisComputer({ ports, data }: Foundation, naming: Naming): void {
  naming.of("folder", ports.dataDirectory);
  const [home, login] = [ofSystem(() => os.homedir()), ofSystem(() => os.userInfo().username)];
  if (home !== null) naming.of("folder", home);
  naming.of("computer", os.hostname());
  naming.account(ports.user);
  // In a team's database somebody has another name than here.
  if (login !== null) naming.of("account", login);
  const team = data.entrance.home.read();
  if (!team.ok || team.value === null) return;
  const { place } = team.value.settings;
  naming.host(place.host);
  naming.of("database", place.database);
  naming.account(place.user);
  naming.of("person", team.value.console.label);
  if (place.authority !== null) naming.of("file", place.authority.name);
}

/** Stand-ins for everything that is known to be a name. */
export async function standInsOf(foundation: Foundation, past: Past, turns: Turns): Promise<Naming> {
  const naming = new StandIns();
  const { store, ports } = foundation;
  const stores = store.identityStores.all().toSorted((one, other) => one.document.name.localeCompare(other.document.name));
  for (const { document } of stores) {
    nameDocument(foundation, naming, document);
    await turns.take();
  }
  for (const { id } of stores) {
    for (const form of Object.values(store.drafts.get(id)?.forms ?? {})) nameForm(foundation, naming, form);
    await turns.take();
  }
  for (const document of past.documents) {
    nameDocument(foundation, naming, document);
    await turns.take();
  }
  for (const who of past.people) naming.account(who);
  for (const entry of past.journal) {
    nameEntry(naming, entry);
    await turns.take();
  }
  for (const event of past.events) nameEvent(naming, event);
  for (const { server, probed } of past.probes) {
    for (const host of [server, probed.source]) naming.host(host);
    await turns.take();
  }
  const [, proxy = ""] = /^(?:https?:\/\/)?([^/]+)/.exec(ports.preferences.get().proxyAddress) ?? [];
  if (proxy !== "") naming.host(proxy);
  const state = store.team?.state();
  for (const { label } of [...(state?.members ?? []), ...(state?.requests ?? [])]) naming.of("person", label);
  nameThisComputer(foundation, naming);
  return naming;
}
