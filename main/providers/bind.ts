/** Hides a provider's configuration type behind its own schema, so that callers never cast. */
import { fail, succeed } from "../../shared/fault.ts";
import { issuesOf } from "../../shared/issues.ts";
import type { AnyProvider, MessagingProvider } from "./provider.ts";

/** A provider for the array in index.ts. */
export function bind<Configuration>(provider: MessagingProvider<Configuration>): AnyProvider {
  return {
    id: provider.id,
    descriptor: provider.descriptor,
    defaults: (connection) => provider.defaults(connection),
    destination: (values, connection) => provider.destination?.(values, connection) ?? null,
    decode: (variant, values) => {
      const decoded = provider.schema.safeParse({ ...values, variant });
      if (!decoded.success) return fail({ kind: "invalid", issues: issuesOf(decoded.error, "message") });
      const configuration = decoded.data;
      const { discovery, health, test } = provider;
      return succeed({
        list: discovery === null ? null : (context) => discovery.list(configuration, context),
        check: health === null ? null : (server, context) => health.check(configuration, server, context),
        test: test === null ? null : (context) => test.run(configuration, context),
        expiries: () => provider.expiries(configuration),
      });
    },
  };
}
