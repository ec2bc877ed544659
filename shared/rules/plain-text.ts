/** Text that people type, paste or write into files: characters that nobody sees have no place in it. */
import type { Issue } from "../fault.ts";

/** What cannot be seen and no control character: format and filler characters, separators, blanks that are no blanks. */
export const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\p{Variation_Selector}]|\u00A0|\u034F|[\u115F\u1160\u1680\u2000-\u200A\u202F\u205F\u2800\u3164\uFFA0]/u;
const CONTROL = /\p{Cc}/u;
/** Half of a surrogate pair, and what stands in the place of a character that could not be read. */
const BROKEN = /[\p{Cs}\uFFFD]/u;

/** `U+200B`. */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** `line`: names, accounts, hosts. `expression`: what may be about any character. `secret`: what may hold any character that is typed. */
export type TextUse = "line" | "expression" | "secret";

/** What a person finds it by: its name, and which character of the text it is, from 1 on. */
export function placeIn(text: string, pattern: RegExp): { readonly character: string; readonly position: number } | null {
  const found = pattern.exec(text);
  return found === null ? null : { character: codePoint(found[0]), position: Array.from(text.slice(0, found.index)).length + 1 };
}

/** The first character that has no place in a text, as an issue with that character and its place; null where there is none. Says nothing else about the text. */
export function textIssue(path: Issue["path"], text: string, use: TextUse = "line"): Issue | null {
  const found = (code: string, pattern: RegExp): Issue[] => {
    const facts = placeIn(text, pattern);
    return facts === null ? [] : [{ path, code, facts }];
  };
  const [issue = null] = [
    ...found("control-character", CONTROL),
    ...found("broken-character", BROKEN),
    ...(use === "line" ? found("invisible-character", UNSEEN) : []),
  ];
  return issue;
}
