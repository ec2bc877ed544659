/**
 * First passwords of new users. What Active Directory accepts by its complexity rule: characters of three categories, and neither the account name
 * nor a part of the display name (Microsoft, "Password must meet complexity requirements"). Entra ID asks for three of four categories as well
 * (Microsoft, "Microsoft Entra password policies").
 */
import { randomInt } from "node:crypto";
import type { Issue } from "../../shared/fault.ts";
import type { characterClasses, GeneratedPasswords, PasswordPolicy } from "../../shared/model/password-policy.ts";
import { readRecipients } from "./recipients.ts";

type CharacterClass = (typeof characterClasses)[number];

const CATEGORIES_LEAST = 3;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
/** Read aloud, printed or copied by hand, each is taken for another one: 0 O o, 1 l I |, 5 S, 2 Z, 8 B. */
const LOOK_ALIKES = "0Oo1lI|5S2Z8B";
/** Of ASCII alone: currency signs and letters with marks count for neither directory as special, and are missing on some keyboards. */
const SPECIAL = /^[!-/:-@[-`{-~]$/;
/** What a display name is taken apart at, and from which length on a part counts (Microsoft, as above). */
const BETWEEN_PARTS = /[,.\-_ #\t]+/;
const PART_LEAST = 3;
/** A password holds a part of a name once in some thousand. Where a policy leaves so few characters that each of these does, the directory says so. */
const TRIES = 100;

/** A random number from 0 up to, and without, `below`. */
export type Random = (below: number) => number;

/**
 * A password with at least one character of each class, the others from all of them, in any order. None holds what stands in `names`: the account
 * name, and the parts of the display name, compared without case. The policy is one that {@link passwordIssues} finds nothing in.
 */
export function generatePassword(policy: GeneratedPasswords, names: readonly string[] = [], random: Random = randomInt): string {
  const parts = names.flatMap((name) => [name, ...name.split(BETWEEN_PARTS)]).filter((part) => part.length >= PART_LEAST).map((part) => part.toLowerCase());
  for (let attempt = 1; ; attempt += 1) {
    const password = compose(policy, random);
    if (attempt === TRIES || !parts.some((part) => password.toLowerCase().includes(part))) return password;
  }
}

function compose(policy: GeneratedPasswords, random: Random): string {
  const alphabets = classesOf(policy).map((one) => alphabetOf(policy, one));
  const all = alphabets.join("");
  const sources = Array.from({ length: Math.max(policy.length, alphabets.length) }, (_, index) => alphabets[index] ?? all);
  return shuffle(sources.map((alphabet) => alphabet.charAt(random(alphabet.length))), random).join("");
}

/** Fisher and Yates: every order is as likely as any other. */
function shuffle(characters: readonly string[], random: Random): readonly string[] {
  const shuffled = [...characters];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const chosen = random(last + 1);
    [shuffled[last], shuffled[chosen]] = [shuffled[chosen] ?? "", shuffled[last] ?? ""];
  }
  return shuffled;
}

function classesOf({ classes }: GeneratedPasswords): readonly CharacterClass[] {
  return [...new Set(classes)];
}

function alphabetOf({ specials, noLookAlikes }: GeneratedPasswords, of: CharacterClass): string {
  const whole = { upper: LETTERS.toUpperCase(), lower: LETTERS, digit: DIGITS, special: [...new Set(specials)].filter((character) => SPECIAL.test(character)).join("") }[of];
  return Array.from(whole).filter((character) => !noLookAlikes || !LOOK_ALIKES.includes(character)).join("");
}

/**
 * What is wrong with a policy, by paths into `password`: `too-few-classes`, `too-short-for-classes`, `specials-missing` where none are left to
 * choose from, `not-a-special` (`characters`), and what {@link readRecipients} finds.
 */
export async function passwordIssues(policy: PasswordPolicy): Promise<readonly Issue[]> {
  return policy.kind === "typed" ? [] : [...classIssues(policy), ...(await readRecipients(policy.recipients)).issues];
}

function classIssues(policy: GeneratedPasswords): readonly Issue[] {
  const classes = classesOf(policy);
  const hasSpecials = classes.includes("special");
  const others = [...new Set(policy.specials)].filter((character) => !SPECIAL.test(character)).join(" ");
  const found: readonly (Issue | false)[] = [
    classes.length < CATEGORIES_LEAST && { path: ["password", "classes"], code: "too-few-classes", facts: { least: CATEGORIES_LEAST } },
    policy.length < classes.length && { path: ["password", "length"], code: "too-short-for-classes", facts: { least: classes.length } },
    hasSpecials && others !== "" && { path: ["password", "specials"], code: "not-a-special", facts: { characters: others } },
    hasSpecials && others === "" && alphabetOf(policy, "special") === "" && { path: ["password", "specials"], code: "specials-missing" },
  ];
  return found.filter((issue) => issue !== false);
}
