// @vitest-environment jsdom
import { act } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { StatusCell } from "../../../../../renderer/features/servers/server-cells.tsx";
import "../../../../../renderer/text/all-texts.ts";
import type { ServerEntry, ServerStatus } from "../../../../../shared/model/mail-server.ts";
import { render } from "../../render.tsx";

const AT = Date.parse("2026-11-27T23:59:00");
const entry: ServerEntry = { name: "exa.contoso.lab", version: "2016", build: null, roles: [], site: null, ticked: true, priority: 1, vanished: false };
const status: ServerStatus = {
  name: "exa.contoso.lab", inForce: true, health: { state: "unchecked" }, activity: "idle", history: [], certificateExpiresAt: null, lastCheckAt: null, nextCheckAt: null, lastCheck: null,
  probed: { source: "JUMP01", at: AT, result: { at: AT, ms: 1, rungs: [{ rung: "tcp", ms: 1, outcome: { state: "passed", answer: null } }], certificateExpiresAt: null }, build: null, roles: [] },
};

afterEach(() => {
  vi.useRealTimers();
});

it("says the day of a probe once that is over, in a row that nothing else draws anew", async () => {
  vi.useFakeTimers({ now: AT + 1_000, toFake: ["Date", "setInterval", "clearInterval"] });
  const page = await render(<StatusCell entry={entry} status={status} tabIndex={0} onExplain={() => undefined} />);
  expect(page.host.textContent).toContain("By probe on JUMP01 at 23:59: Online");
  await act(async () => vi.advanceTimersByTime(120_000));
  expect(page.host.textContent).toContain("By probe on JUMP01 at 2026-11-27 23:59: Online");
  page.unmount();
});
