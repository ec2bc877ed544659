/** What is wrong with a request by Exchange's rules. The directory's own (names and accounts that are taken) are not among them. */
import type { Issue } from "../../../../shared/fault.ts";
import type { MailRequest } from "../../../../shared/model/mail-object.ts";
import { parseDomain } from "../../../../shared/rules/host-name.ts";
import { textIssue } from "../../../../shared/rules/plain-text.ts";
import { isForwardedType } from "../../../../shared/rules/mail-types.ts";

/** Exchange's limits (learn.microsoft.com/powershell/module/exchange/new-distributiongroup: Alias, Name), and RFC 5321 4.5.3.1. */
export const ALIAS_LENGTH = 64;
const NAME_LENGTH = 64;
const LOCAL_LENGTH = 64;
const ADDRESS_LENGTH = 254;

/** RFC 5322 3.2.3 (atext), and U+00A1 to U+00FF, which Exchange takes in an alias besides and writes otherwise in addresses. */
const ALIAS_CHARACTER = /[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~.\u00A1-\u00FF]/u;
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(?:\.[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*$/;

/** Paths are the request's properties, one issue for each of them at most. */
export function requestIssues(request: MailRequest): readonly Issue[] {
  const { action, type, name, identity, alias, address, externalAddress } = request;
  const isNew = action === "create";
  const issues = [
    isNew ? nameIssue(name) : (identity ?? "") === "" ? issue("identity", "required") : textIssue(["identity"], identity ?? "", "expression"),
    action === "disable" ? null : aliasIssue(alias),
    action === "disable" || address === null ? null : addressIssue("address", address),
    action !== "disable" && isForwardedType(type) ? externalIssue(externalAddress) : null,
  ];
  return issues.filter((each) => each !== null);
}

function issue(path: keyof MailRequest, code: string, facts?: Issue["facts"]): Issue {
  return { path: [path], code, ...(facts === undefined ? {} : { facts }) };
}

/** Characters with a meaning in a distinguished name are escaped where one is made. */
function nameIssue(name: string): Issue | null {
  if (name.trim() === "") return issue("name", "required");
  if (name !== name.trim()) return issue("name", "blank-at-edge");
  if (name.length > NAME_LENGTH) return issue("name", "longer-than", { limit: NAME_LENGTH });
  return textIssue(["name"], name);
}

function aliasIssue(alias: string): Issue | null {
  if (alias === "") return issue("alias", "required");
  const character = Array.from(alias).find((each) => !ALIAS_CHARACTER.test(each));
  if (character !== undefined) return textIssue(["alias"], alias) ?? issue("alias", character === " " ? "alias-blank" : "alias-character", { character });
  if (/^\.|\.\.|\.$/.test(alias)) return issue("alias", "alias-dot");
  return alias.length > ALIAS_LENGTH ? issue("alias", "longer-than", { limit: ALIAS_LENGTH }) : null;
}

function externalIssue(address: string | null): Issue | null {
  return (address ?? "") === "" ? issue("externalAddress", "required") : addressIssue("externalAddress", address ?? "");
}

function addressIssue(path: "address" | "externalAddress", address: string): Issue | null {
  const at = address.lastIndexOf("@");
  const [local, domain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
  const read = parseDomain(domain);
  const isWhole = at > 0 && LOCAL_PART.test(local) && local.length <= LOCAL_LENGTH && address.length <= ADDRESS_LENGTH && read.ok && read.value === domain.toLowerCase();
  return isWhole ? null : (textIssue([path], address) ?? issue(path, "email"));
}
