// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addressOf, navigate, navigation, routeOf, setLeaveGuard, startNavigation, type Route } from "../../../../renderer/stores/navigation.ts";

const routes: readonly Route[] = [
  { page: "stores" },
  { page: "new-store" },
  { page: "store", id: "a/b c", section: "directory" },
  { page: "store", id: "x", section: "messaging-system" },
  { page: "store", id: "x", section: "history" },
  { page: "expiry" },
  { page: "certificate-bench" },
  { page: "alias-bench" },
  { page: "activity" },
  { page: "settings" },
];

describe("addresses", () => {
  it.each(routes)("lead back to where they came from: %j", (route) => {
    expect(routeOf(addressOf(route))).toEqual(route);
  });

  it.each(["", "#", "#/nowhere", "#/stores/", "#code=abc"])("lead home when unknown: %s", (hash) => {
    expect(routeOf(hash)).toEqual({ page: "stores" });
  });
});

describe("navigate", () => {
  let stop: () => void;

  beforeEach(() => {
    window.history.replaceState(null, "", "#/stores");
    stop = startNavigation();
  });
  afterEach(() => {
    setLeaveGuard(null);
    stop();
  });

  it("changes the address and the store together", async () => {
    expect(await navigate({ page: "activity" })).toBe(true);
    expect(window.location.hash).toBe("#/activity");
    expect(navigation.getState().route).toEqual({ page: "activity" });
  });

  it("stays where it is when the guard says so", async () => {
    setLeaveGuard(() => Promise.resolve(false));
    expect(await navigate({ page: "activity" })).toBe(false);
    expect(window.location.hash).toBe("#/stores");
    expect(navigation.getState().route).toEqual({ page: "stores" });
  });

  it("asks once: a guard that agreed is gone", async () => {
    const guard = vi.fn(() => Promise.resolve(true));
    setLeaveGuard(guard);
    await navigate({ page: "activity" });
    await navigate({ page: "settings" });
    expect(guard).toHaveBeenCalledTimes(1);
    expect(navigation.getState().route).toEqual({ page: "settings" });
  });

  it("asks before Back and a typed address as well, and puts the address back meanwhile", async () => {
    let answer: (leave: boolean) => void = () => undefined;
    setLeaveGuard(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    window.history.pushState(null, "", "#/settings");
    window.dispatchEvent(new HashChangeEvent("hashchange"));
    expect(window.location.hash).toBe("#/stores");
    answer(true);
    await vi.waitFor(() => expect(navigation.getState().route).toEqual({ page: "settings" }));
    expect(window.location.hash).toBe("#/settings");
  });

  it("makes the browser ask before the window closes, only while there is something to lose", () => {
    const close = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    expect(close()).toBe(false);
    setLeaveGuard(() => Promise.resolve(true));
    expect(close()).toBe(true);
  });
});
