/** Configurations to compare, and the comparison as the services make it. */
import * as fc from "fast-check";
import type { FieldDescriptor, MessagingConfiguration } from "../../../../shared/model/messaging.ts";
import type { ServerEntry } from "../../../../shared/model/mail-server.ts";
import { configurationChanges, type ComparedConfiguration } from "../../../../shared/rules/changes.ts";
import { bothWays } from "../../../../shared/rules/comparing.ts";
import { rankedEntries } from "./arbitraries.ts";

const fields = {
  toy: [
    { kind: "text", name: "domain", format: "dns-name", required: true, maxLength: 255 },
    { kind: "text", name: "username", required: true, maxLength: 255 },
    { kind: "secret", name: "password", required: true, maxLength: 1024 },
    { kind: "certificate", name: "file", required: false, extensions: ["pfx"], passwordField: null },
  ],
  other: [{ kind: "text", name: "domain", required: true, maxLength: 255 }],
} as const satisfies Record<string, readonly FieldDescriptor[]>;
export type ProviderId = keyof typeof fields;

interface Given extends Partial<Pick<MessagingConfiguration, "values">> {
  readonly provider?: ProviderId;
  readonly servers?: ServerEntry[];
  readonly secrets?: ComparedConfiguration["secrets"];
  readonly certificates?: ComparedConfiguration["certificates"];
}

export type Compared = ComparedConfiguration & { readonly provider: ProviderId };

export function storeOf({ provider = "toy", values = {}, servers = [], secrets = {}, certificates = {} }: Given): Compared {
  return { provider, configuration: { provider, variant: null, values, servers, syncedAt: null, notShown: [], complete: true }, secrets, certificates };
}

const text = fc.constantFrom("", "contoso.lab", "CONTOSO.lab", "fabrikam.lab");
const id = fc.constantFrom("1", "2");
export const stores = fc
  .record({
    provider: fc.constantFrom("toy" as const, "other" as const),
    values: fc.record({ domain: text, username: text }, { requiredKeys: [] }),
    servers: rankedEntries,
    secrets: fc.record({ password: fc.record({ id }) }, { requiredKeys: [] }),
    certificates: fc.record({ file: fc.record({ secret: fc.record({ id }), fileName: fc.constant("a.pfx"), identity: fc.option(fc.constant("thumb")) }) }, { requiredKeys: [] }),
  })
  .map(({ secrets, certificates, ...given }) => storeOf({ ...given, secrets: { ...secrets }, certificates: { ...certificates } }));

export function differences(left: Compared, right: Compared) {
  const changes = (from: Compared, to: Compared) => configurationChanges(from, to, fields[to.provider]);
  return bothWays(changes(left, right), changes(right, left));
}
