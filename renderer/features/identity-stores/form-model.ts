/** The directory form's values, and their way to and from a connection. */
import {
  storeConnectionSchema,
  storeNameSchema,
  type CloudId,
  type LdapSecurity,
  type StoreConnection,
  type StoreKind,
  type Trust,
} from "../../../shared/model/identity-store.ts";
import type { Issue } from "../../../shared/fault.ts";
import { MOST_CONTROLLERS, hostIssue } from "../../../shared/rules/connection.ts";
import { formatHost, parseDnsServer, parseDomain, parseHost, splitHosts, type HostReading } from "../../../shared/rules/host-name.ts";
import { readTyped } from "../../../shared/rules/typed-value.ts";
import type { TextKey } from "../../text/text.ts";

export interface DirectoryForm {
  readonly name: string;
  readonly kind: StoreKind;
  /** Of a new store: nothing is to be asked for it. */
  readonly prepareOnly: boolean;
  readonly domain: string;
  readonly controllersFrom: "dns" | "typed";
  /** One on each line. */
  readonly controllers: string;
  readonly dnsServer: string;
  readonly username: string;
  /** A password to store; the empty text stands for none typed. */
  readonly password: string;
  /** The stored password is to be cleared. */
  readonly passwordCleared: boolean;
  readonly security: LdapSecurity;
  readonly trustMode: Trust["mode"];
  readonly authorityName: string;
  readonly authorityPem: string;
  readonly pinnedSha256: string;
  readonly cloud: CloudId;
  readonly tenant: string;
}

export type FieldName = keyof DirectoryForm;
/** A sentence of the form's own, or a host that was refused, with the entry it stands in where there are several. */
export type Problem = TextKey | { readonly entry: string | null; readonly issue: Issue };
export type Problems = Partial<Record<FieldName, Problem>>;

export function emptyForm(): DirectoryForm {
  return {
    name: "",
    kind: "active-directory",
    prepareOnly: false,
    domain: "",
    controllersFrom: "dns",
    controllers: "",
    dnsServer: "",
    username: "",
    password: "",
    passwordCleared: false,
    security: "ldaps",
    trustMode: "system",
    authorityName: "",
    authorityPem: "",
    pinnedSha256: "",
    cloud: "worldwide",
    tenant: "",
  };
}

/** The names of the form's fields. */
export function fieldNames(form: DirectoryForm): readonly FieldName[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the form has these fields and no others
  return Object.keys(form) as FieldName[];
}

export function formOf(name: string, connection: StoreConnection): DirectoryForm {
  const empty = { ...emptyForm(), name };
  if (connection.kind === "entra-id") return { ...empty, kind: "entra-id", cloud: connection.cloud, tenant: connection.tenant };
  const { trust } = connection;
  return {
    ...empty,
    domain: connection.domain,
    controllersFrom: connection.domainControllers.length === 0 ? "dns" : "typed",
    controllers: connection.domainControllers.join("\n"),
    dnsServer: connection.dnsServer ?? "",
    username: connection.username,
    security: connection.security,
    trustMode: trust.mode,
    authorityName: trust.mode === "authority-file" ? trust.name : "",
    authorityPem: trust.mode === "authority-file" ? trust.pem : "",
    pinnedSha256: trust.mode === "pinned" ? trust.sha256 : "",
  };
}

function trustOf(form: DirectoryForm): Trust {
  if (form.security === "none" || form.trustMode === "system") return { mode: "system" };
  if (form.trustMode === "pinned") return { mode: "pinned", sha256: form.pinnedSha256 };
  return { mode: "authority-file", name: form.authorityName, pem: form.authorityPem };
}

function valueOf<T>(reading: HostReading<T>): T | null {
  return reading.ok ? reading.value : null;
}

/** The typed controllers that can be ones, each in one form. */
export function controllersOf(text: string): string[] {
  return splitHosts(text).flatMap((typed) => {
    const host = valueOf(parseHost(typed));
    return host === null ? [] : [formatHost(host)];
  });
}

/** Null where none was typed. */
export function dnsServerOf({ dnsServer }: DirectoryForm): string | null {
  return dnsServer.trim() === "" ? null : valueOf(parseDnsServer(dnsServer));
}

/** The connection the form describes. Call it on a form without problems, or for a test. */
export function connectionOf(form: DirectoryForm): StoreConnection {
  if (form.kind === "entra-id") return { kind: "entra-id", cloud: form.cloud, tenant: readTyped(form.tenant, "tenant") };
  return {
    kind: "active-directory",
    domain: valueOf(parseDomain(form.domain)) ?? "",
    domainControllers: form.controllersFrom === "typed" ? controllersOf(form.controllers) : [],
    dnsServer: dnsServerOf(form),
    username: readTyped(form.username, "account"),
    security: form.security,
    trust: trustOf(form),
  };
}

/** What a password field sends: null keeps the stored one, the empty text clears it. */
export function passwordOf(form: DirectoryForm): string | null {
  if (form.password !== "") return form.password;
  return form.passwordCleared ? "" : null;
}

function refused(reading: HostReading<unknown>, entry: string | null = null): Problem | null {
  return reading.ok ? null : { entry, issue: hostIssue([], reading) };
}

function controllersProblem(text: string): Problem | null {
  const typed = splitHosts(text);
  if (typed.length === 0) return "identity-stores.problem-controllers";
  if (typed.length > MOST_CONTROLLERS) return "issues.controllers-many";
  for (const entry of typed) {
    const problem = refused(parseHost(entry), entry);
    if (problem !== null) return problem;
  }
  return null;
}

function directoryProblems(form: DirectoryForm): Problems {
  const problems: Problems = {};
  const domain = form.domain.trim() === "" ? "identity-stores.problem-domain" : refused(parseDomain(form.domain));
  const controllers = form.controllersFrom === "typed" ? controllersProblem(form.controllers) : null;
  const dnsServer = form.dnsServer.trim() === "" ? null : refused(parseDnsServer(form.dnsServer));
  if (domain !== null) problems.domain = domain;
  if (controllers !== null) problems.controllers = controllers;
  if (dnsServer !== null) problems.dnsServer = dnsServer;
  if (form.security !== "none" && form.trustMode === "authority-file" && form.authorityPem === "") {
    problems.authorityName = "identity-stores.problem-authority";
  }
  if (form.security !== "none" && form.trustMode === "pinned" && form.pinnedSha256 === "") problems.pinnedSha256 = "identity-stores.problem-pin";
  return problems;
}

/** What stands in the way of saving, field by field; empty when nothing does. Knows nothing that needs a network. */
export function problemsOf(form: DirectoryForm): Problems {
  const problems: Problems =
    form.kind === "active-directory" ? directoryProblems(form) : form.tenant.trim() === "" ? { tenant: "identity-stores.problem-tenant" } : {};
  if (!storeNameSchema.safeParse(form.name).success) problems.name = "identity-stores.problem-name";
  if (Object.keys(problems).length === 0 && !storeConnectionSchema.safeParse(connectionOf(form)).success) problems.domain = "issues.other";
  return problems;
}

/** The order in which fields stand in the form: the first with a problem gets the focus. */
export const FIELD_ORDER: readonly FieldName[] = ["name", "domain", "controllers", "dnsServer", "username", "authorityName", "pinnedSha256", "tenant"];
