/** What Unicode's tables say about a code unit: .NET's expressions see UTF-16, unit by unit. */

export type UnitTest = (unit: number) => boolean;

const CATEGORIES = "Lu|Ll|Lt|Lm|Lo|Mn|Mc|Me|Nd|Nl|No|Zs|Zl|Zp|Cc|Cf|Cs|Co|Pc|Pd|Ps|Pe|Pi|Pf|Po|Sm|Sc|Sk|So|Cn".split("|");
const TESTS = CATEGORIES.map((category) => new RegExp(`^\\p{${category}}$`, "u"));
const known = new Map<number, string>();

function categoryOf(unit: number): string {
  const remembered = known.get(unit);
  if (remembered !== undefined) return remembered;
  const character = String.fromCharCode(unit);
  const category = CATEGORIES[TESTS.findIndex((test) => test.test(character))] ?? "Cn";
  known.set(unit, category);
  return category;
}

/** The test of a general category or a group of them by its name in \p{…}; null for a name that .NET does not know. */
export function categoryTest(name: string): UnitTest | null {
  if (CATEGORIES.includes(name)) return (unit) => categoryOf(unit) === name;
  return /^[CLMNPSZ]$/.test(name) ? (unit) => categoryOf(unit).startsWith(name) : null;
}

/** Letters that have a case: what \p{Lu}, \p{Ll} and \p{Lt} all stand for regardless of case. */
export const isCased: UnitTest = (unit) => /^L[ult]$/.test(categoryOf(unit));

export const isDigit: UnitTest = (unit) => categoryOf(unit) === "Nd";

/** What \w stands for. */
export const isWord: UnitTest = (unit) => /^(?:L.|Mn|Nd|Pc)$/.test(categoryOf(unit));

/** What \b and names of groups count as a word: the joiners too (UTS 18, Annex C). */
export const isBoundaryWord: UnitTest = (unit) => isWord(unit) || unit === 0x200c || unit === 0x200d;

/** What \s stands for; JavaScript's counts U+FEFF in and U+0085 out. */
export const isSpace: UnitTest = (unit) => /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(String.fromCharCode(unit));

export type Range = readonly [first: number, last: number];

/** What \d, \w and \s stand for under the option ECMAScript: the I with a dot is in .NET's list. */
export const ecmaRanges: Readonly<Record<"d" | "w" | "s", readonly Range[]>> = {
  d: [[0x30, 0x39]],
  w: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x5f, 0x5f],
    [0x61, 0x7a],
    [0x130, 0x130],
  ],
  s: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
};

export const isEcmaWord: UnitTest = (unit) => isIn(ecmaRanges.w, unit);

function isIn(ranges: readonly Range[], unit: number): boolean {
  return ranges.some(([first, last]) => first <= unit && unit <= last);
}

/** What has had its category and case since Unicode 8, which the oldest supported .NET brings: first and last of each stretch. */
const SETTLED: readonly Range[] = [
  [0x0000, 0x024f],
  [0x0370, 0x03ff],
  [0x0400, 0x052f],
  [0x05d0, 0x05ea],
  [0x0621, 0x064a],
  [0x0660, 0x0669],
  [0x0904, 0x0939],
  [0x0966, 0x096f],
  [0x0e01, 0x0e3a],
  [0x0e50, 0x0e59],
  [0x1e00, 0x1fff],
  [0x2000, 0x20b5],
  [0x2100, 0x214f],
  [0x2190, 0x22ff],
  [0x3000, 0x30ff],
  [0x4e00, 0x9fa5],
  [0xac00, 0xd7a3],
  [0xd800, 0xf8ff],
  [0xfe0f, 0xfe0f],
  [0xff00, 0xffef],
];

/** Whether every Unicode version in use says the same about it. */
export const isSettled: UnitTest = (unit) => isIn(SETTLED, unit);

function lowerOf(unit: number): number {
  const lower = String.fromCharCode(unit).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : unit;
}

let byLower: ReadonlyMap<number, readonly number[]> | null = null;

/** Most letters are alone with their other case; some are three, such as K, k and the Kelvin sign. */
function tableByLower(): ReadonlyMap<number, readonly number[]> {
  const table = new Map<number, number[]>();
  for (let unit = 0; unit <= 0xffff; unit += 1) {
    const lower = lowerOf(unit);
    const same = table.get(lower);
    if (same === undefined) table.set(lower, [unit]);
    else same.push(unit);
  }
  return table;
}

const basicLatin = Array.from({ length: 0x80 }, (_none, unit) => {
  const character = String.fromCharCode(unit);
  const cases = [character.toUpperCase(), character.toLowerCase(), ...(/k/i.test(character) ? ["\u212a"] : [])];
  return [...new Set(cases)].map((one) => one.charCodeAt(0));
});

/** All units that are the same regardless of case in the invariant culture, itself included: those with one lower case. */
export function sameIgnoringCase(unit: number): readonly number[] {
  const basic = basicLatin[unit];
  if (basic !== undefined) return basic;
  byLower ??= tableByLower();
  return byLower.get(lowerOf(unit)) ?? [unit];
}
