/**
 * Alias rules of well-known mail systems, to begin with. Each pattern is anchored and uses only what .NET and JavaScript
 * read the same way for an alias that is a single line. No pattern repeats a repetition of the same characters, so none
 * of them can run away on a long alias.
 */
import type { AliasPresetId } from "./alias-preset-ids.ts";

export interface AliasPreset {
  readonly id: AliasPresetId;
  /** Null where the mail system has one's own domain: what was entered stays. */
  readonly domain: string | null;
  /** Characters before the @. */
  readonly maximumLength: number;
  readonly pattern: string;
}

/** Parts of these characters, with single dots between them: a dot-atom (RFC 5322, 3.2.3). */
function dotted(characters: string): string {
  return `^[${characters}]+(?:\\.[${characters}]+)*$`;
}

/** In the order of the menu. */
export const aliasPresets: readonly AliasPreset[] = [
  // 6 to 30 letters and digits; single dots between them do not count (Gmail help, "Create a username").
  { id: "gmail", domain: "gmail.com", maximumLength: 30, pattern: "^[A-Za-z0-9](?:\\.?[A-Za-z0-9]){5,29}$" },
  // 4 to 32 characters, a letter first, single underscores and one dot, neither of them at the end.
  {
    id: "yahoo",
    domain: "yahoo.com",
    maximumLength: 32,
    pattern: "^(?=[A-Za-z0-9._]{4})[A-Za-z](?:_?[A-Za-z0-9])*(?:\\.[A-Za-z0-9](?:_?[A-Za-z0-9])*)?$",
  },
  { id: "google-groups", domain: "googlegroups.com", maximumLength: 64, pattern: dotted("A-Za-z0-9_-") },
  // What Exchange takes in an alias, without the characters that Entra Connect cannot carry over.
  { id: "exchange-online", domain: null, maximumLength: 64, pattern: dotted("A-Za-z0-9!#%*+/=?^_~-") },
  // What Entra takes before the @ of a user's sign-in name.
  { id: "office365", domain: null, maximumLength: 64, pattern: dotted("A-Za-z0-9'!#^_~-") },
  // Any local part that needs no quotation marks (RFC 5321, 4.1.2).
  { id: "custom", domain: null, maximumLength: 64, pattern: dotted("A-Za-z0-9!#$%&'*+/=?^_`{|}~-") },
];

/** The preset of an identifier. */
export function aliasPreset(id: AliasPresetId): AliasPreset {
  const preset = aliasPresets.find((candidate) => candidate.id === id);
  if (preset === undefined) throw new Error(`no alias preset ${id}`);
  return preset;
}
