/** Differences between two configurations, ready for a person. Secrets show that they changed, never what they are. */
import type { Change } from "../model/draft.ts";
import type { FieldDescriptor, FieldValue, MessagingConfiguration } from "../model/messaging.ts";
import { serverChanges } from "./server-changes.ts";

/** A configuration with its secrets by reference: equal references are equal secrets. */
export interface ComparedConfiguration {
  readonly configuration: MessagingConfiguration;
  readonly secrets: Readonly<Record<string, { readonly id: string }>>;
  readonly certificates: Readonly<Record<string, { readonly secret: { readonly id: string }; readonly fileName: string }>>;
}

/** Names for what is compared, taken from the provider's descriptor. */
export interface ConfigurationNames {
  /** What the drop-down calls a choice. */
  entry(provider: string, variant: string | null): string;
  /** Fields of a provider in the order of its form. */
  fields(provider: string): readonly FieldDescriptor[];
}

/** Names of fields that hold a DNS name: compared without regard to case. */
export function holdsDomain(field: string): boolean {
  return field === "domain" || field.endsWith("Domain");
}

/** Whether two values of a field mean the same. Absent, null and the empty text are all "nothing". */
export function sameValue(field: string, a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  const left = shown(a);
  const right = shown(b);
  return holdsDomain(field) ? left?.toLowerCase() === right?.toLowerCase() : left === right;
}

function shown(value: FieldValue | undefined): string | null {
  if (value === undefined || value === null || value === "") return null;
  return String(value);
}

/** A change, or none when both sides are the same. */
export function change(key: string, label: string, before: string | null, after: string | null): Change[] {
  return before === after ? [] : [{ key, label, before, after, secret: false }];
}

function labelOf(field: FieldDescriptor, value: FieldValue | undefined): string | null {
  const text = shown(value);
  if (field.kind !== "select") return text;
  return field.options.find((option) => option.value === text)?.label ?? text;
}

function fieldChanges(field: FieldDescriptor, before: ComparedConfiguration | null, after: ComparedConfiguration): Change[] {
  if (field.kind === "secret") {
    const old = before?.secrets[field.name]?.id ?? null;
    const next = after.secrets[field.name]?.id ?? null;
    if (old === next) return [];
    const word = next === null ? "cleared" : old === null ? "set" : "changed";
    return [{ key: `secrets.${field.name}`, label: field.label, before: null, after: word, secret: true }];
  }
  if (field.kind === "certificate") {
    const old = before?.certificates[field.name] ?? null;
    const next = after.certificates[field.name] ?? null;
    if ((old?.secret.id ?? null) === (next?.secret.id ?? null)) return [];
    return [
      { key: `certificates.${field.name}`, label: field.label, before: old?.fileName ?? null, after: next?.fileName ?? null, secret: false },
    ];
  }
  const values = [before?.configuration.values[field.name], after.configuration.values[field.name]] as const;
  if (sameValue(field.name, ...values)) return [];
  return change(`values.${field.name}`, field.label, labelOf(field, values[0]), labelOf(field, values[1]));
}

/**
 * What changes when `after` takes the place of `before`. When the provider is another one, its fields all count as new
 * and those of the old one are not listed one by one.
 */
export function configurationChanges(
  before: ComparedConfiguration | null,
  after: ComparedConfiguration,
  names: ConfigurationNames,
): Change[] {
  const { provider, variant } = after.configuration;
  const old = before?.configuration ?? null;
  const same = old?.provider === provider ? before : null;
  return [
    ...change(
      "provider",
      "Messaging provider",
      old === null ? null : names.entry(old.provider, old.variant),
      names.entry(provider, variant),
    ),
    ...names.fields(provider).flatMap((field) => fieldChanges(field, same, after)),
    ...serverChanges(same?.configuration.servers ?? [], after.configuration.servers),
  ];
}
