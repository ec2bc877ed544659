import { expect, it } from "vitest";
import { withVerdict } from "../../../../../main/hosts/command-line/probed-json.ts";
import type { Probed } from "../../../../../shared/model/mail-server.ts";

const probed: Probed = { source: "LAPTOP", at: 1, result: { at: 1, ms: 1, rungs: [{ rung: "dns", ms: 1, outcome: { state: "failed", fault: { kind: "unreachable", rung: "dns", reason: "name-not-found" } } }], certificateExpiresAt: null }, build: null, roles: [] };

it("says what a probe's word comes to, so that nobody takes what could not be looked at for a server that is down", () => {
  expect(withVerdict({ name: "exa.contoso.lab", probed })).toEqual({ name: "exa.contoso.lab", probed: { ...probed, verdict: "unknown" } });
  expect(withVerdict({ probed: null })).toEqual({ probed: null });
});
