/** Hides a provider's configuration type behind its own schema, so that callers never cast. */
import { fail, succeed } from "../../shared/fault.ts";
import { issuesOf } from "../../shared/issues.ts";
import type { AnyProvider, BoundLeaving, BoundProvisioning, BoundSubscriptions, Leaving, MessagingProvider, Provisioning, Subscriptions } from "./provider.ts";

function bindProvisioning<Configuration>(provisioning: Provisioning<Configuration>, configuration: Configuration): BoundProvisioning {
  const { openObjects } = provisioning;
  return {
    via: provisioning.via,
    aliasLength: provisioning.aliasLength(configuration),
    types: (connection) => provisioning.types(configuration, connection),
    domain: (connection) => provisioning.domain(configuration, connection),
    issues: (request, connection) => provisioning.issues(configuration, request, connection),
    address: (request, connection) => provisioning.address(configuration, request, connection),
    attributes: (request, connection) => provisioning.attributes(configuration, request, connection),
    byHand: (request, connection) => provisioning.byHand(configuration, request, connection),
    commands: (request, facts) => provisioning.commands(configuration, request, facts),
    openObjects: openObjects === null ? null : (context) => openObjects(configuration, context),
    obstacle: (context) => provisioning.obstacle?.(configuration, context) ?? null,
    open: (context, objects) => provisioning.open(configuration, context, objects),
  };
}

function bindSubscriptions<Configuration>(subscriptions: Subscriptions<Configuration>, configuration: Configuration): BoundSubscriptions {
  return {
    list: (context) => subscriptions.list(configuration, context),
    holder: (user, context) => subscriptions.holder(configuration, user, context),
    change: (user, change, context) => subscriptions.change(configuration, user, change, context),
    many: {
      everyHolder: (context) => subscriptions.many.everyHolder(configuration, context),
      changeMany: (users, changes, context) => subscriptions.many.changeMany(configuration, users, changes, context),
    },
  };
}

function bindLeaving<Configuration>(leaving: Leaving<Configuration>, configuration: Configuration): BoundLeaving {
  return {
    account: (user, context) => leaving.account(configuration, user, context),
    roles: (user, context) => leaving.roles(configuration, user, context),
    block: (user, context) => leaving.block(configuration, user, context),
    remove: (user, context) => leaving.remove(configuration, user, context),
  };
}

/** A provider for the array in index.ts. */
export function bind<Configuration>(provider: MessagingProvider<Configuration>): AnyProvider {
  return {
    id: provider.id,
    descriptor: provider.descriptor,
    probing: provider.probing ?? null,
    hasSubscriptions: provider.subscriptions != null,
    defaults: (connection) => provider.defaults(connection),
    destination: (values, connection) => provider.destination?.(values, connection) ?? null,
    decode: (variant, values) => {
      const decoded = provider.schema.safeParse({ ...values, variant });
      if (!decoded.success) return fail({ kind: "invalid", issues: issuesOf(decoded.error, "message") });
      const configuration = decoded.data;
      const { discovery, health, test, provisioning, subscriptions = null, leaving = null } = provider;
      return succeed({
        list: discovery === null ? null : (context) => discovery.list(configuration, context),
        check: health === null ? null : (server, context) => health.check(configuration, server, context),
        test: test === null ? null : (context) => test.run(configuration, context),
        provisioning: provisioning === null ? null : bindProvisioning(provisioning, configuration),
        subscriptions: subscriptions === null ? null : bindSubscriptions(subscriptions, configuration),
        leaving: leaving === null ? null : bindLeaving(leaving, configuration),
        expiries: () => provider.expiries(configuration),
        managementShell: () => provider.managementShell?.(configuration) ?? null,
      });
    },
  };
}
