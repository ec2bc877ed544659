/**
 * What two people read to each other when one console lets another one in: ten characters over the team and the new
 * console's keys. It covers a rogue request and a rogue team alike, and is stretched, so that keys with the same code are
 * not searched for: 50 bits, each guess a tenth of a second.
 */
import { scryptSync } from "node:crypto";
import { CODE_CHARACTERS, grouped } from "../../../shared/rules/enrolment-code.ts";

/** Crockford's alphabet: nothing in it is taken for something else. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** RFC 7914: 32 MiB and about 100 ms. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 };

/** `root` is the hash of the team's first entry; keys are in hex. Answers `ABCDE-FGHJK`. */
export function enrolmentCode(root: string, keys: { readonly seal: string; readonly sign: string }): string {
  const stretched = scryptSync(`${root}/${keys.seal}/${keys.sign}`, "messaging-console enrolment", 8, COST);
  let bits = stretched.readBigUInt64BE() >> 14n;
  let text = "";
  for (let i = 0; i < CODE_CHARACTERS; i += 1, bits >>= 5n) text = (ALPHABET[Number(bits & 31n)] ?? "") + text;
  return grouped(text);
}
