/** Passphrases of words: read out on the telephone, typed without a mistake, and guessed by nobody. */
import { randomInt } from "node:crypto";
import { wordlist } from "@scure/bip39/wordlists/english.js";

/** Each of 2,048 words is worth 11 bits, and scrypt makes each guess cost a second. */
const WORDS = 7;

export function suggestedPassphrase(): string {
  return Array.from({ length: WORDS }, () => wordlist[randomInt(wordlist.length)] ?? "").join("-");
}
