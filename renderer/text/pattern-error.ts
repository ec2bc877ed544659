/** A refused expression in words, and the place in it that is to blame. */
import type { PatternError, PatternReason } from "../../shared/model/alias.ts";
import { say } from "./text.ts";

/** What lacks something behind the last character. */
const LACKING: readonly PatternReason[] = [
  "insufficient-closing-parentheses",
  "unterminated-bracket",
  "unterminated-comment",
  "unescaped-ending-backslash",
  "missing-control-character",
];

/** The index of the character that .NET had read last; the pattern's length where something lacks behind the end. Null for no place. */
export function blamedIndex(pattern: { readonly length: number }, { reason, offset }: PatternError): number | null {
  if (offset === null) return null;
  return offset >= pattern.length && LACKING.includes(reason) ? pattern.length : Math.max(0, offset - 1);
}

/** The reason with what to do, and the place. */
export function patternErrorText(pattern: { readonly length: number }, error: PatternError): string {
  const at = blamedIndex(pattern, error);
  const sentence = say(`alias-syntax.${error.reason}`);
  if (at === null) return sentence;
  return `${sentence} ${at >= pattern.length ? say("alias-syntax.at-end") : say("alias-syntax.at-character", { position: at + 1 })}`;
}
