/** Names and addresses in Google Workspace, and what Google does not take in them. */
import type { Issue } from "../../../shared/fault.ts";
import type { MailRequest } from "../../../shared/model/mail-object.ts";
import { isMailAddress } from "../../../shared/rules/mail-address.ts";
import { domainOf, type GoogleWorkspaceConfiguration } from "./configuration.ts";

/** Characters before the @ (Google: "Name and password guidelines"). */
export const ALIAS_LENGTH = 64;
/** Characters of a given and of a family name, and of a group's (Directory API reference). */
const NAME_LENGTH = 60;
const GROUP_NAME_LENGTH = 73;
/** Letters, digits, dashes, underscores, apostrophes, and single dots that are not at an edge (Google: "Name and password guidelines"). */
const ALIAS = /^[A-Za-z0-9_'-]+(?:\.[A-Za-z0-9_'-]+)*$/;
/** Google keeps both for itself in each domain (Google: "About the abuse and postmaster addresses"). */
const RESERVED: readonly string[] = ["abuse", "postmaster"];

/** The address that an object gets. */
export function addressOf(configuration: GoogleWorkspaceConfiguration, { alias, address }: Pick<MailRequest, "alias" | "address">): string {
  return address ?? `${alias}@${domainOf(configuration)}`;
}

/** Whether the object is a user with a mailbox; a group otherwise. */
export function isUser({ type }: Pick<MailRequest, "type">): boolean {
  return type === "mailbox";
}

/** A user's name in the two parts that Google demands: the last word, and those before it. One word is both. */
export function nameParts(name: string): { readonly givenName: string; readonly familyName: string } {
  const words = name.trim().split(/\s+/);
  const familyName = words.at(-1) ?? "";
  const givenName = words.slice(0, -1).join(" ");
  return { givenName: givenName === "" ? familyName : givenName, familyName };
}

/** As Google puts the parts together. */
export function fullName(name: string): string {
  const { givenName, familyName } = nameParts(name);
  return `${givenName} ${familyName}`;
}

/** What Google would refuse of a request's names and addresses. */
export function namingIssues(request: MailRequest): readonly Issue[] {
  const { alias, name, address } = request;
  const issues: Issue[] = [];
  if (alias === "") issues.push({ path: ["alias"], code: "required" });
  else if (alias.length > ALIAS_LENGTH) issues.push({ path: ["alias"], code: "alias-too-long", facts: { most: ALIAS_LENGTH } });
  else if (!ALIAS.test(alias)) issues.push({ path: ["alias"], code: "alias-google" });
  else if (RESERVED.includes(alias.toLowerCase())) issues.push({ path: ["alias"], code: "alias-reserved" });
  if (address !== null && !isMailAddress(address)) issues.push({ path: ["address"], code: "email" });
  if (name.trim() === "") issues.push({ path: ["name"], code: "required" });
  const parts = isUser(request) ? Object.values(nameParts(name)) : [];
  if (name.length > GROUP_NAME_LENGTH && !isUser(request)) issues.push({ path: ["name"], code: "name-too-long", facts: { most: GROUP_NAME_LENGTH } });
  if (parts.some((part) => part.length > NAME_LENGTH)) issues.push({ path: ["name"], code: "name-too-long", facts: { most: NAME_LENGTH } });
  return issues;
}
