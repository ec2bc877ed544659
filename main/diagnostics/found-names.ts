/** What names somebody wherever it stands in a text, although no configuration names it any more. */
import { isIP } from "node:net";

/** Picks the stand-in. */
export type FoundKind = "person" | "identifier" | "address" | "entry" | "path" | "profile" | "account" | "thumbprint" | "host";

export interface Found {
  readonly kind: FoundKind;
  readonly from: number;
  readonly to: number;
}

const component = String.raw`(?:DC=[\w-]+|(?:CN|OU|O|L|ST|C|UID|SERIALNUMBER|STREET|E|EMAILADDRESS)=(?:\\.|[^,;+"\\\n=])+)`;
const domains = "com|net|org|edu|gov|mil|int|info|biz|io|eu|local|lan|lab|corp|internal|intranet|home|ad|test|de|uk|fr|nl|be|lu|ch|at|es|pt|se|no|dk|fi|pl|cz|hu|ro|gr|ie|us|ca|mx|br|au|nz|jp|cn|ru|ua|tr|za";

/** Each begins where nothing of its kind stands before, so that a long line costs no more than it is long. */
const patterns: readonly (readonly [FoundKind, RegExp])[] = [
  ["person", /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?/gu],
  ["identifier", /(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])/gi],
  ["thumbprint", /(?<![0-9a-z])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-z])/gi],
  ["address", /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g],
  ["address", /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4})(?![\w:])/gi],
  ["entry", new RegExp(`(?<![\\w])${component}(?:\\s*[,+]\\s*${component})*`, "gi")],
  ["path", /(?<!\\)\\{2,}[^\s\\/:*?"<>|]+(?:\\+[^\s\\/:*?"<>|]+)+/g],
  ["profile", /(?<=[a-z]:\\{1,4}(?:Users|Documents and Settings)\\{1,4}|\/(?:home|Users)\/)[^\\/\s"']+/gi],
  ["account", /(?<![\w\\:/])[A-Z][A-Z0-9-]{1,14}\\{1,2}[\w.$-]+/g],
  ["host", new RegExp(`(?<![\\w@./\\\\-])(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+(?:${domains})(?![\\w(-]|\\.\\w)`, "giu")],
];

/** Of no customer: this computer itself, and no computer. */
const UNTOLD = /^(?:127\.|0\.0\.0\.0$|::1?$|255\.)/;

/** Places in the order of their beginnings, the longest first where several begin together. */
export function findNames(text: string): readonly Found[] {
  const found = patterns.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].flatMap(({ 0: match, index }) => {
      const isNone = kind === "address" && (isIP(match) === 0 || UNTOLD.test(match));
      return isNone ? [] : [{ kind, from: index, to: index + match.length }];
    }),
  );
  return found.toSorted((one, other) => one.from - other.from || other.to - one.to);
}
