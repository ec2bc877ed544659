import { describe, expect, it } from "vitest";
import { changeText, reportText, type Row } from "../../../../../main/hosts/command-line/status-text.ts";
import { formatRelative, formatTime } from "../../../../../renderer/text/format.ts";
import { say } from "../../../../../renderer/text/text.ts";
import type { Health } from "../../../../../shared/model/mail-server.ts";

const refused = { kind: "unreachable", rung: "tcp", reason: "refused" } as const;
const row = (health: Health, more: Partial<Row> = {}): Row => ({
  name: "exa.contoso.lab",
  inForce: true,
  inUse: true,
  checked: true,
  priority: 1,
  health,
  activity: "idle",
  history: [],
  certificateExpiresAt: null,
  lastCheckAt: 0,
  nextCheckAt: null,
  lastCheck: null,
  probed: null,
  ...more,
});
const text = (...rows: readonly Row[]) => reportText({ rows, hasDraft: false, limit: 120 });

describe("a server's state", () => {
  it.each<[Health, string]>([
    [{ state: "unchecked" }, "Not checked yet"],
    [{ state: "online", since: 0, ms: 12.4, depth: "health-check" }, "Online"],
    [{ state: "unstable", since: 0, fails: 2, reason: refused }, "Unstable (2 checks in a row failed)"],
    [{ state: "offline", since: 0, reason: refused, recovering: 0 }, "Offline (TCP: connection refused)"],
    [{ state: "offline", since: 0, reason: refused, recovering: 1 }, "Offline (answers again, waiting for one more check)"],
    [{ state: "unknown", since: 0, why: "no-network", last: null, lastAt: null }, "Unknown (cannot be looked at from here)"],
    [{ state: "unknown", since: 0, why: "no-network", last: "offline", lastAt: 0 }, `Unknown (${say("servers.reason-last-known", { state: "Offline", time: formatTime(0), age: formatRelative(0, Date.now()) })})`],
    [{ state: "unknown", since: 0, why: "signed-out", last: null, lastAt: null }, "Unknown (no account to check with)"],
  ])("%j is told as %s, in the table and as a change", (health, words) => {
    expect(text(row(health)).split("\n")[1]).toContain(`exa.contoso.lab  ${words}`);
    expect(changeText(row(health), 0)).toBe(`1970-01-01T00:00:00.000Z  exa.contoso.lab  ${words}`);
  });
});

it("tells what to do about servers in use that are not well, and about a network that is away", () => {
  expect(text(row({ state: "offline", since: 0, reason: refused, recovering: 0 }))).toMatch(/^exa\.contoso\.lab: \p{Lu}.+\. \p{Lu}.+\.$/mu);
  expect(text(row({ state: "unknown", since: 0, why: "no-network", last: null, lastAt: null }))).toContain("exa.contoso.lab: This computer has no network. Connect to the network.");
  expect(text(row({ state: "offline", since: 0, reason: refused, recovering: 0 }, { inUse: false, priority: null }))).not.toContain("exa.contoso.lab: ");
});

it("names servers that were not checked in time, and lets no control character through", () => {
  const said = text(row({ state: "unchecked" }, { checked: false, lastCheckAt: null, name: "ex\u001B[2Ja" }));
  expect(said).toContain("Not checked within 120 s: ex\u{FFFD}[2Ja");
  expect(said).not.toContain("\u001B");
});
