// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { CertificateFacts } from "../../../../../renderer/features/messaging-system/fields/certificate-facts.tsx";
import { say } from "../../../../../renderer/text/text.ts";
import type { Fault } from "../../../../../shared/fault.ts";
import { certificateVerdictSchema, type CertificateSummary } from "../../../../../shared/model/certificate.ts";
import type { CertificateState, FieldDescriptor } from "../../../../../shared/model/messaging.ts";
import { summaryWith } from "../../../shared/rules/support.ts";
import { render, type Rendered } from "../../render.tsx";

type CertificateField = Extract<FieldDescriptor, { kind: "certificate" }>;
const office365: CertificateField = { kind: "certificate", name: "certificate", required: true, extensions: ["pfx"], passwordField: "password", keys: ["RSA"], refuses: ["refused-by-exchange-online"] };
const google: CertificateField = { kind: "certificate", name: "certificate", required: true, extensions: ["p12"], passwordField: null, fixedPassword: "notasecret" };

let rendered: Rendered | null = null;
afterEach(() => rendered?.unmount());

async function show(known: { readonly summary: CertificateSummary | null; readonly fault: Fault | null }, field = office365, hasPassword: boolean | null = true) {
  const certificate: CertificateState = { state: "changed", at: 0, fileName: "a.pfx", identity: null, ...known };
  rendered = await render(<CertificateFacts field={field} certificate={certificate} hasPassword={hasPassword} />);
  const { host } = rendered;
  return { text: host.textContent, weights: [...host.querySelectorAll("svg[aria-label]")].map((shape) => shape.getAttribute("aria-label")) };
}

describe("a file that opens", () => {
  it("has a tick and nothing more to say when it is fine", async () => {
    const { text, weights } = await show({ summary: summaryWith(), fault: null });
    expect(text).toMatch(/^mail\.contoso\.com · RSA 2048 · until 2099-01-01 \(\d+ days\)$/);
    expect(weights).toEqual(["Can be used"]);
  });

  it.each(certificateVerdictSchema.options.filter((verdict) => !["fine", "expired", "not-yet-valid"].includes(verdict)))("says %s with what to do", async (verdict) => {
    const { text } = await show({ summary: summaryWith({ verdicts: [verdict] }), fault: null });
    expect(text).toContain(`${say(`certificate-bench.verdict-${verdict}`)} ${say(`certificate-bench.verdict-${verdict}-next`)}`);
  });

  it.each(["no-private-key", "no-certificate", "key-mismatch", "unsupported", "refused-by-exchange-online"] as const)("has no tick with %s", async (verdict) => {
    const { weights } = await show({ summary: summaryWith({ verdicts: ["not-for-server-2016", verdict] }), fault: null });
    expect(new Set(weights)).toEqual(new Set(["Cannot be used", "Worth knowing"]));
  });

  it("keeps its tick beside remarks, and where nobody else minds what Exchange Online refuses", async () => {
    expect((await show({ summary: summaryWith({ verdicts: ["not-for-server-2016", "weak-key"] }), fault: null })).weights).toEqual(["Can be used", "Worth knowing", "Worth knowing"]);
    rendered?.unmount();
    expect((await show({ summary: summaryWith({ verdicts: ["refused-by-exchange-online"] }), fault: null }, google, null)).weights).toEqual(["Can be used", "Worth knowing"]);
  });

  it("loses its tick when it expires while the page is open", async () => {
    const { text, weights } = await show({ summary: summaryWith({ notAfter: Date.UTC(2020, 0, 1), verdicts: ["fine"] }), fault: null });
    expect(text).toContain("expired on 2020-01-01");
    expect(text).toContain("The certificate has expired.");
    expect(weights).toEqual(["Cannot be used"]);
  });
});

describe("a file that does not open", () => {
  it("says why and what to do", async () => {
    const { text, weights } = await show({ summary: null, fault: { kind: "unreadable", what: "damaged", detail: "cut short" } });
    expect(text).toBe("The file is damaged. Copy or export it again, then choose it anew. (cut short)");
    expect(weights).toEqual(["Cannot be used"]);
  });

  it("asks for a password where none was entered, and blames the one that was", async () => {
    const fault: Fault = { kind: "wrong-password", subject: "certificate" };
    expect(await show({ summary: null, fault }, office365, false)).toEqual({ text: "The file is there. Enter its password to open it.", weights: [] });
    rendered?.unmount();
    expect((await show({ summary: null, fault })).text).toBe("The password does not open the certificate file.");
    rendered?.unmount();
    expect((await show({ summary: null, fault }, google, null)).text).toContain("“notasecret”");
  });

  it("says that it was not opened where an earlier version kept no reason", async () => {
    expect((await show({ summary: null, fault: null })).text).toContain("has not been opened yet");
  });
});
