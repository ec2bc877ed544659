/** Hides a provider's configuration type behind its own schema, so that callers never cast. */
import { z } from "zod";
import { fail, succeed, type Issue } from "../../shared/fault.ts";
import type { AnyProvider, MessagingProvider } from "./provider.ts";

const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** Turns zod's issues into the fault's: the provider's schemas use codes as messages. */
export function toIssues(error: z.ZodError): Issue[] {
  return error.issues.map((issue) => ({
    path: issue.path.map((part) => (typeof part === "symbol" ? String(part) : part)),
    code: issue.message,
    // A schema's own refusals carry the facts of their sentence as `params`.
    ...(issue.code === "custom" && issue.params !== undefined ? { facts: factsSchema.parse(issue.params) } : {}),
  }));
}

/** A provider for the array in index.ts. */
export function bind<Configuration>(provider: MessagingProvider<Configuration>): AnyProvider {
  return {
    id: provider.id,
    descriptor: provider.descriptor,
    defaults: (connection) => provider.defaults(connection),
    destination: (values, connection) => provider.destination?.(values, connection) ?? null,
    decode: (variant, values) => {
      const decoded = provider.schema.safeParse({ ...values, variant });
      if (!decoded.success) return fail({ kind: "invalid", issues: toIssues(decoded.error) });
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
