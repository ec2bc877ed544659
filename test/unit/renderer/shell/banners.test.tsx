// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { announceConnection } from "../../../../renderer/host/connection.ts";
import { Banners } from "../../../../renderer/shell/banners.tsx";
import { dataState } from "../../../../renderer/stores/data-state.ts";
import { navigation } from "../../../../renderer/stores/navigation.ts";
import { startSession } from "../../../../renderer/stores/session.ts";
import { contractHash } from "../../../../shared/contract/hash.ts";
import type { DataState } from "../../../../shared/model/team.ts";
import { click, hush, render, spoken, type Rendered } from "../render.tsx";

const HEARD = new Date(2026, 10, 20, 9, 14).getTime();

let page: Rendered;
let stop = () => {};
beforeEach(async () => {
  vi.useFakeTimers({ now: HEARD + 2 * 60_000, toFake: ["Date", "setInterval", "clearInterval"] });
  stop = startSession({
    contract: contractHash(), version: "1.2.3", host: "loopback", platform: "linux", practice: false, dataDirectory: "/data",
    keyProtection: "key-file", filePicker: "upload", user: "anna", storeNotice: null,
  });
  page = await render(<Banners />);
});
afterEach(() => {
  page.unmount();
  announceConnection({ state: "open" });
  dataState.setState({ freshness: "loading", entries: new Map() });
  stop();
  vi.useRealTimers();
  hush();
});

const words = () => page.host.textContent;

describe("the banner of a service that is away", () => {
  it("is read out when it appears and when it becomes another, and not while its words grow older", async () => {
    expect(spoken("assertive")).toEqual([]);
    await act(async () => announceConnection({ state: "silent", heardAt: HEARD }));
    await act(async () => vi.advanceTimersByTime(3 * 60_000));
    await act(async () => announceConnection({ state: "lost", attempts: 1, heardAt: HEARD }));
    await act(async () => announceConnection({ state: "lost", attempts: 7, heardAt: HEARD }));
    expect(spoken("assertive").map((text) => text.split(". ")[0])).toEqual(["The console's service does not answer", "The connection to the console's service is lost"]);
  });

  it("says since when nothing is known, how long ago that was, and what pressing and typing do", async () => {
    expect(words()).toBe("");
    await act(async () => announceConnection({ state: "silent", heardAt: HEARD }));
    expect(words()).toContain("The console's service does not answer. What you see is from 09:14, 2 minutes ago.");
    expect(words()).toContain("What you press now is not done and not made up for later; what you type stays on this page.");
    await act(async () => vi.advanceTimersByTime(3 * 60_000));
    expect(words()).toContain("from 09:14, 5 minutes ago");
    await act(async () => announceConnection({ state: "open" }));
    expect(words()).toBe("");
  });

  it("says after a while what else to do where the connection is lost", async () => {
    await act(async () => announceConnection({ state: "lost", attempts: 1, heardAt: HEARD }));
    expect(words()).toContain("The connection to the console's service is lost.");
    expect(words()).not.toContain("start the console again");
    await act(async () => announceConnection({ state: "lost", attempts: 6, heardAt: HEARD }));
    expect(words()).toContain("start the console again and use the address it prints");
  });
});

describe("the banners of a team's database", () => {
  const place = { host: "db.contoso.lab", port: 5432, database: "messaging", user: "eva", authority: null };
  const team = {
    kind: "team", folder: "/data", place, signInBy: "password", login: "eva", role: "operator", roleNames: { reader: "r", operator: "o", administrator: "a" }, away: null, heardAt: HEARD, keptDrafts: 0,
    enrolment: "member", code: null, members: [], requests: [], refused: [],
  } satisfies DataState;
  const tell = (change: Partial<Extract<DataState, { kind: "team" }>>) =>
    act(async () => dataState.setState({ freshness: "current", entries: new Map<string, DataState>([["data", { ...team, ...change }]]) }));

  const away = { since: HEARD + 60_000, fault: { kind: "unreachable", rung: "tcp", reason: "refused" } } as const;

  it("say since when it is away and that nothing is saved, once to who hears it, and go when it answers", async () => {
    await tell({});
    expect(words()).toBe("");
    await tell({ away });
    expect(words()).toContain("The team's database does not answer. You see what was there at 09:14. Away since 09:15, 1 minute ago");
    expect(words()).toContain("nothing is saved. Drafts go on: they are kept on this computer");
    await act(async () => vi.advanceTimersByTime(3 * 60_000));
    expect(words()).toContain("4 minutes ago");
    expect(spoken("assertive")).toHaveLength(1);
    await tell({});
    expect(words()).toBe("");
  });

  it("say that nothing of it is known where it was never heard", async () => {
    await tell({ away, heardAt: 0 });
    expect(words()).toContain("Away since 09:15, and nothing of it is kept on this computer");
  });

  it("say that it lets this console in no more where that is so, and lead to why", async () => {
    await tell({ away: { ...away, fault: { kind: "sign-in", reason: "database-account" } } });
    expect(words()).toContain("The team's database lets this console in no more. You see what was there at 09:14.");
    await click(page.button("Show"));
    expect(navigation.getState().route).toEqual({ page: "data" });
  });

  it("say that the console works on the file where it was told to work on the team's database, and lead to why", async () => {
    const fault = { kind: "not-found", what: "team" } as const;
    await act(async () => dataState.setState({ freshness: "current", entries: new Map<string, DataState>([["data", { kind: "file", folder: "/data", known: null, fault }]]) }));
    expect(words()).toContain("so the console works on the file of this computer");
    await click(page.button("Show"));
    expect(navigation.getState().route).toEqual({ page: "data" });
  });

  it("say that stores are refused, and lead to the list", async () => {
    await tell({ refused: [{ id: "s", name: "HQ", fault: { kind: "roster-refused", why: "signature" } }] });
    expect(words()).toContain("1 identity store is not what a console of the team saved.");
    await click(page.button("Show"));
    expect(navigation.getState().route).toEqual({ page: "data" });
  });

  it("say nothing while the console's own service is away: what it said before is not known to be so", async () => {
    await tell({ away });
    await act(async () => announceConnection({ state: "silent", heardAt: HEARD }));
    expect(words()).not.toContain("The team's database");
  });
});
