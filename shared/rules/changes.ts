/** Differences between two configurations, as keys and values. Secrets show that they changed, never what they are. */
import type { Change } from "../model/draft.ts";
import type { FieldDescriptor, FieldValue, MessagingConfiguration } from "../model/messaging.ts";
import { choiceValue } from "./choice-value.ts";
import { change, secretChange } from "./change.ts";
import { serverChanges } from "./server-changes.ts";

/** A configuration with its secrets by reference: equal references are equal secrets. */
export interface ComparedConfiguration {
  readonly configuration: MessagingConfiguration;
  readonly secrets: Readonly<Record<string, { readonly id: string }>>;
  readonly certificates: Readonly<Record<string, { readonly secret: { readonly id: string }; readonly fileName: string; readonly identity: string | null }>>;
}

/** Whether two values of a field mean the same. Absent, null and the empty text are all "nothing". */
function sameValue(field: FieldDescriptor, a: string | null, b: string | null): boolean {
  return field.kind === "text" && field.format === "dns-name" ? a?.toLowerCase() === b?.toLowerCase() : a === b;
}

/** A value as it is compared and shown; null for nothing. */
export function valueText(value: FieldValue | undefined): string | null {
  if (value === undefined || value === null || value === "") return null;
  return String(value);
}

function fieldChanges(field: FieldDescriptor, before: ComparedConfiguration | null, after: ComparedConfiguration): Change[] {
  const { name } = field;
  const { provider } = after.configuration;
  if (field.kind === "secret") {
    return secretChange(`secrets.${name}`, before?.secrets[name]?.id ?? null, after.secrets[name]?.id ?? null, provider);
  }
  if (field.kind === "certificate") {
    const old = before?.certificates[name] ?? null;
    const next = after.certificates[name] ?? null;
    if (old?.secret.id === next?.secret.id) return change(`certificates.${name}.identity`, old?.identity ?? null, next?.identity ?? null, provider);
    return [{ key: `certificates.${name}`, provider, before: old?.fileName ?? null, after: next?.fileName ?? null, secret: false }];
  }
  const old = valueText(before?.configuration.values[name]);
  const next = valueText(after.configuration.values[name]);
  return sameValue(field, old, next) ? [] : change(`values.${name}`, old, next, provider);
}

/**
 * What changes when `after` takes the place of `before`; `fields` are those of the provider of `after`. When the provider
 * is another one, its fields all count as new and those of the old one are not listed one by one.
 */
export function configurationChanges(
  before: ComparedConfiguration | null,
  after: ComparedConfiguration,
  fields: readonly FieldDescriptor[],
): Change[] {
  const { provider, servers } = after.configuration;
  const old = before?.configuration ?? null;
  const same = old?.provider === provider ? before : null;
  return [
    ...change("provider", old === null ? null : choiceValue(old), choiceValue(after.configuration)),
    ...fields.flatMap((field) => fieldChanges(field, same, after)),
    ...serverChanges(provider, same?.configuration.servers ?? [], servers),
  ];
}
