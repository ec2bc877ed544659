/** The document of an identity store, as it is read back and written again. */
import type { SealedMessaging, StoreDocument } from "../store/types.ts";
import { storeConnectionSchema } from "../../shared/model/identity-store.ts";
import type { AnyProvider } from "../providers/provider.ts";
import { DIRECTORY_SECRET, messagingSecret, STORED, type NewDocument, type WrittenCertificate, type WrittenMessaging } from "../../shared/model/written-document.ts";
import { findProvider, knownValues } from "./forms.ts";

/** Secrets and certificates are said to be set, and no more. */
export function writeDocument(providers: readonly AnyProvider[], document: StoreDocument): NewDocument {
  const { name, connection, directoryPassword, messaging } = document;
  const secrets = [...(directoryPassword === null ? [] : [DIRECTORY_SECRET]), ...Object.keys(messaging?.secrets ?? {}).map(messagingSecret)];
  return {
    name,
    // A newer build may have put more into it than this one takes.
    connection: storeConnectionSchema.parse(connection),
    ...(secrets.length === 0 ? {} : { secrets: stored(secrets) }),
    ...(messaging === null ? {} : { messaging: writeMessaging(findProvider(providers, messaging.configuration.provider), messaging) }),
  };
}

function writeMessaging(provider: AnyProvider | null, { configuration, certificates }: SealedMessaging): WrittenMessaging {
  const { provider: id, variant, values, servers } = configuration;
  const files = Object.keys(certificates).toSorted().map((field) => [field, writtenCertificate(certificates[field]?.identity ?? null)] as const);
  return {
    provider: id,
    variant,
    values: provider === null ? values : knownValues(provider, values),
    ...(provider?.descriptor.servers === "none" ? {} : { servers: inOrder(servers) }),
    ...(files.length === 0 ? {} : { certificates: Object.fromEntries(files) }),
  };
}

/** By priority, then by name: the order in the document means nothing, and is the same whatever was listed first. */
function inOrder(servers: SealedMessaging["configuration"]["servers"]) {
  return servers
    .map(({ name, priority }) => ({ name, priority }))
    .toSorted((one, other) => (one.priority ?? Infinity) - (other.priority ?? Infinity) || (one.name < other.name ? -1 : 1));
}

function writtenCertificate(identity: string | null): WrittenCertificate {
  return identity === null ? STORED : { file: STORED, thumbprint: identity };
}

function stored(names: readonly string[]): Record<string, typeof STORED> {
  return Object.fromEntries(names.toSorted().map((name) => [name, STORED] as const));
}
