/** Identity stores on their way into a bundle: with their secrets, or told what they lack. */
import type { HandedStore } from "../../../shared/contract/handover.ts";
import type { BundledStore } from "../../../shared/model/bundle.ts";
import { DIRECTORY_SECRET, messagingSecret } from "../../../shared/model/written-document.ts";
import type { SecretReference, StoredIdentityStore, Vault } from "../../store/types.ts";
import { DIRECTORY_PASSWORD, purposeOf } from "../secrets.ts";

interface NamedSecret {
  /** As documents name it. */
  readonly name: string;
  readonly purpose: string;
  readonly reference: SecretReference;
}

function secretsOf({ document: { directoryPassword, messaging } }: StoredIdentityStore): readonly NamedSecret[] {
  const own = directoryPassword === null ? [] : [{ name: DIRECTORY_SECRET, purpose: DIRECTORY_PASSWORD, reference: directoryPassword }];
  const ofMessaging = (field: string, reference: SecretReference) => ({ name: messagingSecret(field), purpose: purposeOf(messaging?.configuration.provider ?? "", field), reference });
  return [...own, ...Object.entries(messaging?.secrets ?? {}).map(([field, reference]) => ofMessaging(field, reference))];
}

function certificatesOf({ document: { messaging } }: StoredIdentityStore): readonly NamedSecret[] {
  return Object.entries(messaging?.certificates ?? {}).map(([field, { secret }]) => ({ name: messagingSecret(field), purpose: purposeOf(messaging?.configuration.provider ?? "", field), reference: secret }));
}

/** What would go into a bundle. */
export function describeStore(vault: Vault, stored: StoredIdentityStore, hasDraft: boolean): HandedStore {
  const { id, document } = stored;
  const named = [...secretsOf(stored), ...certificatesOf(stored)];
  return {
    id,
    name: document.name,
    kind: document.connection.kind,
    messaging: document.messaging === null ? null : { provider: document.messaging.configuration.provider, variant: document.messaging.configuration.variant },
    servers: document.messaging?.configuration.servers.length ?? 0,
    secrets: named.map(({ name }) => name),
    unreadable: named.filter(({ purpose, reference }) => !vault.open(purpose, reference).ok).map(({ name }) => name),
    hasDraft,
  };
}

/** A store as a bundle has it. Without `withSecrets`, and where one does not open, the place of a secret is empty. */
export function carryStore(vault: Vault, stored: StoredIdentityStore, withSecrets: boolean): BundledStore {
  const { id, document } = stored;
  const { name, connection, messaging } = document;
  const open = ({ purpose, reference }: NamedSecret) => {
    const opened = withSecrets ? vault.open(purpose, reference) : null;
    return opened?.ok === true ? Buffer.from(opened.value) : null;
  };
  const files = new Map(certificatesOf(stored).map((certificate) => [certificate.name, open(certificate)]));
  return {
    id,
    name,
    connection,
    messaging: messaging?.configuration ?? null,
    secrets: Object.fromEntries(secretsOf(stored).map((secret) => [secret.name, open(secret)?.toString("utf8") ?? null])),
    certificates: Object.fromEntries(
      Object.entries(messaging?.certificates ?? {}).map(([field, { fileName, identity }]) => [field, { fileName, identity, base64: files.get(messagingSecret(field))?.toString("base64") ?? null }]),
    ),
  };
}

/** The secrets and certificates that a bundled store had and does not bring. */
export function leftOut({ secrets, certificates }: BundledStore): string[] {
  return [
    ...Object.entries(secrets).flatMap(([name, text]) => (text === null ? [name] : [])),
    ...Object.entries(certificates).flatMap(([field, { base64 }]) => (base64 === null ? [messagingSecret(field)] : [])),
  ];
}
