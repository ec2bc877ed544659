import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../../../shared/fault.ts";
import type { CheckResult, RungResult } from "../../../../shared/model/mail-server.ts";
import {
  CHANGING_INTERVAL_MS,
  detectionPromise,
  nextDelay,
  transition,
  UNCHECKED,
  verdictOf,
  type CheckVerdict,
  type HealthTrack,
} from "../../../../shared/rules/health.ts";

const refused: Fault = { kind: "unreachable", rung: "tcp", reason: "refused" };
const verdicts: Readonly<Record<string, CheckVerdict>> = {
  "+": { verdict: "up", ms: 12, depth: "health-check" },
  "-": { verdict: "down", reason: refused },
  "?": { verdict: "unknown", why: "no-network" },
};

/** Feeds one sign a second, beginning at second 1. */
function after(signs: string): HealthTrack {
  return signs.split("").reduce<HealthTrack>((track, sign, index) => {
    const verdict = verdicts[sign];
    if (verdict === undefined) throw new Error(sign);
    return transition(track, verdict, (index + 1) * 1000);
  }, UNCHECKED);
}

/** State, since in seconds, and the count that goes with it. */
function summary({ health }: HealthTrack): string {
  if (health.state === "unchecked") return "unchecked";
  const since = health.since / 1000;
  if (health.state === "unstable") return `unstable ${since} fails ${health.fails}`;
  return health.state === "offline" ? `offline ${since} recovering ${health.recovering}` : `${health.state} ${since}`;
}

describe("health", () => {
  it.each([
    ["", "unchecked"],
    ["+", "online 1"],
    ["-", "offline 1 recovering 0"],
    ["?", "unknown 1"],
    ["++", "online 1"],
    ["+-", "unstable 2 fails 1"],
    ["+--", "unstable 2 fails 2"],
    ["+---", "offline 4 recovering 0"],
    ["+----", "offline 4 recovering 0"],
    ["+-+", "online 1"],
    ["+--+", "online 1"],
    ["+--+--", "unstable 5 fails 2"],
    ["+---+", "offline 4 recovering 1"],
    ["+---+-", "offline 4 recovering 0"],
    ["+---+-+", "offline 4 recovering 1"],
    ["+---++", "online 6"],
    ["-+", "offline 1 recovering 1"],
    ["-++", "online 3"],
    ["+?", "unknown 2"],
    ["+??", "unknown 2"],
    ["+?+", "online 3"],
    ["+?-", "unstable 3 fails 1"],
    ["+?---", "offline 5 recovering 0"],
    ["-?-", "offline 3 recovering 0"],
    ["?-", "offline 2 recovering 0"],
    ["-?+", "online 3"],
  ])("after %j is %s", (signs, expected) => {
    expect(summary(after(signs))).toBe(expected);
  });

  it("never goes from online to offline in fewer than three failures, nor back in fewer than two successes", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("+", "-"), { minLength: 2, maxLength: 40 }), (signs) => {
        const states = signs.map((_, index) => after(signs.slice(0, index + 1).join("")).health.state);
        const hasty = signs.filter((_, index) => {
          const [before, now] = [states[index - 1], states[index]];
          const last = (count: number) => signs.slice(Math.max(0, index + 1 - count), index + 1).join("");
          const fell = now === "offline" && before !== undefined && before !== "offline";
          return (fell && last(3) !== "---") || (now === "online" && before === "offline" && last(2) !== "++");
        });
        expect(hasty).toEqual([]);
      }),
    );
  });

  it("keeps the newest reason of an offline server", () => {
    const gone: Fault = { kind: "unreachable", rung: "dns", reason: "name-not-found" };
    expect(transition(after("-"), { verdict: "down", reason: gone }, 9000).health).toMatchObject({ since: 1000, reason: gone });
  });
});

describe("the verdict of a check", () => {
  const rung = (name: RungResult["rung"], outcome: RungResult["outcome"]): RungResult => ({ rung: name, ms: 3, outcome });
  const passed = { state: "passed", answer: null } as const;
  const check = (...rungs: RungResult[]): CheckResult => ({ at: 0, ms: 9, rungs, certificateExpiresAt: null });

  it("is the deepest rung that passed", () => {
    const skipped = rung("sign-in", { state: "skipped", why: "no-credentials" });
    expect(verdictOf(check(rung("dns", passed), rung("health-check", passed), skipped))).toEqual({ verdict: "up", ms: 9, depth: "health-check" });
  });

  it("counts a rung with a finding as one that passed", () => {
    const findings = [{ reason: "name-mismatch", detail: "mail.contoso.lab" } as const];
    expect(verdictOf(check(rung("dns", passed), rung("tls", { state: "finding", answer: "TLSv1.3", findings })))).toEqual({ verdict: "up", ms: 9, depth: "tls" });
  });

  it("is the first rung that failed", () => {
    const result = check(rung("dns", passed), rung("tcp", { state: "failed", fault: refused }), rung("tls", { state: "skipped", why: "earlier-rung" }));
    expect(verdictOf(result)).toEqual({ verdict: "down", reason: refused });
  });

  it("says nothing against the server when this machine could not look", () => {
    const lost: Fault = { kind: "unreachable", rung: "dns", reason: "dns-failed" };
    const waiting: Fault = { kind: "unreachable", rung: "dns", reason: "not-looked-up" };
    const sealed: Fault = { kind: "unreadable", what: "secret-unreadable" };
    expect(verdictOf(check(rung("dns", { state: "failed", fault: lost })), true)).toEqual({ verdict: "unknown", why: "no-network" });
    expect(verdictOf(check(rung("dns", { state: "failed", fault: lost })))).toEqual({ verdict: "down", reason: lost });
    expect(verdictOf(check(rung("dns", { state: "failed", fault: waiting })))).toEqual({ verdict: "none" });
    expect(verdictOf(check(rung("sign-in", { state: "failed", fault: sealed })))).toEqual({ verdict: "unknown", why: "signed-out" });
  });
});

describe("the rhythm", () => {
  it("varies by 5% and is faster while a server is changing", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
        for (const [signs, base] of [["+", 10_000], ["-", 10_000], ["+-", CHANGING_INTERVAL_MS], ["-+", CHANGING_INTERVAL_MS]] as const) {
          const delay = nextDelay(after(signs).health, 10_000, random);
          expect(delay).toBeGreaterThanOrEqual(base * 0.95);
          expect(delay).toBeLessThanOrEqual(base * 1.05);
        }
      }),
    );
  });

  it("promises when a failure is shown", () => {
    expect(detectionPromise(10_000)).toBe(44_700);
    expect(detectionPromise(10_000, 0)).toBe(14_700);
  });
});
