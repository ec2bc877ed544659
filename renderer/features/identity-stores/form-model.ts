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
import type { TextKey } from "../../text/text.ts";

export interface DirectoryForm {
  readonly name: string;
  readonly kind: StoreKind;
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
export type Problems = Partial<Record<FieldName, TextKey>>;

export function emptyForm(): DirectoryForm {
  return {
    name: "",
    kind: "active-directory",
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

/** Controllers as typed: by line, comma or blank. */
export function controllersOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((entry) => entry !== "");
}

function trustOf(form: DirectoryForm): Trust {
  if (form.security === "none" || form.trustMode === "system") return { mode: "system" };
  if (form.trustMode === "pinned") return { mode: "pinned", sha256: form.pinnedSha256 };
  return { mode: "authority-file", name: form.authorityName, pem: form.authorityPem };
}

/** The connection the form describes. Call it on a form without problems, or for a test. */
export function connectionOf(form: DirectoryForm): StoreConnection {
  if (form.kind === "entra-id") return { kind: "entra-id", cloud: form.cloud, tenant: form.tenant.trim() };
  return {
    kind: "active-directory",
    domain: form.domain.trim().replace(/\.$/, ""),
    domainControllers: form.controllersFrom === "typed" ? controllersOf(form.controllers) : [],
    dnsServer: form.dnsServer.trim() === "" ? null : form.dnsServer.trim(),
    username: form.username.trim(),
    security: form.security,
    trust: trustOf(form),
  };
}

/** What a password field sends: null keeps the stored one, the empty text clears it. */
export function passwordOf(form: DirectoryForm): string | null {
  if (form.password !== "") return form.password;
  return form.passwordCleared ? "" : null;
}

const DOMAIN = /^(?=.{1,255}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)+\.?$/i;
const ADDRESS = /^((\d{1,3}\.){3}\d{1,3}(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?|[0-9a-f:]*:[0-9a-f:.]+)$/i;

function directoryProblems(form: DirectoryForm): Problems {
  const problems: Problems = {};
  if (!DOMAIN.test(form.domain.trim())) problems.domain = "identity-stores.problem-domain";
  if (form.controllersFrom === "typed") {
    const { length } = controllersOf(form.controllers);
    if (length === 0) problems.controllers = "identity-stores.problem-controllers";
    if (length > 50) problems.controllers = "identity-stores.problem-controllers-many";
  }
  if (form.dnsServer.trim() !== "" && !ADDRESS.test(form.dnsServer.trim())) problems.dnsServer = "identity-stores.problem-dns-server";
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
