/** Forms: one configuration for each provider tried, with secrets by reference. */
import { fail, succeed, type Issue, type Result } from "../../shared/fault.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import type { FieldDescriptor, FieldValue, ProviderDescriptor, ProviderEntry } from "../../shared/model/messaging.ts";
import type { ServerEntry } from "../../shared/model/mail-server.ts";
import type { Change } from "../../shared/model/draft.ts";
import type { ProviderChoice } from "../../shared/model/provider-choice.ts";
import { choiceValue } from "../../shared/rules/choice-value.ts";
import { configurationChanges } from "../../shared/rules/changes.ts";
import { unusableCertificates } from "../../shared/rules/certificate-use.ts";
import { hostIssue } from "../../shared/rules/connection.ts";
import { parseHost } from "../../shared/rules/host-name.ts";
import type { CheckMemory } from "../../shared/rules/pace.ts";
import { textIssue } from "../../shared/rules/plain-text.ts";
import { rankedNames } from "../../shared/rules/priority.ts";
import { missingSecrets } from "../../shared/rules/readiness.ts";
import { change } from "../../shared/rules/change.ts";
import { jobChanges } from "../../shared/rules/job-changes.ts";
import { storeChanges } from "../../shared/rules/store-changes.ts";
import { readTyped } from "../../shared/rules/typed-value.ts";
import type { AnyProvider, BoundProvider, ProviderContext } from "../providers/provider.ts";
import type { SealedMessaging, StoreDocument } from "../store/types.ts";
import { noWays, type OpenWays } from "./reach.ts";
import type { Foundation, WorkOptions } from "./rooms.ts";
import { OpenedCertificates } from "./opened-certificates.ts";
import { bindSecrets, lendingIssues, providerSecrets } from "./secrets.ts";

/** The provider of a choice, or null when this version does not know it. */
export function findProvider(providers: readonly AnyProvider[], id: string): AnyProvider | null {
  return providers.find((provider) => provider.id === id) ?? null;
}

/** The drop-down's entry of a choice. */
export function findEntry(providers: readonly AnyProvider[], choice: ProviderChoice): ProviderEntry | null {
  const entries = findProvider(providers, choice.provider)?.descriptor.entries ?? [];
  return entries.find((entry) => entry.variant === choice.variant) ?? null;
}

/** Providers that an identity store of this kind can use. */
export function suitingProviders(providers: readonly AnyProvider[], connection: StoreConnection): AnyProvider[] {
  return providers.filter((provider) => provider.descriptor.storeKinds.includes(connection.kind));
}

/** The choice a first draft starts with: the first entry that is available to the store. */
export function firstChoice(providers: readonly AnyProvider[], connection: StoreConnection): ProviderChoice {
  const entries = suitingProviders(providers, connection).flatMap((provider) => provider.descriptor.entries);
  const entry = entries.find((candidate) => candidate.available) ?? entries[0];
  return { provider: entry?.provider ?? "none", variant: entry?.variant ?? null };
}

/** What changes when a form takes the place of another one, or of none. */
export function formChanges(providers: readonly AnyProvider[], before: SealedMessaging | null, after: SealedMessaging): Change[] {
  return configurationChanges(before, after, findProvider(providers, after.configuration.provider)?.descriptor.fields ?? []);
}

/** What changes when a document takes the place of another one, or of none. */
export function documentChanges(providers: readonly AnyProvider[], before: StoreDocument | null, after: StoreDocument): Change[] {
  const old = before?.messaging ?? null;
  const messaging =
    after.messaging === null ? change("provider", old === null ? null : choiceValue(old.configuration), null) : formChanges(providers, old, after.messaging);
  return [...storeChanges(before, after), ...messaging, ...jobChanges(before?.jobs ?? [], after.jobs ?? [])];
}

/** A form as it is saved: each secret bound to where the form sends it. */
export function boundForm(providers: readonly AnyProvider[], form: SealedMessaging, connection: StoreConnection): SealedMessaging {
  const provider = findProvider(providers, form.configuration.provider);
  return provider === null ? form : bindSecrets(provider.descriptor, form, provider.destination(form.configuration.values, connection));
}

/** Whether a test of one form says nothing of another: more than ticks and listings changed. */
export function needsTest(changes: readonly Change[]): boolean {
  return changes.some(({ key }) => !key.startsWith("servers."));
}

/** An empty form with the provider's defaults. */
export function newForm(provider: AnyProvider, variant: string | null, connection: StoreConnection): SealedMessaging {
  const values = { ...provider.defaults(connection) };
  return {
    configuration: { provider: provider.id, variant, values, servers: [], syncedAt: null, notShown: [], complete: true },
    secrets: {},
    certificates: {},
  };
}

/** The names of a field's values; secrets and certificates have none. */
export function valueNames(field: FieldDescriptor): readonly string[] {
  if (field.kind === "secret" || field.kind === "certificate") return [];
  return field.kind === "pattern" ? [field.name, field.exampleField] : [field.name];
}

/** Values as they are kept: what was typed into a text field is read by the field's format. */
export function readValues({ fields }: Pick<ProviderDescriptor, "fields">, values: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  const formats = new Map(fields.flatMap((field) => (field.kind === "text" ? [[field.name, field.format ?? "line"] as const] : [])));
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const format = formats.get(name);
      return [name, format === undefined || typeof value !== "string" ? value : readTyped(value, format)];
    }),
  );
}

/** Keeps the values that the provider's form has. */
export function knownValues(provider: AnyProvider, values: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  const names = new Set(provider.descriptor.fields.flatMap(valueNames));
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

/** The form of another variant. Servers of one Exchange version mean nothing to another: the list of the version left behind does not stay. */
export function withVariant(form: SealedMessaging, variant: string | null): SealedMessaging {
  const { configuration } = form;
  if (configuration.variant === variant) return form;
  return { ...form, configuration: { ...configuration, variant, servers: [], syncedAt: null, notShown: [], complete: true } };
}

/** A provider bound to a form. Fails with `invalid`, or `not-found` for a provider this version does not know. */
export function bindForm(providers: readonly AnyProvider[], form: SealedMessaging): Result<{ provider: AnyProvider; bound: BoundProvider }> {
  const { provider: id, variant, values } = form.configuration;
  const provider = findProvider(providers, id);
  if (provider === null) return fail({ kind: "not-found", what: "provider", detail: id });
  const bound = provider.decode(variant, values);
  return bound.ok ? succeed({ provider, bound: bound.value }) : bound;
}

/** Everything that keeps a form from being saved. Paths are field names, `provider` for the choice itself. */
export function formIssues(foundation: Foundation, form: SealedMessaging, connection: StoreConnection): Issue[] {
  const { provider: id, variant, values } = form.configuration;
  const provider = findProvider(foundation.providers, id);
  const suits = provider?.descriptor.storeKinds.includes(connection.kind) ?? false;
  const entry = findEntry(foundation.providers, { provider: id, variant });
  if (provider === null || entry === null || !entry.available) return [{ path: ["provider"], code: "not-available" }];
  if (!suits) return [{ path: ["provider"], code: "not-for-this-store" }];
  const decoded = provider.decode(variant, values);
  const issues = decoded.ok || decoded.fault.kind !== "invalid" ? [] : decoded.fault.issues;
  const told = new Set(issues.map(({ path }) => path[0]));
  const more = [...unseenIssues(provider, values), ...patternIssues(foundation, provider, values)];
  return [
    ...issues,
    ...more.filter(({ path }) => !told.has(path[0])),
    ...serverIssues(form.configuration.servers),
    ...missingSecrets(provider.descriptor, form),
    ...unusableCertificates(provider.descriptor, form),
    ...lendingIssues(form, provider.destination(values, connection)),
  ];
}

/** Characters that nobody sees have no place in a value; an expression and its example may be about any of them. */
function unseenIssues({ descriptor }: AnyProvider, values: Readonly<Record<string, FieldValue>>): Issue[] {
  return descriptor.fields.flatMap((field) =>
    valueNames(field).flatMap((name) => {
      const value = values[name];
      return typeof value === "string" ? (textIssue([name], value, field.kind === "pattern" ? "expression" : "line") ?? []) : [];
    }),
  );
}

/** Expressions that .NET, which will run them, does not take. */
function patternIssues({ aliases }: Foundation, { descriptor }: AnyProvider, values: Readonly<Record<string, FieldValue>>): Issue[] {
  return descriptor.fields.flatMap(({ kind, name }): Issue[] => {
    const pattern = kind === "pattern" ? values[name] : null;
    const refusal = typeof pattern === "string" ? aliases.refusal(pattern) : null;
    if (refusal === null || typeof pattern !== "string") return [];
    const { reason, offset } = refusal;
    return [{ path: [name], code: "pattern-refused", facts: { reason, length: pattern.length, ...(offset === null ? {} : { offset }) } }];
  });
}

/** A server is asked under its name, so that a name that cannot be a host's goes no further. */
export function serverIssues(servers: readonly Pick<ServerEntry, "name">[]): Issue[] {
  return servers.flatMap(({ name }, index): Issue[] => {
    const path = ["servers", index, "name"];
    const read = parseHost(name);
    if (!read.ok) return [hostIssue(path, read)];
    return read.value.host === name.toLowerCase() && read.value.port === null ? [] : [{ path, code: "server-name-alone" }];
  });
}

/** A form of an identity store, with the provider that it is for. */
export interface AskedForm {
  readonly storeId: string;
  readonly connection: StoreConnection;
  readonly provider: AnyProvider;
  readonly form: SealedMessaging;
}

interface Checks {
  readonly memory: CheckMemory;
  readonly asked: boolean;
  readonly opened: OpenedCertificates;
}

/** To list a form's servers. Who has one server alone knows its name and asks nobody, also for what is prepared only. Fails as {@link providerContext} does. */
export function listingContext(foundation: Foundation, asked: AskedForm, options: WorkOptions): Result<ProviderContext> {
  return asked.provider.descriptor.servers === "single" ? succeed(contextOver(foundation, asked, options, noWays)) : providerContext(foundation, asked, options);
}

/** What a provider gets for one call. A call that is no check remembers nothing and climbs everything. Fails with `unsupported: prepare-only`. */
export function providerContext(
  foundation: Foundation,
  asked: AskedForm,
  options: WorkOptions,
  checks?: Checks,
): Result<ProviderContext> {
  const ways = foundation.reach.of(asked.storeId);
  return ways.ok ? succeed(contextOver(foundation, asked, options, ways.value, checks)) : ways;
}

function contextOver(
  { ports, store, certificates, directory }: Foundation,
  { connection, provider, form }: AskedForm,
  options: WorkOptions,
  ways: OpenWays,
  checks: Checks = { memory: new Map(), asked: true, opened: new OpenedCertificates() },
): ProviderContext {
  const { clock, logger } = ports;
  const { resolver, proxy, remoting } = ways;
  const signal = AbortSignal.any([options.signal, ways.signal]);
  return {
    signal,
    progress: options.progress,
    logger,
    clock,
    resolver,
    proxy,
    connection,
    ticked: rankedNames(form.configuration.servers),
    memory: checks.memory,
    asked: checks.asked,
    secrets: providerSecrets(provider.descriptor, form, {
      opened: checks.opened,
      vault: store.vault,
      certificates,
      signal,
      place: provider.destination(form.configuration.values, connection),
    }),
    remoting,
    directory: connection.kind === "active-directory" ? directory.createDirectoryGateway(connection, { resolver, clock, logger }) : null,
  };
}
