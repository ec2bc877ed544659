import { describe, expect, it } from "vitest";
import { ask } from "../../../../renderer/host/ask.ts";
import { TOO_LATE } from "../../../../shared/rules/liveness.ts";

function asking(error: Error) {
  return ask(async () => {
    throw error;
  });
}

describe("a call that threw", () => {
  it("is told by main's incident, and a bug of the page's own by its name: its message may hold what was typed", async () => {
    const answered = Object.assign(new Error("5335262f"), { code: "INTERNAL_SERVER_ERROR" });
    expect(await asking(answered)).toEqual({ ok: false, fault: { kind: "internal", incident: "5335262f" } });
    const own = await asking(new TypeError("Pa55word! is not a function"));
    expect(own).toEqual({ ok: false, fault: { kind: "internal", incident: "TypeError" } });
  });

  it("was not done where main refused it as too late", async () => {
    expect(await asking(Object.assign(new Error("late"), { code: TOO_LATE }))).toEqual({ ok: false, fault: { kind: "no-connection", outcome: "not-done" } });
  });
});
