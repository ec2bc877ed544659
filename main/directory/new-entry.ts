/** What is written for a new object: its class, its account, its password. The mail part is the provider's. */
import { fail, succeed, type Issue, type Result } from "../../shared/fault.ts";
import type { MailObjectType, MailRequest } from "../../shared/model/mail-object.ts";
import { accountNameIssue, type AccountKind } from "../../shared/rules/account-name.ts";
import { objectNameIssue } from "../../shared/rules/object-name.ts";
import { groupTypes } from "./found-object.ts";
import type { Attributes, DirectoryEntry } from "./types.ts";

const objectClasses: Readonly<Record<Exclude<MailObjectType, "microsoft-365-group">, "group" | "user" | "contact">> = {
  "distribution-group": "group",
  "security-group": "group",
  mailbox: "user",
  "mail-user": "user",
  "mail-contact": "contact",
};

/** `userAccountControl` of a normal account (MS-ADTS 2.2.16), enabled and disabled. */
const ENABLED = "512";
const DISABLED = "514";

/** The class of the entry that an object of that kind is; null for what Active Directory does not have. */
export function classOf(type: MailObjectType): "group" | "user" | "contact" | null {
  return type === "microsoft-365-group" ? null : objectClasses[type];
}

/** The kind of account that an object of that kind is; null for what is none. */
function accountKindOf(type: MailObjectType): AccountKind | null {
  const name = classOf(type);
  return name === "group" || name === "user" ? name : null;
}

/** What is wrong with the names of a new object by Active Directory's own rules, whatever the directory holds. */
export function nameIssues({ name, accountName, type }: MailRequest): readonly Issue[] {
  const kind = accountKindOf(type);
  const account = kind === null || accountName === null ? null : accountNameIssue(["accountName"], accountName, kind);
  return [objectNameIssue(["name"], name), account].filter((issue) => issue !== null);
}

/** `unicodePwd`: the quoted text in UTF-16 (MS-ADTS 3.1.1.3.1.5). */
function passwordOctets(password: string): Uint8Array {
  return Buffer.from(`"${password}"`, "utf16le");
}

/** A user's name at sign-in; null for whoever has none. */
export function signInName({ accountName, type }: MailRequest, domain: string): string | null {
  return accountName === null || accountKindOf(type) !== "user" ? null : `${accountName}@${domain}`;
}

/** The attributes of a `create` request's entry. A user with a password is enabled and must change it at first sign-in, one without is disabled. */
export function newEntry(request: MailRequest, domain: string, details: { readonly password: string | null; readonly attributes: Attributes }): Result<Attributes> {
  const className = classOf(request.type);
  if (className === null) return fail({ kind: "object-refused", why: "type-not-supported" });
  const issues = nameIssues(request);
  if (issues.length > 0) return fail({ kind: "invalid", issues: [...issues] });
  const signIn = signInName(request, domain);
  const account: Attributes = {
    ...(className === "contact" || request.accountName === null ? {} : { sAMAccountName: [request.accountName] }),
    ...(request.type === "distribution-group" || request.type === "security-group" ? { groupType: [groupTypes[request.type]] } : {}),
    ...(signIn === null ? {} : { userPrincipalName: [signIn] }),
    ...(className === "user" ? passwordAttributes(details.password) : {}),
  };
  return succeed({ objectClass: [className], displayName: [request.name], ...details.attributes, ...account });
}

function passwordAttributes(password: string | null): Attributes {
  if (password === null) return { userAccountControl: [DISABLED] };
  return { userAccountControl: [ENABLED], pwdLastSet: ["0"], unicodePwd: [passwordOctets(password)] };
}

/** Whether an entry is the one that a `create` request would have made. */
export function isMadeBy({ attributes }: DirectoryEntry, request: MailRequest): boolean {
  const className = classOf(request.type);
  const classes = (attributes["objectclass"] ?? []).map((name) => name.toLowerCase());
  if (className === null || !classes.includes(className) || classes.includes("computer")) return false;
  const account = attributes["samaccountname"]?.[0]?.toLowerCase();
  if (className !== "contact" && request.accountName !== null && account !== request.accountName.toLowerCase()) return false;
  return className !== "group" || request.type === "microsoft-365-group" || attributes["grouptype"]?.[0] === groupTypes[request.type === "security-group" ? "security-group" : "distribution-group"];
}
