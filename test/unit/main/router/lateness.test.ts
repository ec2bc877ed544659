import { describe, expect, it } from "vitest";
import { refuseTooLate } from "../../../../main/router/lateness.ts";
import { TOO_LATE_AFTER_MS } from "../../../../shared/rules/liveness.ts";

const NOW = 1_000_000;
const call = (headers: Readonly<Record<string, string>>) => refuseTooLate({ elapsed: () => NOW })({ request: { headers }, next: () => "done" });

describe("a call", () => {
  it("is refused whose sender had heard nothing for so long that it was given up", () => {
    expect(() => call({ heard: String(NOW - TOO_LATE_AFTER_MS - 1) })).toThrow(expect.objectContaining({ code: "TOO_LATE" }));
    expect(() => call({ heard: String(NOW - 60_000) })).toThrow(expect.objectContaining({ code: "TOO_LATE" }));
  });

  it("is let through from who has just heard main, and from who never listens", () => {
    expect(call({ heard: String(NOW - 1_000) })).toBe("done");
    expect(call({})).toBe("done");
  });
});
