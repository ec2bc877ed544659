/**
 * The code units that occur in the inputs, the basic Latin ones in any case. A set of a pattern matters only as far as it
 * holds these: so .NET's sets are written for JavaScript exactly, and shortly.
 */
import { isSettled } from "./unicode.ts";

export interface Alphabet {
  /** In ascending order. */
  readonly units: readonly number[];
  readonly isAscii: boolean;
  readonly hasLineFeed: boolean;
  /** Whether Unicode's versions agree about all of them. */
  readonly isSettled: boolean;
  /** Whether there is an i with or without a dot, which cultures pair up differently with i and I. */
  readonly holdsTurkishI: boolean;
}

const ASCII = Array.from({ length: 0x80 }, (_none, unit) => unit);

/** Of all inputs, joined. */
export function alphabetOf(text: string): Alphabet {
  const hasLineFeed = text.includes("\n");
  // Counting octets takes a fifth of what an expression takes.
  if (Buffer.byteLength(text) === text.length) return { units: ASCII, isAscii: true, hasLineFeed, isSettled: true, holdsTurkishI: false };
  const seen = new Uint8Array(0x10000);
  for (let i = 0; i < text.length; i += 1) seen[text.charCodeAt(i)] = 1;
  const beyond = Array.from(seen, (isSeen, unit) => (isSeen === 1 && unit >= 0x80 ? unit : -1)).filter((unit) => unit !== -1);
  return {
    units: [...ASCII, ...beyond],
    isAscii: false,
    hasLineFeed,
    isSettled: beyond.every(isSettled),
    holdsTurkishI: seen[0x130] === 1 || seen[0x131] === 1,
  };
}
