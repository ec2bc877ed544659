/** As much of Active Directory's schema as the practice directory's entries and filters need. */
import { dnKey } from "./names.ts";

interface ObjectClass {
  /** `lDAPDisplayName`. */
  readonly name: string;
  /** Common name of the class in the schema partition. */
  readonly cn: string;
  readonly parent: string | null;
  /** Display name of the class whose category entries carry; itself when absent. */
  readonly category?: string;
}

/** The classes in use, every parent before its children. */
export const objectClasses: readonly ObjectClass[] = [
  { name: "top", cn: "Top", parent: null },
  { name: "domain", cn: "Domain", parent: "top" },
  { name: "domainDNS", cn: "Domain-DNS", parent: "domain" },
  { name: "container", cn: "Container", parent: "top" },
  { name: "configuration", cn: "Configuration", parent: "top" },
  { name: "dMD", cn: "DMD", parent: "top" },
  { name: "attributeSchema", cn: "Attribute-Schema", parent: "top" },
  { name: "classSchema", cn: "Class-Schema", parent: "top" },
  { name: "organizationalUnit", cn: "Organizational-Unit", parent: "top" },
  { name: "person", cn: "Person", parent: "top" },
  { name: "organizationalPerson", cn: "Organizational-Person", parent: "person", category: "person" },
  { name: "user", cn: "User", parent: "organizationalPerson", category: "person" },
  { name: "computer", cn: "Computer", parent: "user" },
  { name: "group", cn: "Group", parent: "top" },
  { name: "contact", cn: "Contact", parent: "organizationalPerson", category: "person" },
  { name: "sitesContainer", cn: "Sites-Container", parent: "top" },
  { name: "site", cn: "Site", parent: "top" },
  { name: "server", cn: "Server", parent: "top" },
  { name: "msExchConfigurationContainer", cn: "ms-Exch-Configuration-Container", parent: "container" },
  { name: "msExchOrganizationContainer", cn: "ms-Exch-Organization-Container", parent: "container" },
  { name: "msExchAdminGroupContainer", cn: "ms-Exch-Admin-Group-Container", parent: "container" },
  { name: "msExchAdminGroup", cn: "ms-Exch-Admin-Group", parent: "container" },
  { name: "msExchServersContainer", cn: "ms-Exch-Servers-Container", parent: "container" },
  { name: "msExchExchangeServer", cn: "ms-Exch-Exchange-Server", parent: "server" },
];

/** `objectClass` of an entry: from `top` down to the class itself. */
export function classChain(name: string): readonly string[] {
  const found = objectClasses.find((each) => each.name === name);
  if (found === undefined) return [name];
  return found.parent === null ? [found.name] : [...classChain(found.parent), found.name];
}

/** The `objectCategory` of a class: the DN of its (or its category's) entry in the schema partition. */
export function categoryDn(name: string, schema: string): string {
  const found = objectClasses.find((each) => each.name.toLowerCase() === name.toLowerCase());
  const category = objectClasses.find((each) => each.name === (found?.category ?? found?.name)) ?? found;
  return `CN=${category?.cn ?? name},${schema}`;
}

/**
 * What an `objectCategory` assertion stands for, comparable: a DN, or the shorthand in which a class's display name
 * means that class's category ([MS-ADTS] 3.1.1.3.1.3.5).
 */
export function categoryOf(text: string, schema: string): string {
  return dnKey(text.includes("=") ? text : categoryDn(text, schema)) ?? "";
}

type Syntax = "text" | "dn" | "integer" | "octets" | "boolean";

const syntaxes: Readonly<Record<Exclude<Syntax, "text">, readonly string[]>> = {
  dn: ["distinguishedName", "objectCategory", "member", "memberOf", "msExchServerSite", "defaultObjectCategory", "manager", "managedBy", "homeMDB", "msExchAssociatedDatabase"],
  integer: [
    "versionNumber",
    "msExchCurrentServerRoles",
    "userAccountControl",
    "groupType",
    "sAMAccountType",
    "instanceType",
    "uSNCreated",
    "uSNChanged",
    "pwdLastSet",
    "accountExpires",
    "lockoutTime",
    "objectClassCategory",
    "msExchRecipientDisplayType",
    "msExchRecipientTypeDetails",
    "msExchVersion",
  ],
  octets: ["objectGUID", "objectSid", "schemaIDGUID", "unicodePwd", "msExchMailboxGuid"],
  boolean: ["isDeleted", "showInAdvancedViewOnly", "msExchHideFromAddressLists", "reportToOriginator"],
};

const texts: readonly string[] = [
  ..."objectClass cn name ou dc description displayName mail mailNickname targetAddress proxyAddresses sAMAccountName".split(" "),
  ..."userPrincipalName givenName sn department title company telephoneNumber whenCreated whenChanged legacyExchangeDN".split(" "),
  ..."c info msExchHomeServerName msExchPoliciesIncluded msExchPoliciesExcluded".split(" "),
  ..."networkAddress serialNumber lDAPDisplayName attributeSyntax dNSHostName serverReferenceBL".split(" "),
];

const spelling = new Map([...texts, ...Object.values(syntaxes).flat()].map((name) => [name.toLowerCase(), name]));
const syntaxByName = new Map<string, Syntax>(
  (["dn", "integer", "octets", "boolean"] as const).flatMap((syntax) => syntaxes[syntax].map((name) => [name.toLowerCase(), syntax])),
);

/** MS-ADTS 3.1.1.2.2.2. */
const syntaxOids: Readonly<Record<Syntax, string>> = { text: "2.5.5.12", dn: "2.5.5.1", integer: "2.5.5.9", octets: "2.5.5.10", boolean: "2.5.5.8" };

/** Every attribute as the schema partition describes it. */
export const attributeSchemas: readonly { readonly name: string; readonly syntax: string }[] = [...spelling].map(([lower, name]) => ({
  name,
  syntax: syntaxOids[syntaxByName.get(lower) ?? "text"],
}));

/** An attribute's name as the schema spells it; null for one that it does not have. */
export function spellingOf(name: string): string | null {
  return spelling.get(name.toLowerCase()) ?? null;
}

/** Whether a value can be one of the attribute (lower-case name). */
export function isOfSyntax(attribute: string, value: Buffer): boolean {
  const text = value.toString("utf8");
  switch (syntaxByName.get(attribute)) {
    case "octets":
      return true;
    case "boolean":
      return text === "TRUE" || text === "FALSE";
    case "integer":
      return /^-?\d{1,19}$/.test(text);
    case "dn":
      return text !== "" && dnKey(text) !== null;
    case "text":
    case undefined:
    default:
      // Text that is no UTF-8 is not converted.
      return value.length > 0 && Buffer.from(text, "utf8").equals(value);
  }
}

/** Whether the schema has an attribute of that name (lower case). */
export function isKnownAttribute(name: string): boolean {
  return spelling.has(name);
}

function normalInteger(text: string): string {
  return /^-?\d{1,19}$/.test(text) ? BigInt(text).toString() : text;
}

/** A text that two values of an attribute (lower-case name) share when they are equal by its matching rule. */
export function comparable(attribute: string, value: Buffer): string {
  const text = value.toString("utf8");
  const syntax = syntaxByName.get(attribute);
  if (syntax === "octets") return value.toString("hex");
  if (syntax === "dn") return dnKey(text) ?? text.toLowerCase();
  return syntax === "integer" ? normalInteger(text.trim()) : text.toLowerCase();
}

/** Negative, zero or positive as `value` sorts before, with or after `bound`; null when they cannot be ordered. */
export function orderOf(attribute: string, value: Buffer, bound: Buffer): number | null {
  if (syntaxByName.get(attribute) === "integer") {
    const [left, right] = [value.toString("latin1"), bound.toString("latin1")];
    if (!/^-?\d{1,19}$/.test(left) || !/^-?\d{1,19}$/.test(right)) return null;
    const difference = BigInt(left) - BigInt(right);
    return difference === 0n ? 0 : difference < 0n ? -1 : 1;
  }
  const [left, right] = [comparable(attribute, value), comparable(attribute, bound)];
  return left === right ? 0 : left < right ? -1 : 1;
}
