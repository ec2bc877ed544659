/**
 * A grammar of .NET's regular expression syntax: expressions that .NET takes and such that it refuses, each with options and
 * texts to try it on. The same seed makes the same ones.
 */
import * as fc from "fast-check";

export interface PatternCase {
  readonly pattern: string;
  /** RegexOptions names joined by commas. */
  readonly options: string;
  readonly texts: readonly string[];
}

/** One of the words of a text; `␠` and `␤` stand for a space and a line feed in them. */
function oneOf(words: string): fc.Arbitrary<string> {
  return fc.constantFrom(...words.split(" ").map((word) => word.replaceAll("␠", " ").replaceAll("␤", "\n")));
}

const letter = oneOf("a a b b c c k i s _ 0 1 . - @ A é Ü ß σ Σ K ␠ #");
const literal = fc.oneof({ weight: 5, arbitrary: letter }, { weight: 1, arbitrary: oneOf("␤ / % = ! < > ' : , } ]") });
const escape = fc.oneof(
  oneOf("\\w \\d \\s \\W \\D \\S \\b \\B \\A \\z \\Z \\G ^ $ . \\t \\n \\e \\a \\v"),
  oneOf("\\x41 \\x61 \\u0062 \\u00e9 \\cA \\c[ \\060 \\07 \\0 \\141 \\. \\- \\@ \\␠ \\# \\< \\é"),
  oneOf("\\p{L} \\p{Lu} \\P{Nd} \\p{IsGreek} \\P{IsBasicLatin} \\p{Z} \\p{IsCyrillic} \\p{Pc} \\p{Cs}"),
);
const wrongEscape = oneOf("\\_ \\i \\h \\pL \\p{Foo} \\p{IsKlingon} \\p{L \\p \\x4 \\xg1 \\u00 \\c1 \\c \\y \\q \\k \\k< \\k<z> \\8 \\Q \\R \\");
const classItem = fc.oneof(
  { weight: 12, arbitrary: oneOf("a b c k i s 0 1 _ . - @ A Z ^ $ ( | é ]") },
  { weight: 8, arbitrary: oneOf("a-z A-Z 0-9 a-c +-- !-~ à-ÿ Α-Ω k-k") },
  { weight: 6, arbitrary: oneOf("\\w \\d \\s \\W \\S \\p{L} \\P{Lu} \\p{IsGreek} \\- \\] \\\\ \\b \\x41 \\u0061 \\n") },
  { weight: 1, arbitrary: oneOf("z-a a-\\d \\d-z \\_ \\pL [ [:alpha:] -[ \\x2 a-\\w") },
);
const characterClass = fc
  .tuple(fc.constantFrom("", "", "", "^"), fc.constantFrom("", "", "", "", "]", "-"), fc.array(classItem, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "", "", "", "-", "-[aeiou]", "-[^a-m]", "-[\\w-[b]]"))
  .map(([negation, first, items, last]) => `[${negation}${first}${items.join("")}${last}]`);
const reference = oneOf("\\1 \\1 \\1 \\2 \\k<n> \\k'n' \\<n> \\k<1> \\3 \\12");
const quantifier = fc.oneof(
  { weight: 20, arbitrary: fc.constant("") },
  { weight: 14, arbitrary: oneOf("* + ? *? +? ?? {2} {1,2} {1,} {0,3}? {0}") },
  { weight: 1, arbitrary: oneOf("{,3} {2,1} {99999999999} ** +* ?{2} { {a} {1 {1,2 ␠+ (?#c)* *??") },
);
const opening = fc.oneof(
  { weight: 24, arbitrary: oneOf("( ( ( (?: (?: (?<n> (?'n' (?<m>") },
  { weight: 16, arbitrary: oneOf("(?= (?! (?<= (?<! (?> (?i: (?-i: (?x: (?s-m: (?n:") },
  { weight: 4, arbitrary: oneOf("(?<1> (?<2> (?(1) (?(n) (?(?=a) (?(a) (?(?!b) (?(?<=c) (?<n-n> (?<-n> (?<m-1>") },
  { weight: 1, arbitrary: oneOf("(?y: (?<0> (?<n (?<> (?P<n> (? (?<a␠b> (?(9) (?(1a) (?(?#c) (?(?<n>a) (?'n> (?i") },
);
const loose = oneOf("(?i) (?x) (?s) (?-i) (?m) (?n) (?#note) (?im-sx) (?I) (?+i) #␠to␠the␠end␤");
const looseWrong = oneOf("(?#open ( ) [ * +");

const { pattern } = fc.letrec<{ pattern: string; part: string; group: string }>((tie) => ({
  pattern: fc.array(tie("part"), { minLength: 1, maxLength: 5 }).map((parts) => parts.join("")),
  group: fc
    .tuple(opening, fc.array(tie("pattern"), { minLength: 1, maxLength: 3 }))
    .map(([open, alternatives]) => `${open}${alternatives.join("|")})`),
  part: fc.oneof(
    { depthSize: "small", withCrossShrink: false },
    { weight: 40, arbitrary: fc.tuple(literal, quantifier).map((pair) => pair.join("")) },
    { weight: 24, arbitrary: fc.tuple(escape, quantifier).map((pair) => pair.join("")) },
    { weight: 16, arbitrary: fc.tuple(characterClass, quantifier).map((pair) => pair.join("")) },
    { weight: 24, arbitrary: fc.tuple(tie("group"), quantifier).map((pair) => pair.join("")) },
    { weight: 5, arbitrary: fc.tuple(reference, quantifier).map((pair) => pair.join("")) },
    { weight: 3, arbitrary: loose },
    { weight: 1, arbitrary: wrongEscape },
    { weight: 1, arbitrary: looseWrong },
  ),
}));

/** One expression in ten loses a character or gets one it did not ask for. */
const marred = fc.tuple(pattern, fc.nat(19), fc.nat(999), oneOf("( ) [ ] { } | ? * + \\ ^ $ - : < > ! = # '")).map(([whole, how, where, sign]) => {
  const at = where % whole.length;
  if (how === 0) return whole.slice(0, at) + whole.slice(at + 1);
  return how === 1 ? whole.slice(0, at) + sign + whole.slice(at) : whole;
});
const anchored = fc.tuple(fc.nat(2), marred).map(([how, whole]) => (how === 0 ? `^${whole}$` : whole));
const options = fc.oneof(
  { weight: 24, arbitrary: fc.constant("None") },
  { weight: 10, arbitrary: fc.constantFrom("IgnoreCase", "IgnoreCase, CultureInvariant", "IgnoreCase, Multiline, Singleline", "ECMAScript, IgnoreCase") },
  { weight: 10, arbitrary: oneOf("Multiline Singleline ExplicitCapture IgnorePatternWhitespace ECMAScript") },
  { weight: 1, arbitrary: fc.constantFrom("RightToLeft", "ECMAScript, Singleline", "NonBacktracking") },
);
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("anna.berg", "abba", "Ab1_", "", "a", "aa", "b-c", "info@", "kiss", "AAB.C", "a a", "1.0", "abcabc", "bbb") },
  { weight: 1, arbitrary: fc.constantFrom("a\n", "jürgen", "ÉCOLE", "straße", "ΑΣΣΑ", "σας", "K\u212ak", "a\r\nb", "\n", "a\u2028b", "😀a", "x\u0130i", "٣٤", "a\u200db", "\ud83d", "ab\n\n") },
  { weight: 4, arbitrary: fc.array(letter, { maxLength: 8 }).map((parts) => parts.join("")) },
);
const patternCase: fc.Arbitrary<PatternCase> = fc.record({ pattern: anchored, options, texts: fc.array(text, { minLength: 3, maxLength: 5 }) });

export function patternCases(seed: number, count: number): readonly PatternCase[] {
  return fc.sample(patternCase, { seed, numRuns: count });
}
