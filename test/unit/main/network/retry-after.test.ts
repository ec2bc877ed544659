import { describe, expect, it } from "vitest";
import { LONGEST_RETRY_AFTER_MS, retryAfterMs, throttled } from "../../../../main/network/retry-after.ts";

const NOW = Date.parse("Wed, 25 Nov 2026 10:00:00 GMT");

describe("Retry-After", () => {
  it.each([
    [undefined, null],
    ["", null],
    ["soon", null],
    ["-5", null],
    ["1.5", null],
    ["1e9", null],
    ["0x10", null],
    ["Infinity", null],
    ["5 apples", null],
    ["30", 30_000],
    [" 30 ", 30_000],
    ["0", 0],
    ["3600", 3_600_000],
    // 24.8 days and more overflow the platform's timers.
    ["2147484", LONGEST_RETRY_AFTER_MS],
    ["9".repeat(400), LONGEST_RETRY_AFTER_MS],
    ["Wed, 25 Nov 2026 10:00:20 GMT", 20_000],
    ["Wednesday, 25-Nov-26 10:00:20 GMT", 20_000],
    ["Wed, 25 Nov 2026 09:00:00 GMT", 0],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_RETRY_AFTER_MS],
    ["Wed, 99 Nov 2026 10:00:20 GMT", null],
  ])("%j means %j ms", (asked, ms) => {
    expect(retryAfterMs({ "retry-after": asked }, NOW)).toBe(ms);
  });

  it("measures a date against the clock of the server that wrote it", () => {
    const weeksAgo = NOW - 21 * 86_400_000;
    expect(retryAfterMs({ "retry-after": "Wed, 25 Nov 2026 10:00:20 GMT", date: "Wed, 25 Nov 2026 10:00:00 GMT" }, weeksAgo)).toBe(20_000);
    expect(throttled({ "retry-after": "Wed, 25 Nov 2026 10:00:20 GMT", date: "Wed, 25 Nov 2026 10:00:00 GMT" }, weeksAgo)).toEqual({ kind: "throttled", until: weeksAgo + 20_000 });
    expect(throttled({}, NOW)).toEqual({ kind: "throttled", until: null });
  });
});
