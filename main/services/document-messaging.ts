/** The messaging part of a document: the form it makes of the saved one, and every entry that is refused. */
import type { Issue } from "../../shared/fault.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import { messagingSecret, type WrittenMessaging } from "../../shared/model/written-document.ts";
import type { AnyProvider } from "../providers/provider.ts";
import type { SealedMessaging } from "../store/types.ts";
import { fieldsOf, planCertificates, planSecrets, secretIssues, type Given } from "./document-material.ts";
import { planServers } from "./document-servers.ts";
import { findEntry, findProvider, formIssues, newForm, readValues, suitingProviders, valueNames } from "./forms.ts";
import type { PendingSecrets } from "./pending-secrets.ts";
import type { Foundation } from "./rooms.ts";

export interface PlannedMessaging {
  /** Null where there is no provider to make a form of. */
  readonly form: SealedMessaging | null;
  readonly issues: readonly Issue[];
}

export interface MessagingRequest {
  readonly written: WrittenMessaging;
  /** What is saved, whatever its provider. */
  readonly saved: SealedMessaging | null;
  readonly connection: StoreConnection;
  readonly given: Given;
}

/** Plans the form. What is newly given stands in it by references of `pending`, to be sealed when nothing is refused. */
export async function planMessaging(foundation: Foundation, request: MessagingRequest, pending: PendingSecrets): Promise<PlannedMessaging> {
  const { written, saved, connection, given } = request;
  const same = saved?.configuration.provider === written.provider ? saved : null;
  const variant = written.variant === undefined ? (same?.configuration.variant ?? null) : written.variant;
  const provider = chosenProvider(foundation, written, variant, connection);
  if ("code" in provider) return { form: null, issues: [provider] };
  const base = same ?? newForm(provider, variant, connection);
  const { descriptor } = provider;
  const { store, certificates: reader } = foundation;
  const rooms = { vault: store.vault, certificates: reader, pending };
  const { configuration, issues: listIssues } = planConfiguration(provider, base, written, variant);
  const secrets = planSecrets(rooms, descriptor, base, given.secrets, provider.destination(configuration.values, connection));
  const planned = await planCertificates(rooms, descriptor, base, { secrets, written: written.certificates ?? {}, file: given.file });
  const form = { configuration, secrets, certificates: planned.certificates };
  const own = [...nameIssues(provider, written), ...listIssues, ...secretIssues(descriptor, given.secrets), ...planned.issues];
  const told = new Set(own.map(({ path }) => path.join("/")));
  // What is wrong with the document's servers was told by their place in it.
  const ofForm = formIssues(foundation, form, connection).filter(({ path }) => written.servers === undefined || path[0] !== "servers");
  const shared = ofForm.map((issue) => placed(provider, issue));
  const issues = [...own, ...shared.filter(({ path }) => !told.has(path.join("/")))];
  return { form, issues: issues.map((issue) => ({ ...issue, provider: provider.id })) };
}

/** The provider that a document names, or the issue that says why there is none. */
function chosenProvider({ providers }: Foundation, written: WrittenMessaging, variant: string | null, connection: StoreConnection): AnyProvider | Issue {
  const suiting = suitingProviders(providers, connection);
  const provider = findProvider(suiting, written.provider);
  if (provider === null) {
    const path = ["messaging", "provider"];
    if (findProvider(providers, written.provider) !== null) return { path, code: "not-for-this-store", provider: written.provider };
    return { path, code: "not-one-of", facts: { values: suiting.map(({ id }) => id).join(", ") } };
  }
  if (findEntry(providers, { provider: provider.id, variant })?.available === true) return provider;
  const values = provider.descriptor.entries.filter(({ available }) => available).map((entry) => entry.variant ?? "null");
  return { path: ["messaging", "variant"], code: "not-one-of", facts: { values: values.join(", ") }, provider: provider.id };
}

function planConfiguration({ id, descriptor }: AnyProvider, { configuration }: SealedMessaging, written: WrittenMessaging, variant: string | null) {
  const moved = configuration.variant !== variant;
  // Servers of one version mean nothing to another: the list of the version left behind does not stay.
  const base = moved ? { ...configuration, servers: [], syncedAt: null, notShown: [], complete: true as const } : configuration;
  const { servers, issues } = written.servers === undefined ? { servers: base.servers, issues: [] } : planServers(written.servers, base.servers, descriptor.servers);
  return { configuration: { ...base, provider: id, variant, values: { ...base.values, ...readValues(descriptor, written.values ?? {}) }, servers: [...servers] }, issues };
}

/** Entries for fields that the provider does not have, or has as something else. */
function nameIssues({ descriptor }: AnyProvider, { values = {}, certificates = {} }: WrittenMessaging): Issue[] {
  const names = descriptor.fields.flatMap(valueNames);
  const files = fieldsOf(descriptor, "certificate").map(({ name }) => name);
  const kinds = new Map(descriptor.fields.map(({ name, kind }) => [name, kind]));
  const misplaced = (name: string): Issue => {
    const path = ["messaging", "values", name];
    if (kinds.get(name) === "secret") return { path, code: "secret-among-values", facts: { name: messagingSecret(name) } };
    if (kinds.get(name) === "certificate") return { path, code: "certificate-among-values", facts: { name } };
    return unknownName(path, names);
  };
  return [
    ...Object.keys(values).filter((name) => !names.includes(name)).map(misplaced),
    ...Object.keys(certificates).filter((name) => !files.includes(name)).map((name) => unknownName(["messaging", "certificates", name], files)),
  ];
}

/** A name that is none of those there are. */
export function unknownName(path: Issue["path"], names: readonly string[]): Issue {
  return names.length === 0 ? { path, code: "nothing-here" } : { path, code: "not-a-name", facts: { values: names.join(", ") } };
}

/** Where the entry of an issue stands in a document: issues of forms begin with the field's name. */
function placed({ descriptor }: AnyProvider, issue: Issue): Issue {
  const [name = ""] = issue.path;
  const kind = descriptor.fields.find((field) => field.name === name)?.kind;
  if (["servers", "provider", "variant"].includes(String(name))) return { ...issue, path: ["messaging", ...issue.path] };
  if (kind === "certificate") return { ...issue, path: ["messaging", "certificates", ...issue.path] };
  if (kind !== "secret") return { ...issue, path: ["messaging", "values", ...issue.path] };
  const secret = messagingSecret(String(name));
  return { ...issue, path: ["secrets", secret], ...(issue.code === "required" ? { code: "secret-missing", facts: { name: secret } } : {}) };
}
