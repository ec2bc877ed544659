/**
 * What a person means by what was typed, pasted or written into a document: the value without what came along with it. One
 * rule for the page, for documents and for the command line. Only what lies around a value is taken away, so that nothing
 * inside changes unseen: a character there that has no place is refused, with its name and its place (plain-text.ts).
 */
import { UNSEEN } from "./plain-text.ts";

/**
 * `line`: a name in a person's own words. `account`: a user name or a mail address. `dns-name`: a domain or a host.
 * `guid`: an identifier. `tenant`: either of the last two.
 */
export const typedFormats = ["line", "account", "dns-name", "guid", "tenant"] as const;
export type TypedFormat = (typeof typedFormats)[number];

const AROUND = new RegExp(`^(?:\\s|${UNSEEN.source})+|(?:\\s|${UNSEEN.source})+$`, "gu");
/** As sentences, shells and tables quote. */
const QUOTED = /^(?:"([^"]*)"|'([^']*)'|`([^`]*)`|“([^“”]*)”|„([^„“”]*)[“”]|‘([^‘’]*)’|«([^«»]*)»)$/u;
/** As PowerShell and the registry write an identifier. */
const IN_BRACES = /^\{([0-9a-f-]*)\}$/i;
/** A web address that says nothing but its host. */
const HOST_OF_PAGE = /^https?:\/\/([^\s/?#@:]+)\/?$/i;

const withoutAround = (text: string) => text.replaceAll(AROUND, "");
const inside = (pattern: RegExp) => (text: string) => {
  const found = pattern.exec(text);
  return found === null ? text : withoutAround(found.slice(1).find((part) => part !== undefined) ?? "");
};
const unquoted = inside(QUOTED);
const unbraced = inside(IN_BRACES);
const hostOfPage = inside(HOST_OF_PAGE);

const STEPS = {
  line: [],
  account: [unquoted],
  "dns-name": [unquoted, hostOfPage],
  guid: [unquoted, unbraced],
  tenant: [unquoted, unbraced, hostOfPage],
} as const satisfies Record<TypedFormat, readonly ((text: string) => string)[]>;

/** The value as it is kept; read once more it stays as it is. Never for passwords: every character of theirs counts. */
export function readTyped(text: string, format: TypedFormat): string {
  const read = STEPS[format].reduce((value, step) => step(value), withoutAround(text));
  return read === text ? read : readTyped(read, format);
}
