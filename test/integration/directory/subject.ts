/** What the directory's conformance test asks of a directory: Samba, or the practice organisation's own. */
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import { createDirectoryGateway } from "../../../main/directory/index.ts";
import type { NameResolver } from "../../../main/ports.ts";
import type { ProviderContext } from "../../../main/providers/provider.ts";
import { exchange } from "../../../main/providers/exchange/index.ts";
import type { Variant } from "../../../main/providers/exchange/version.ts";
import { succeed, type Result } from "../../../shared/fault.ts";
import type { ActiveDirectoryConnection } from "../../../shared/model/identity-store.ts";
import type { RungResult, ServerListing } from "../../../shared/model/mail-server.ts";
import type { Progress } from "../../../shared/contract/progress.ts";
import { silentLogger } from "../../lab/loggers.ts";

export interface Account {
  /** `name@domain`. */
  readonly username: string;
  readonly password: string;
}

export interface Site {
  readonly domain: string;
  readonly resolver: NameResolver;
  readonly dnsServer: string | null;
}

export interface Subject extends Site {
  readonly netbios: string;
  /** The controller's full name. */
  readonly controller: string;
  readonly authorityPem: string;
  /** Where another program reaches it. */
  readonly urls: { readonly ldap: string; readonly ldaps: string };
  /** Whether it refuses to take a password over a connection without TLS. */
  readonly hardened: boolean;
  readonly accounts: {
    readonly mail: Account;
    readonly mailDn: string;
    readonly unprivileged: Account;
    readonly passwordExpired: Account;
    readonly disabled: Account;
    readonly mustChange: Account;
    readonly locked: Account;
    readonly expired: Account;
  };
  /** A domain of the same account and authority, but without an Exchange organisation. */
  withoutExchange(): Promise<Site & { readonly dispose: () => Promise<void> }>;
  dispose(): Promise<void>;
}

export { systemClock };


/** A store's connection to the subject; the authority is trusted through a file. */
export function connectionTo(site: Site, authorityPem: string, changes: Partial<ActiveDirectoryConnection> = {}): ActiveDirectoryConnection {
  return {
    kind: "active-directory",
    domain: site.domain,
    domainControllers: [],
    dnsServer: site.dnsServer,
    username: "",
    security: "ldaps",
    trust: { mode: "authority-file", name: "authority.pem", pem: authorityPem },
    ...changes,
  };
}

/** Opens the directory and keeps the rungs. */
export async function open(site: Site, connection: ActiveDirectoryConnection, account: Account, signal = new AbortController().signal) {
  const rungs: RungResult[] = [];
  const gateway = createDirectoryGateway(connection, { resolver: site.resolver, clock: systemClock, logger: silentLogger });
  const opened = await gateway.open({ domain: site.domain, ...account, signal, onRung: (rung) => rungs.push(rung) });
  return { opened, rungs };
}

/** What a provider is given, with the account's password as its secret. */
export function contextFor(site: Site, connection: ActiveDirectoryConnection, password: string, signal = new AbortController().signal) {
  const events: Progress[] = [];
  const deps = { resolver: site.resolver, clock: systemClock, logger: silentLogger };
  const context: ProviderContext = {
    ...deps,
    signal,
    progress: (event) => events.push(event),
    secrets: { isSet: () => false, text: (field) => Promise.resolve(succeed(field === "password" ? password : null)), certificate: () => Promise.resolve(succeed(null)) },
    connection,
    proxy: () => succeed(null),
    memory: new Map(),
    asked: false,
    directory: createDirectoryGateway(connection, deps),
    remoting: null,
  };
  return { context, events };
}

/** Sync Again as the product does it. */
export async function listExchange(site: Site, authorityPem: string, account: Account, variant: Variant): Promise<Result<ServerListing>> {
  const { context } = contextFor(site, connectionTo(site, authorityPem), account.password);
  if (exchange.discovery === null) throw new Error("Exchange lists servers");
  return exchange.discovery.list({ variant, domain: site.domain, username: account.username, authentication: "kerberos" }, context);
}
