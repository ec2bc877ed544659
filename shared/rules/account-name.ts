/** What may be the name of an account in Active Directory: `sAMAccountName`, the name before Windows 2000. */
import type { Issue } from "../fault.ts";
import { textIssue } from "./plain-text.ts";

/**
 * Longest names: the security accounts manager's limit for users (MS-SAMR 3.1.1.6; Microsoft, "sAMAccountName attribute"), the schema's
 * for groups (`rangeUpper`).
 */
const LONGEST = { user: 20, group: 256 } as const;
/** Not in a name: Microsoft, "Naming conventions in Active Directory"; `@` would make a sign-in name of it. */
const REFUSED = /["/\\[\]:;|=,+*?<>@]/;

export type AccountKind = keyof typeof LONGEST;

/** What is wrong with an account name, as an issue; null for one that may be. Whether somebody has it only the directory knows. */
export function accountNameIssue(path: Issue["path"], name: string, kind: AccountKind): Issue | null {
  if (name.trim() === "") return { path, code: "required" };
  const unseen = textIssue(path, name);
  if (unseen !== null) return unseen;
  const character = REFUSED.exec(name)?.[0];
  if (character !== undefined) return { path, code: "account-name-character", facts: { character } };
  if (name.length > LONGEST[kind]) return { path, code: "account-name-long", facts: { most: LONGEST[kind], length: name.length } };
  return name.endsWith(".") ? { path, code: "account-name-dot" } : null;
}
