/** Who may come in: a one-time code, swapped once for a token that lives in memory only. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../ports.ts";

const wrongTriesPerSecond = 5;

/** `used` and `wrong` look the same from outside; they differ for the log. */
export type Swap = { readonly token: string } | { readonly refused: "wrong" | "used" | "too-many" };

export interface Door {
  /** Valid until it is swapped. */
  readonly code: string;
  /** Swaps the code for the token, once. After five wrong tries within a second every try is refused until it is over. */
  swap(code: string): Swap;
  /** Whether a token is the one that was handed out. */
  admits(token: string): boolean;
  /** A new code in place of the old one, for opening the console again. The token stays. */
  renew(): string;
  /** A further token, for the command line beside a practice console. */
  grant(): string;
}

/** 256 random bits each; compared by digest, so that neither content nor length shows in the time it takes. */
export function createDoor(clock: Clock): Door {
  const token = secret();
  let code = secret();
  let open = true;
  let handedOut = false;
  let wrong: number[] = [];
  const granted: string[] = [];
  return {
    get code() {
      return code;
    },
    swap(given) {
      const now = clock.elapsed();
      wrong = wrong.filter((at) => now - at < 1000);
      if (wrong.length >= wrongTriesPerSecond) return { refused: "too-many" };
      const right = same(given, code);
      if (right && open) {
        open = false;
        handedOut = true;
        return { token };
      }
      wrong.push(now);
      return { refused: right ? "used" : "wrong" };
    },
    admits: (given) => [...(handedOut ? [token] : []), ...granted].some((valid) => same(given, valid)),
    renew() {
      code = secret();
      open = true;
      return code;
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
