/** What may be the common name of an object in Active Directory. */
import type { Issue } from "../fault.ts";
import { textIssue } from "./plain-text.ts";

/** `rangeUpper` of the attribute `cn` (MS-ADA1), in units of UTF-16. */
export const LONGEST_NAME = 64;

/**
 * What is wrong with a name, as an issue; null for one that may be. Control characters have no place in it, a line feed least of all: it
 * marks the names of conflict objects (MS-ADTS 3.1.1.5.1.2). Blanks around it would be lost on the way.
 */
export function objectNameIssue(path: Issue["path"], name: string): Issue | null {
  if (name.trim() === "") return { path, code: "required" };
  const unseen = textIssue(path, name, "expression");
  if (unseen !== null) return unseen;
  return name.length > LONGEST_NAME ? { path, code: "object-name-long", facts: { most: LONGEST_NAME, length: name.length } } : null;
}
