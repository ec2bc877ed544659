/** First passwords: what is in each, and that nothing can be said of the next one. */
import { randomInt } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generatePassword, passwordIssues, type Random } from "../../../../main/jobs/passwords.ts";
import { makeIdentity, recipientOf } from "../../../../main/handover/recipient.ts";
import { characterClasses, type GeneratedPasswords } from "../../../../shared/model/password-policy.ts";

const policy: GeneratedPasswords = { kind: "generated", length: 14, classes: [...characterClasses], specials: "!#$%*+-=?@_", noLookAlikes: true, recipients: [] };
const alphabets = { upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", lower: "abcdefghijklmnopqrstuvwxyz", digit: "0123456789", special: policy.specials };
const many = (of: GeneratedPasswords, count: number, random: Random = randomInt) => Array.from({ length: count }, () => generatePassword(of, [], random));
const holds = (password: string, alphabet: string) => Array.from(password).some((character) => alphabet.includes(character));

/** Numbers that are the same in each run of the tests (a linear congruential generator, its higher bits). */
function seeded(seed: number): Random {
  let state = BigInt(seed);
  return (below) => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
    return Number((state >> 11n) % BigInt(below));
  };
}

/** Pearson's statistic of how often each of `kinds` comes, where all are as likely. Its mean is their number less one, its variance twice that. */
function chiSquare(seen: readonly string[], kinds: readonly string[]): number {
  const expected = seen.length / kinds.length;
  const counts = Map.groupBy(seen, (one) => one);
  return kinds.reduce((sum, kind) => sum + ((counts.get(kind)?.length ?? 0) - expected) ** 2 / expected, 0);
}

/** So many standard deviations above the mean: never by chance. */
const bound = (kinds: number, deviations: number) => kinds - 1 + deviations * Math.sqrt(2 * (kinds - 1));

describe("a first password", () => {
  it("is as long as asked for, and holds each class and nothing else, ten thousand times", () => {
    const passwords = many(policy, 10_000);
    expect(passwords.filter((password) => password.length !== policy.length)).toEqual([]);
    expect(passwords.filter((password) => !Object.values(alphabets).every((alphabet) => holds(password, alphabet)))).toEqual([]);
    expect(passwords.filter((password) => !/^[A-Za-z0-9!#$%*+\-=?@_]{14}$/.test(password))).toEqual([]);
  });

  it("has nothing that is taken for something else, where that is asked for", () => {
    const alike = "0Oo1lI|5S2Z8B";
    const specials = { ...policy, specials: "|!" };
    expect(many(specials, 5_000).filter((password) => holds(password, alike))).toEqual([]);
    const all = new Set(many({ ...specials, noLookAlikes: false }, 5_000).join(""));
    expect(Array.from(alike).filter((character) => !all.has(character))).toEqual([]);
  });

  it("is never the same one, of a hundred thousand", () => {
    expect(new Set(many({ ...policy, length: 12 }, 100_000)).size).toBe(100_000);
  });

  it.each([
    { what: "by a seed", random: seeded(20_261_125), deviations: 5 },
    { what: "by the system", random: randomInt, deviations: 12 },
  ])("has every character as often as others of its class, at every place ($what)", ({ random, deviations }) => {
    const plain = { ...policy, classes: ["upper", "lower", "digit"] as const, noLookAlikes: false };
    const passwords = many({ ...plain, classes: [...plain.classes] }, 20_000, random);
    for (const name of plain.classes) {
      const alphabet = alphabets[name];
      const seen = passwords.flatMap((password) => Array.from(password).filter((character) => alphabet.includes(character)));
      expect(chiSquare(seen, Array.from(alphabet))).toBeLessThan(bound(alphabet.length, deviations));
      // Where characters of a class stand: each place as often as any other.
      const places = passwords.flatMap((password) => Array.from(password).flatMap((character, place) => (alphabet.includes(character) ? [String(place)] : [])));
      expect(chiSquare(places, Array.from({ length: policy.length }, (_, place) => String(place)))).toBeLessThan(bound(policy.length, deviations));
    }
  });

  it("is put into every order as often", () => {
    // Three classes with one character each: six orders of three.
    const short: GeneratedPasswords = { ...policy, length: 3, classes: ["upper", "lower", "digit"] };
    const random = seeded(7);
    const orders = many(short, 12_000, random).map((password) => Array.from(password).map((character) => (/[A-Z]/.test(character) ? "A" : /[a-z]/.test(character) ? "a" : "0")).join(""));
    expect(chiSquare(orders, ["Aa0", "A0a", "aA0", "a0A", "0Aa", "0aA"])).toBeLessThan(bound(6, 5));
  });

  it("holds no name, nor a part of one, whatever its letters' case", () => {
    // Few characters, so that the parts come by themselves.
    const few: GeneratedPasswords = { ...policy, length: 8, classes: ["digit"] };
    const names = ["a.397", "Maier 463-794"];
    const has = (password: string) => ["397", "463", "794"].some((part) => password.includes(part));
    expect(many(few, 2_000).filter(has).length).toBeGreaterThan(0);
    expect(Array.from({ length: 2_000 }, () => generatePassword(few, names)).filter(has)).toEqual([]);
    const letters: GeneratedPasswords = { ...policy, length: 99, classes: ["lower"], specials: "" };
    expect(Array.from({ length: 500 }, () => generatePassword(letters, ["ABC", "XY", ""])).filter((password) => password.includes("abc"))).toEqual([]);
  });

  it("comes also where every one holds a part of a name", () => {
    expect(generatePassword({ ...policy, length: 8, classes: ["special"], specials: "#" }, ["###"])).toBe("########");
  });

  it("is what the policy says, whichever it is", () => {
    const any = fc.record({ length: fc.integer({ min: 8, max: 99 }), classes: fc.uniqueArray(fc.constantFrom(...characterClasses), { minLength: 1 }), noLookAlikes: fc.boolean(), seed: fc.nat() });
    fc.assert(
      fc.property(any, ({ seed, ...rest }) => {
        const password = generatePassword({ ...policy, ...rest }, [], seeded(seed));
        expect(password).toHaveLength(rest.length);
        for (const name of characterClasses) expect(holds(password, alphabets[name])).toBe(rest.classes.includes(name));
      }),
    );
  });
});

describe("a policy", () => {
  const key = async () => recipientOf(await makeIdentity());
  const codes = async (changed: Partial<GeneratedPasswords>) => passwordIssues({ ...policy, recipients: [await key()], ...changed });

  it("of passwords that are typed has nothing wrong", async () => {
    expect(await passwordIssues({ kind: "typed" })).toEqual([]);
  });

  it("is sound with three classes, and with keys as people paste them", async () => {
    expect(await codes({ classes: ["upper", "lower", "digit"], specials: "" })).toEqual([]);
    expect(await codes({ recipients: [await key(), ` ${(await key()).toUpperCase()} `] })).toEqual([]);
  });

  it("with fewer classes than Active Directory wants is told", async () => {
    const issue = { path: ["password", "classes"], code: "too-few-classes", facts: { least: 3 } };
    expect(await codes({ classes: ["upper", "lower"] })).toEqual([issue]);
    expect(await codes({ classes: ["upper", "lower", "upper"] })).toEqual([issue]);
  });

  it("has room for each class", async () => {
    expect(await codes({ length: 3 })).toEqual([{ path: ["password", "length"], code: "too-short-for-classes", facts: { least: 4 } }]);
  });

  it.each(["", "|", "||"])("has special characters to choose from, and %j is none", async (specials) => {
    expect(await codes({ specials })).toEqual([{ path: ["password", "specials"], code: "specials-missing" }]);
  });

  it("takes for special what both directories do", async () => {
    expect(await codes({ specials: "!a€ü!" })).toEqual([{ path: ["password", "specials"], code: "not-a-special", facts: { characters: "a € ü" } }]);
    expect(await codes({ specials: "~!@#$%^&*_-+=`|\\(){}[]:;\"'<>,.?/" })).toEqual([]);
    expect(new Set(many({ ...policy, specials: "!a€ü!" }, 500).join("").replaceAll(/[A-Za-z0-9]/g, ""))).toEqual(new Set("!"));
  });

  it("hands passwords over to somebody, and never repeats what is no key", async () => {
    expect(await codes({ recipients: [] })).toEqual([{ path: ["password", "recipients"], code: "recipients-missing" }]);
    const secret = await makeIdentity();
    const issues = await codes({ recipients: ["somebody", await key(), secret] });
    expect(issues).toEqual([
      { path: ["password", "recipients", 0], code: "recipient-none" },
      { path: ["password", "recipients", 2], code: "recipient-secret" },
    ]);
    expect(JSON.stringify(issues)).not.toContain(secret);
  });
});
