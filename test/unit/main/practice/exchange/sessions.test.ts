import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { systemClock } from "../../../../../main/hosts/shared/clock.ts";
import { createSessions, SESSION_LIMIT } from "../../../../../main/practice/exchange/sessions.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const SERVER = "exb.contoso.lab";

it("has a limit for each account at each server, as the throttling policy has", () => {
  const sessions = createSessions(systemClock);
  const opened = Array.from({ length: SESSION_LIMIT + 1 }, () => sessions.open("anna", SERVER, []));
  expect(opened.at(-1)).toBeNull();
  expect(sessions.open("berta", SERVER, [])).not.toBeNull();
  expect(sessions.open("anna", "exa.contoso.lab", [])).not.toBeNull();
  sessions.close(opened[0]?.id ?? "");
  expect(sessions.open("anna", SERVER, [])).not.toBeNull();
});

it("ends a session that nobody uses or attends, after a quarter of an hour or what the client asked for, but no sooner than after a minute", () => {
  const sessions = createSessions(systemClock);
  sessions.open("anna", SERVER, []);
  sessions.open("berta", SERVER, [], 60_000);
  sessions.open("carl", SERVER, [], 1);
  vi.advanceTimersByTime(59_000);
  expect(sessions.all()).toHaveLength(3);
  vi.advanceTimersByTime(2_000);
  expect(sessions.all().map(({ account }) => account)).toEqual(["anna"]);
  vi.advanceTimersByTime(840_000);
  expect(sessions.all()).toEqual([]);
});

it("keeps a session that is attended, and tells who attends of its end", () => {
  const sessions = createSessions(systemClock);
  const ends: string[] = [];
  const id = sessions.open("anna", SERVER, [], 60_000)?.id ?? "";
  expect(sessions.attend(id, "exa.contoso.lab", () => undefined)).toBeNull();
  const leave = sessions.attend(id, SERVER, () => ends.push("first"));
  vi.advanceTimersByTime(3_600_000);
  expect(sessions.use(id, SERVER)).not.toBeNull();
  leave?.();
  vi.advanceTimersByTime(61_000);
  expect(sessions.use(id, SERVER)).toBeNull();
  expect(ends).toEqual([]);
  const other = sessions.open("anna", SERVER, [])?.id ?? "";
  sessions.attend(other, SERVER, () => ends.push("second"));
  sessions.closeAll(SERVER);
  expect(ends).toEqual(["second"]);
});
