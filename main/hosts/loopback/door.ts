/** Who may come in: one-time codes, each swapped once for a token that lives in memory only. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../ports.ts";

const wrongTriesPerSecond = 5;

/** `used` and `wrong` look the same from outside; they differ for the log. */
export type Swap = { readonly token: string } | { readonly refused: "wrong" | "used" | "too-many" };

export interface Door {
  /** Valid until it is swapped. */
  readonly code: string;
  /** Swaps a code for the token, once. After five wrong tries within a second every try is refused until it is over. */
  swap(code: string): Swap;
  /** Whether a token is the one that was handed out. */
  admits(token: string): boolean;
  /** A new code in place of the old one, for opening the console again. The token stays. */
  renew(): string;
  /** A further code for half a minute, for a tab that one inside lets in. Of more than a few that are not used the oldest goes. */
  invite(): string;
  /** A further token, for the command line beside a practice console. */
  grant(): string;
}

/** How long a tab may take that was let in by another one. */
const inviteLastsMs = 30_000;
const mostInvitations = 8;

interface Code {
  readonly text: string;
  readonly until: number;
  used: boolean;
}

/** 256 random bits each; compared by digest, so that neither content nor length shows in the time it takes. */
export function createDoor(clock: Clock): Door {
  const token = secret();
  const fresh = (until: number): Code => ({ text: secret(), until, used: false });
  let printed = fresh(Infinity);
  let invited: Code[] = [];
  let handedOut = false;
  let wrong: number[] = [];
  const granted: string[] = [];
  return {
    get code() {
      return printed.text;
    },
    swap(given) {
      const now = clock.elapsed();
      wrong = wrong.filter((at) => now - at < 1000);
      if (wrong.length >= wrongTriesPerSecond) return { refused: "too-many" };
      const [right] = [printed, ...invited].filter((code) => same(given, code.text) && now < code.until);
      if (right?.used === false) {
        right.used = true;
        handedOut = true;
        return { token };
      }
      wrong.push(now);
      return { refused: right === undefined ? "wrong" : "used" };
    },
    admits: (given) => [...(handedOut ? [token] : []), ...granted].some((valid) => same(given, valid)),
    renew() {
      printed = fresh(Infinity);
      return printed.text;
    },
    invite() {
      const code = fresh(clock.elapsed() + inviteLastsMs);
      invited = [...invited, code].slice(-mostInvitations);
      return code.text;
    },
    grant() {
      const further = secret();
      granted.push(further);
      return further;
    },
  };
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
