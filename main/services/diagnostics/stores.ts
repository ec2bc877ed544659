/** Identity stores as support may see them: what is configured and which secrets are there, not what they are. */
import type { ActivityEvent } from "../../../shared/contract/activity.ts";
import type { CertificateState, MessagingView, Tested } from "../../../shared/model/messaging.ts";
import type { StoreConnection } from "../../../shared/model/identity-store.ts";
import type { ServerStatus } from "../../../shared/model/mail-server.ts";
import type { SealedMessaging, StoredIdentityStore } from "../../store/types.ts";
import { findProvider } from "../forms.ts";
import type { Foundation } from "../rooms.ts";
import { messagingView, storeDetail } from "../views.ts";
import { iso } from "./facts.ts";
import { nameTenant, nameValue } from "./names.ts";
import type { Telling } from "./telling.ts";

function connectionFacts({ naming }: Telling, connection: StoreConnection): unknown {
  if (connection.kind === "entra-id") return { cloud: connection.cloud, tenant: nameTenant(naming, connection.tenant) };
  const { domain, domainControllers, dnsServer, username, security, trust } = connection;
  return { domain: naming.domain(domain), domainControllers: domainControllers.map((name) => naming.host(name)), dnsServer: dnsServer === null ? null : naming.host(dnsServer), account: naming.account(username), security, trust: trust.mode };
}

function certificateFacts(certificate: CertificateState): unknown {
  if (certificate.state === "not-set" || certificate.state === "unreadable" || certificate.summary === null) return { state: certificate.state };
  const { notBefore, notAfter, keyType, hasPrivateKey, cipherNames, mac, integrity, verdicts } = certificate.summary;
  return { state: certificate.state, notBefore: iso(notBefore), notAfter: iso(notAfter), keyType, hasPrivateKey, cipherNames, mac, integrity, verdicts, fault: certificate.fault?.kind ?? null };
}

function formFacts(foundation: Foundation, { naming }: Telling, view: MessagingView): unknown {
  const fields = findProvider(foundation.providers, view.provider)?.descriptor.fields ?? [];
  return {
    provider: view.provider,
    variant: view.variant,
    values: Object.fromEntries(Object.entries(view.values).map(([field, value]) => [field, nameValue(naming, fields, field, value)])),
    secrets: Object.fromEntries(Object.entries(view.secrets).map(([field, { state }]) => [field, state])),
    certificates: Object.fromEntries(Object.entries(view.certificates).map(([field, state]) => [field, certificateFacts(state)])),
    servers: view.servers.map(({ name, site, ...server }) => ({ name: naming.host(name), ...server, site: site === null ? null : naming.of("site", site) })),
    syncedAt: iso(view.syncedAt),
    notShown: view.notShown,
    complete: view.complete,
    tested: view.tested,
  };
}

function draftFacts(foundation: Foundation, telling: Telling, { id, document }: StoredIdentityStore): unknown {
  const draft = foundation.store.drafts.get(id);
  if (draft === null) return null;
  const facts = (form: SealedMessaging, tested: Tested) => formFacts(foundation, telling, messagingView(foundation, form, document.messaging, tested));
  const forms = Object.entries(draft.forms).map(([provider, form]) => [provider, facts(form, provider === draft.choice.provider ? draft.tested : { state: "untested" })]);
  return { choice: draft.choice, baseRevision: draft.baseRevision, updatedAt: iso(draft.updatedAt), forms: Object.fromEntries(forms) };
}

export function storeFacts(foundation: Foundation, telling: Telling, stored: StoredIdentityStore): unknown {
  const { id, revision, document, tested, createdAt, updatedAt } = stored;
  const { messaging, connection, name } = document;
  return {
    id: telling.text(id),
    name: telling.naming.of("store", name),
    kind: connection.kind,
    revision,
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
    connection: connectionFacts(telling, connection),
    directoryPassword: storeDetail(foundation, stored).directoryPassword.state,
    messaging: messaging === null ? null : formFacts(foundation, telling, messagingView(foundation, messaging, messaging, tested)),
    draft: draftFacts(foundation, telling, stored),
  };
}

/** What is known of a store's servers: how they are, were at their last checks, and in detail at the last one. */
export function statusFacts(telling: Telling, { id, document }: StoredIdentityStore, statuses: readonly ServerStatus[]): unknown {
  return { store: telling.naming.of("store", document.name), id: telling.text(id), servers: statuses.map(({ name, ...status }) => ({ name: telling.naming.host(name), status: telling.data(status) })) };
}

/** Events by kind and time; what they were about as it may be told. */
export function eventFacts(telling: Telling, { at, kind, storeName, subject, detail }: ActivityEvent): unknown {
  const about = subject === null ? null : telling.naming.isName(subject) ? telling.naming.of("value", subject) : telling.text(subject);
  return { at: iso(at), kind, store: storeName === null ? null : telling.naming.of("store", storeName), subject: about, detail: detail === null ? null : telling.text(detail) };
}
