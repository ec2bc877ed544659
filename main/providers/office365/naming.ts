/** Names and addresses in Office 365, and what it does not take in them. */
import type { Issue } from "../../../shared/fault.ts";
import type { MailRequest } from "../../../shared/model/mail-object.ts";
import { isMailAddress } from "../../../shared/rules/mail-address.ts";
import type { Office365Configuration } from "./configuration.ts";

/** Characters of `mailNickname` and of an alias in Exchange Online. */
export const ALIAS_LENGTH = 64;
/** Characters of `displayName`. */
const NAME_LENGTH = 256;
/** ASCII without these (Graph: "Create group", mailNickname); a group's has no dot either. */
const ALIAS = /^[!#-'*+\-./0-9=?A-Z^-~]+$/;
/** Before the @ of a sign-in name (Microsoft: "userPrincipalName attribute population"). */
const SIGN_IN_NAME = /^[A-Za-z0-9'_!#^~-]+(?:\.[A-Za-z0-9'_!#^~-]+)*$/;

/** A user's `userPrincipalName`. */
export function signInName({ domain }: Office365Configuration, { accountName, alias }: Pick<MailRequest, "accountName" | "alias">): string {
  return `${accountName ?? alias}@${domain}`;
}

/** Of an object in a tenant's own store: a user's address is its sign-in name; a group's domain is the tenant's default, which nobody says before. */
export function tenantAddress(configuration: Office365Configuration, request: MailRequest): string | null {
  return request.type === "mailbox" ? signInName(configuration, request) : null;
}

/** Of an object that Exchange Online makes beside the one in Active Directory. A contact's is elsewhere. */
export function recipientAddress({ domain }: Office365Configuration, { type, alias, address, externalAddress }: MailRequest): string {
  const elsewhere = type === "mail-contact" ? externalAddress : null;
  return elsewhere ?? address ?? `${alias}@${domain}`;
}

/** What a recipient is found by: its address, and a contact whose address nobody said by its alias. */
export function recipientIdentity(configuration: Office365Configuration, request: MailRequest): string {
  return request.type === "mail-contact" && request.externalAddress === null ? request.alias : recipientAddress(configuration, request);
}

export function namingIssues(request: MailRequest): readonly Issue[] {
  const { alias, name, address, accountName, externalAddress, type } = request;
  const issues: Issue[] = [];
  if (alias === "") issues.push({ path: ["alias"], code: "required" });
  else if (alias.length > ALIAS_LENGTH) issues.push({ path: ["alias"], code: "alias-too-long" });
  else if (!ALIAS.test(alias) || (type === "microsoft-365-group" && alias.includes("."))) issues.push({ path: ["alias"], code: "alias-office365" });
  if (name.length > NAME_LENGTH) issues.push({ path: ["name"], code: "name-too-long", facts: { most: NAME_LENGTH } });
  if (address !== null && !isMailAddress(address)) issues.push({ path: ["address"], code: "email" });
  if (type === "mailbox" && accountName !== null && !SIGN_IN_NAME.test(accountName)) issues.push({ path: ["accountName"], code: "sign-in-name-office365" });
  if (type === "mail-contact" && (externalAddress === null || externalAddress === "")) issues.push({ path: ["externalAddress"], code: "required" });
  else if (externalAddress !== null && externalAddress !== "" && !isMailAddress(externalAddress)) issues.push({ path: ["externalAddress"], code: "email" });
  return issues;
}
