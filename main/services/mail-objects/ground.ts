/** What is saved of an identity store, ready for mail objects: its provider with its configuration, its directory, its servers. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { StoreConnection } from "../../../shared/model/identity-store.ts";
import type { MailPlan } from "../../../shared/model/mail-plan.ts";
import type { ServerStatus } from "../../../shared/model/mail-server.ts";
import { failoverPlan, type FailoverPlan } from "../../../shared/rules/failover.ts";
import type { DirectoryObjects } from "../../directory/types.ts";
import type { AnyProvider, BoundProvisioning, ProviderContext } from "../../providers/provider.ts";
import type { SealedMessaging, StoredIdentityStore } from "../../store/types.ts";
import { bindForm, providerContext } from "../forms.ts";
import { gone, type Foundation, type WorkOptions } from "../rooms.ts";
import { DIRECTORY_PASSWORD, openText } from "../secrets.ts";

export interface Ground {
  readonly stored: StoredIdentityStore;
  readonly connection: StoreConnection;
  readonly messaging: SealedMessaging;
  readonly provider: AnyProvider;
  readonly provisioning: BoundProvisioning;
}

/**
 * Work is done with what is saved: nobody's half-typed account signs in for it. Fails with `not-found`, and with `unsupported`:
 * `nothing-saved`, `no-mail-system` where the provider makes no mail objects.
 */
export function groundOf({ store, providers }: Pick<Foundation, "store" | "providers">, storeId: string): Result<Ground> {
  const stored = store.identityStores.get(storeId);
  if (stored === null) return fail(gone("identity-store"));
  const { connection, messaging } = stored.document;
  if (messaging === null) return fail({ kind: "unsupported", why: "nothing-saved" });
  const bound = bindForm(providers, messaging);
  if (!bound.ok) return bound;
  const { provisioning } = bound.value.bound;
  if (provisioning === null) return fail({ kind: "unsupported", why: "no-mail-system" });
  // Objects of a store with an Active Directory are made there, also where the provider could make them in a tenant of its own.
  const made = connection.kind === "active-directory" ? { ...provisioning, openObjects: null } : provisioning;
  return succeed({ stored, connection, messaging, provider: bound.value.provider, provisioning: made });
}

/** How the servers of a store are, by their newest checks. */
export type StatusesOf = (storeId: string) => readonly Pick<ServerStatus, "name" | "health" | "lastCheck">[];

export interface AskedServers extends FailoverPlan {
  readonly denied: MailPlan["denied"];
}

/** In which order the ticked servers are asked, by their newest health, and which of them refuse the account. */
export function serversOf({ stored, messaging, provisioning }: Ground, statusesOf: StatusesOf): AskedServers {
  if (provisioning.via !== "servers") return { order: [], last: [], denied: [] };
  const statuses = statusesOf(stored.id);
  const plan = failoverPlan(messaging.configuration.servers, new Map(statuses.map(({ name, health }) => [name, health])));
  const asked = new Set([...plan.order, ...plan.last.map(({ name }) => name)]);
  return { ...plan, denied: statuses.flatMap(({ name, lastCheck }) => (asked.has(name) ? denialIn(name, lastCheck) : [])) };
}

/** What the rungs of the account say, where they were climbed. */
function denialIn(server: string, check: ServerStatus["lastCheck"]): MailPlan["denied"] {
  const failed = check?.rungs.find(({ rung, outcome }) => (rung === "sign-in" || rung === "role") && outcome.state === "failed");
  if (failed?.outcome.state !== "failed") return [];
  const { fault } = failed.outcome;
  return fault.kind === "sign-in" || fault.kind === "forbidden" || fault.kind === "object-refused" ? [{ server, fault }] : [];
}

/** Fails with `unsupported: prepare-only`. */
export function contextOf(foundation: Foundation, { stored, provider, messaging, connection }: Ground, options: WorkOptions): Result<ProviderContext> {
  return providerContext(foundation, { storeId: stored.id, connection, provider, form: messaging }, options);
}

/**
 * Signs in to the directory with the store's own account; `controller` is the one that earlier steps went to. Fails with `not-found:
 * directory-account` where the store has none, and as signing in does.
 */
export async function openDirectory(foundation: Foundation, ground: Ground, controller: string | null, options: WorkOptions): Promise<Result<DirectoryObjects>> {
  const { stored, connection, provisioning } = ground;
  if (provisioning.openObjects !== null) {
    const context = contextOf(foundation, ground, options);
    return context.ok ? provisioning.openObjects(context.value) : context;
  }
  if (connection.kind !== "active-directory") return fail({ kind: "unsupported", why: "needs-active-directory" });
  const password = openText(foundation.store.vault, DIRECTORY_PASSWORD, stored.document.directoryPassword);
  if (!password.ok) return password;
  if (password.value === null || password.value === "" || connection.username === "") return fail({ kind: "not-found", what: "directory-account" });
  const reach = foundation.reach.of(stored.id);
  if (!reach.ok) return reach;
  const { resolver } = reach.value;
  const { clock, logger } = foundation.ports;
  const signal = AbortSignal.any([options.signal, reach.value.signal]);
  const account = { username: connection.username, password: password.value, signal, ...(controller === null ? {} : { controller }) };
  return foundation.directory.openObjects(connection, account, { resolver, clock, logger });
}
