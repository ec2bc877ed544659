/** What Active Directory's schema and its security accounts manager demand of an entry, as far as people's mistakes go. */
import * as answers from "./answers.ts";
import type { Answer } from "./answers.ts";
import type { Indexed } from "./indexes.ts";
import { isOfSyntax, spellingOf } from "./schema.ts";
import type { Entry, Tree } from "./tree.ts";

const words = (text: string) => text.split(" ");

/** Attributes that Exchange's setup gives to recipients (the class mailRecipient), and those that every mail object has. */
const mailRecipient = words(
  "mailNickname targetAddress legacyExchangeDN info telephoneNumber msExchRecipientDisplayType msExchRecipientTypeDetails msExchVersion msExchHideFromAddressLists msExchPoliciesIncluded msExchPoliciesExcluded mail",
);
const everywhere = words("objectClass objectCategory cn name ou displayName description proxyAddresses instanceType showInAdvancedViewOnly");
const person = words("sn givenName department title company c manager");

interface WritableClass {
  /** Attributes an entry of it may have besides those of every class. */
  readonly may: readonly string[];
  /** The type of the name's first part. */
  readonly names: "cn" | "ou";
  /** Classes of the entry above. */
  readonly under: readonly string[];
}

const anywhere = ["organizationalUnit", "container", "domainDNS"];

/** The classes of which entries may be made. */
const classes: Readonly<Record<string, WritableClass>> = {
  group: { may: [...mailRecipient, ...words("sAMAccountName groupType member managedBy reportToOriginator")], names: "cn", under: anywhere },
  user: {
    may: [...mailRecipient, ...person, ...words("sAMAccountName userPrincipalName userAccountControl unicodePwd pwdLastSet accountExpires lockoutTime msExchMailboxGuid homeMDB msExchHomeServerName")],
    names: "cn",
    under: anywhere,
  },
  contact: { may: [...mailRecipient, ...person], names: "cn", under: anywhere },
  // No organisational unit below a container (MS-ADSC, possSuperiors of organizationalUnit).
  organizationalUnit: { may: words("managedBy c"), names: "ou", under: ["organizationalUnit", "domainDNS"] },
};

const systemOwned = words("objectGUID objectSid whenCreated whenChanged uSNCreated uSNChanged memberOf distinguishedName sAMAccountType").map((name) => name.toLowerCase());
const manyValued = words("objectClass description proxyAddresses member memberOf msExchPoliciesIncluded msExchPoliciesExcluded").map((name) => name.toLowerCase());
/** `rangeUpper`, in characters (MS-ADA1 to MS-ADA3). */
const longest: Readonly<Record<string, number>> = { cn: 64, ou: 64, displayname: 256, samaccountname: 256, userprincipalname: 1024, mail: 256, mailnickname: 64, targetaddress: 1123, proxyaddresses: 1123, description: 1024, givenname: 64, sn: 64, c: 3, info: 1024 };
/** In characters; a group's may be as long as the schema allows. */
const LONGEST_USER_NAME = 20;
const NO_ACCOUNT_NAME = /["/\\[\]:;|=,+*?<>@\p{Cc}]|\.$/u;

/** The most specific class of an entry. */
export function classOf(entry: Entry): string {
  return entry.values("objectclass").at(-1)?.toString("utf8") ?? "top";
}

/** Values by attribute name as the schema spells it. */
export type Values = ReadonlyMap<string, readonly Buffer[]>;

/** The schema's name of an attribute that may be written, with values of its syntax; or why not. */
export function readAttribute(name: string, values: readonly Buffer[]): { readonly name: string } | { readonly answer: Answer } {
  const known = spellingOf(name);
  if (known === null) return { answer: answers.unknownAttribute };
  const lower = known.toLowerCase();
  if (systemOwned.includes(lower)) return { answer: answers.systemOwned(known) };
  if (!values.every((value) => isOfSyntax(lower, value))) return { answer: answers.notOfTheSyntax };
  return { name: known };
}

/** Whether a new entry of that class may have that name below that parent. */
export function nameProblem(className: string, type: string, parent: Entry, dn: string): Answer | null {
  const found = classes[className];
  if (found === undefined) return answers.attributeMissing;
  if (type.toLowerCase() !== found.names) return answers.namingViolation(dn, "wrong");
  return found.under.includes(classOf(parent)) ? null : answers.namingViolation(dn, "under");
}

/** What is wrong with the values of an entry of that class. */
export function valueProblem(className: string, values: Values): Answer | null {
  const may = [...everywhere, ...(classes[className]?.may ?? [])].map((name) => name.toLowerCase());
  for (const [name, list] of values) {
    const lower = name.toLowerCase();
    if (systemOwned.includes(lower)) continue;
    if (!may.includes(lower)) return answers.notOfTheClass;
    if (list.length > 1 && !manyValued.includes(lower)) return answers.oneValueAlone(name);
    const most = longest[lower];
    const long = most === undefined ? undefined : list.map((value) => value.toString("utf8").length).find((length) => length > most);
    // The length is told in octets of UTF-16.
    if (long !== undefined) return answers.tooLong(name, long * 2);
  }
  return className === "group" ? groupProblem(values) : null;
}

/** Exactly one scope: 2 global, 4 domain local, 8 universal (MS-ADTS 2.2.12). */
function groupProblem(values: Values): Answer | null {
  const text = values.get("groupType")?.[0]?.toString("latin1");
  if (text === undefined) return null;
  const type = Number(text);
  const scopes = [2, 4, 8].filter((scope) => (type & scope) !== 0).length;
  return Number.isInteger(type) && type >= -(2 ** 31) && type < 2 ** 31 && scopes === 1 ? null : answers.notAGroupType;
}

/** Whether account and sign-in name of an entry (by its GUID) can be had: well formed, and nobody else's. */
export function accountProblem(className: string, values: Values, own: Entry | null, tree: Tree): Answer | null {
  const account = values.get("sAMAccountName")?.[0]?.toString("utf8");
  const signIn = values.get("userPrincipalName")?.[0]?.toString("utf8");
  if (account !== undefined && (NO_ACCOUNT_NAME.test(account) || account.trim() === "" || (className === "user" && account.length > LONGEST_USER_NAME))) return answers.notAnAccountName;
  const isTaken = (attribute: Indexed, value: string | undefined) => value !== undefined && tree.having(attribute, value).some((entry) => entry !== own);
  if (isTaken("sAMAccountName", account)) return answers.accountExists(className === "group");
  return isTaken("userPrincipalName", signIn) ? answers.signInNameTaken : null;
}

/** Octets of UTF-16LE in quotation marks (MS-ADTS 3.1.1.3.1.5); null for what is none. */
function passwordIn(value: Buffer): string | null {
  const text = value.length % 2 === 0 ? value.toString("utf16le") : "";
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : null;
}

/** The domain's policy: seven characters, three of four kinds, not the account's name (Microsoft, "Password must meet complexity requirements"). */
function meetsPolicy(password: string, account: string): boolean {
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
  return password.length >= 7 && kinds >= 3 && !(account.length > 2 && password.toLowerCase().includes(account.toLowerCase()));
}

/** Whether a password may be set so. */
export function passwordProblem(value: Buffer, account: string, secure: boolean, how: "add" | "modify"): Answer | null {
  const password = secure ? passwordIn(value) : null;
  if (password === null) return answers.passwordInTheClear;
  if (meetsPolicy(password, account)) return null;
  return how === "add" ? answers.passwordRefusedAtAdd : answers.passwordRefused;
}
