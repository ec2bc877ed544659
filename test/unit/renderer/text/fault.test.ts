import { describe, expect, it } from "vitest";
import { notStoredReasonSchema, rosterRefusalSchema, rungNameSchema, signInReasonSchema, unreachableReasonSchema, unreadableReasonSchema, type Fault } from "../../../../shared/fault.ts";
import { explain, explainIssue } from "../../../../renderer/text/fault.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");

const faults: readonly Fault[] = [
  { kind: "invalid", issues: [{ path: ["name"], code: "name-taken" }] },
  { kind: "invalid", issues: [{ path: ["a"], code: "never-heard-of" }, { path: ["b", 2], code: "required" }] },
  { kind: "wrong-password", subject: "certificate" },
  { kind: "wrong-password", subject: "handover" },
  ...signInReasonSchema.options.map((reason) => ({ kind: "sign-in", reason, detail: "52e" }) as const),
  { kind: "forbidden", needs: [] },
  { kind: "forbidden", needs: ["Exchange.ManageAsApp"] },
  ...unreachableReasonSchema.options.flatMap((reason) => rungNameSchema.options.map((rung) => ({ kind: "unreachable", rung, reason, host: "exb.contoso.lab" }) as const)),
  ...unreachableReasonSchema.options.map((reason) => ({ kind: "unreachable", rung: "tcp", reason }) as const),
  { kind: "throttled", until: null },
  { kind: "throttled", until: NOW },
  { kind: "timeout", phase: "check", afterMs: 5000 },
  { kind: "conflict", revision: 12, by: "CONTOSO\\ann", at: NOW - 60_000, changes: [{ key: "values.domain", provider: "exchange" }] },
  { kind: "draft-changed", how: "discarded", by: null, at: null, revision: null },
  { kind: "unsaved-work" },
  ...["identity-store", "store-name", "path", "exchange-organisation", "exchange-servers", "file", "bundle", "never-heard-of"].map((what) => ({ kind: "not-found", what }) as const),
  ...["entra-id", "no-servers", "bundle-newer", "never-heard-of"].map((why) => ({ kind: "unsupported", why }) as const),
  ...unreadableReasonSchema.options.map((what) => ({ kind: "unreadable", what }) as const),
  ...notStoredReasonSchema.options.map((why) => ({ kind: "not-stored", why }) as const),
  ...rosterRefusalSchema.options.map((why) => ({ kind: "roster-refused", why }) as const),
  { kind: "cancelled" },
  { kind: "internal", incident: "4711" },
  ...(["not-done", "unknown", "only-read"] as const).map((outcome) => ({ kind: "no-connection", outcome }) as const),
];

describe("explain", () => {
  it.each(faults)("gives whole sentences for %j", (fault) => {
    const { sentence, nextStep } = explain(fault, NOW);
    for (const text of [sentence, nextStep]) {
      expect(text).toMatch(/^[\p{Lu}e\d].*[.!?]$/u);
      expect(text).not.toMatch(/\{\{|\}\}|undefined|faults?[.-]/);
    }
    expect(nextStep).not.toBe(sentence);
  });

  it("names the host and keeps the rung and the far side's answer for the details", () => {
    const { sentence, detail } = explain({ kind: "unreachable", rung: "tls", reason: "certificate-expired", host: "exc.contoso.lab", detail: "2026-11-17" });
    expect(sentence).toContain("exc.contoso.lab");
    expect(detail).toContain("TLS");
    expect(detail).toContain("2026-11-17");
  });

  it("says who saved what when two saves meet", () => {
    const { sentence, detail } = explain({ kind: "conflict", revision: 12, by: "CONTOSO\\ann", at: NOW - 120_000, changes: [{ key: "values.domain", provider: "exchange" }] }, NOW);
    expect(sentence).toBe("CONTOSO\\ann saved revision 12 2 minutes ago, after you opened this.");
    expect(detail).toBe("Domain name");
  });

  it("keeps an unknown reason for the details", () => {
    expect(explain({ kind: "unsupported", why: "never-heard-of" }).detail).toBe("never-heard-of");
  });

  it("shows the incident number", () => {
    expect(explain({ kind: "internal", incident: "4711" }).detail).toContain("4711");
  });

  it("says of a call without an answer whether it was done, and where that is not known, that", () => {
    const sentences = (["not-done", "unknown", "only-read"] as const).map((outcome) => explain({ kind: "no-connection", outcome }).sentence);
    expect(sentences[0]).toContain("nothing was done");
    expect(sentences[1]).toContain("not known whether this was done");
    expect(new Set(sentences).size).toBe(3);
  });

  it("has a sentence for an issue it does not know", () => {
    expect(explainIssue({ path: ["x"], code: "never-heard-of" })).toBe("This value is not accepted.");
  });
});
