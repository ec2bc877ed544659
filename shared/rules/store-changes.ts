/** Differences between two states of an identity store besides its messaging configuration. */
import type { Change } from "../model/draft.ts";
import type { StoreConnection, Trust } from "../model/identity-store.ts";
import type { NotificationSettings } from "../model/notification-mail.ts";
import { change, secretChange } from "./change.ts";

/** What is compared: the name, the connection, how notices are mailed, and which passwords are sealed. */
export interface ComparedStore {
  readonly name: string;
  readonly connection: StoreConnection;
  readonly directoryPassword: { readonly id: string } | null;
  readonly notifications?: { readonly settings: NotificationSettings; readonly password: { readonly id: string } | null } | undefined;
}

/** `system`, `authority-file` with the file's name, or `pinned` with the fingerprint. */
function trustValue(trust: Trust): string {
  if (trust.mode === "system") return trust.mode;
  return `${trust.mode} ${trust.mode === "authority-file" ? trust.name : trust.sha256}`;
}

/** Another file of the same name: its name before and after says that it is another one. */
function otherFile(before: StoreConnection | null, after: StoreConnection): Change[] {
  const [old, next] = [before, after].map((connection) => (connection?.kind === "active-directory" && connection.trust.mode === "authority-file" ? connection.trust : null));
  if (old == null || next == null || old.name !== next.name || old.pem === next.pem) return [];
  return [{ key: "connection.trust", provider: null, before: trustValue(old), after: trustValue(next), secret: false }];
}

function facts(connection: StoreConnection): Readonly<Record<string, string | null>> {
  const { kind } = connection;
  if (kind === "entra-id") return { kind, cloud: connection.cloud, tenant: connection.tenant };
  return {
    kind,
    domain: connection.domain.toLowerCase(),
    domainControllers: connection.domainControllers.join(", ") || null,
    dnsServer: connection.dnsServer,
    username: connection.username || null,
    security: connection.security,
    trust: trustValue(connection.trust),
  };
}

function mailFacts(settings: NotificationSettings | undefined): Readonly<Record<string, string | null>> {
  if (settings === undefined) return {};
  const { host, port, security, trust, account, from, to, events } = settings;
  const happenings = Object.entries(events).map(([name, value]) => [`events.${name}`, String(value)] as const);
  return { host, port: String(port), security, trust: security === "none" ? null : trustValue(trust), username: account?.username ?? null, from, to: to.join(", ") || null, ...Object.fromEntries(happenings) };
}

function notificationChanges(before: ComparedStore | null, after: ComparedStore): Change[] {
  const [old, next] = [mailFacts(before?.notifications?.settings), mailFacts(after.notifications?.settings)];
  return [
    ...Object.keys({ ...old, ...next }).flatMap((key) => change(`notifications.${key}`, old[key] ?? null, next[key] ?? null)),
    ...secretChange("secrets.notification-password", before?.notifications?.password?.id ?? null, after.notifications?.password?.id ?? null),
  ];
}

/** What changes between two states; `before` is null for a new store. */
export function storeChanges(before: ComparedStore | null, after: ComparedStore): Change[] {
  const old = before === null ? {} : facts(before.connection);
  const next = facts(after.connection);
  return [
    ...change("name", before?.name ?? null, after.name),
    ...Object.keys({ ...old, ...next }).flatMap((key) => change(`connection.${key}`, old[key] ?? null, next[key] ?? null)),
    ...otherFile(before?.connection ?? null, after.connection),
    ...secretChange("secrets.directory-password", before?.directoryPassword?.id ?? null, after.directoryPassword?.id ?? null),
    ...notificationChanges(before, after),
  ];
}
