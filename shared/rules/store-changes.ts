/** Differences between two states of an identity store besides its messaging configuration. */
import type { Change } from "../model/draft.ts";
import type { StoreConnection, Trust } from "../model/identity-store.ts";
import { change } from "./changes.ts";

/** What is compared: the name, the connection and which password is sealed. */
export interface ComparedStore {
  readonly name: string;
  readonly connection: StoreConnection;
  readonly directoryPassword: { readonly id: string } | null;
}

function trustText(trust: Trust): string {
  if (trust.mode === "system") return "system certificates";
  return trust.mode === "authority-file" ? trust.name : trust.sha256;
}

function facts(connection: StoreConnection): Readonly<Record<string, readonly [label: string, value: string | null]>> {
  if (connection.kind === "entra-id") {
    return { kind: ["Kind", "Microsoft Entra ID"], cloud: ["Cloud", connection.cloud], tenant: ["Tenant", connection.tenant] };
  }
  return {
    kind: ["Kind", "Active Directory"],
    domain: ["Domain", connection.domain.toLowerCase()],
    domainControllers: ["Domain controllers", connection.domainControllers.join(", ") || null],
    dnsServer: ["DNS server", connection.dnsServer],
    username: ["Username", connection.username || null],
    security: ["Security", connection.security],
    trust: ["Trusted certificates", trustText(connection.trust)],
  };
}

/** What changes between two states; `before` is null for a new store. */
export function storeChanges(before: ComparedStore | null, after: ComparedStore): Change[] {
  const old = before === null ? {} : facts(before.connection);
  const next = facts(after.connection);
  const passwords = [before?.directoryPassword?.id ?? null, after.directoryPassword?.id ?? null] as const;
  const word = passwords[1] === null ? "cleared" : passwords[0] === null ? "set" : "changed";
  const labels = { ...old, ...next };
  return [
    ...change("name", "Name", before?.name ?? null, after.name),
    ...Object.keys(labels).flatMap((key) =>
      change(`connection.${key}`, labels[key]?.[0] ?? key, old[key]?.[1] ?? null, next[key]?.[1] ?? null),
    ),
    ...(passwords[0] === passwords[1]
      ? []
      : [{ key: "secrets.directory-password", label: "Password", before: null, after: word, secret: true }]),
  ];
}
