// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { holdWindow, navigate, navigation, refine, setLeaveGuard, startNavigation } from "../../../../renderer/stores/navigation.ts";
import { eventually } from "../../../lab/eventually.ts";

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

  it("keeps what a page shows in the address: Back goes to the page before, not to a search half typed", async () => {
    await navigate({ page: "activity" });
    const steps = window.history.length;
    refine({ page: "activity", search: "exa" });
    refine({ page: "activity", search: "exa 01" });
    expect(window.location.hash).toBe("#/activity?search=exa+01");
    expect(navigation.getState().route).toEqual({ page: "activity", search: "exa 01" });
    expect(window.history.length).toBe(steps);
    refine({ page: "settings" });
    expect(navigation.getState().route.page).toBe("activity");
  });

  it("follows Back to what the same page showed before, without asking whether to leave it", async () => {
    await navigate({ page: "activity", store: "a" });
    setLeaveGuard(() => Promise.resolve(false));
    expect(await navigate({ page: "activity", store: "b" })).toBe(true);
    window.history.replaceState(null, "", "#/activity?store=a");
    window.dispatchEvent(new PopStateEvent("popstate"));
    expect(navigation.getState().route).toEqual({ page: "activity", store: "a" });
  });

  it("keeps an address that leads nowhere, for the page that says so", () => {
    stop();
    window.history.replaceState(null, "", "#/nowhere/at?all=1");
    stop = startNavigation();
    expect(navigation.getState().route).toEqual({ page: "unknown", address: "#/nowhere/at?all=1" });
    expect(window.location.hash).toBe("#/nowhere/at?all=1");
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
    await eventually(() => expect(navigation.getState().route).toEqual({ page: "settings" }));
    expect(window.location.hash).toBe("#/settings");
  });

  it("makes the browser ask before the window closes, only while there is something to lose", () => {
    const close = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    expect(close()).toBe(false);
    setLeaveGuard(() => Promise.resolve(true));
    expect(close()).toBe(true);
  });

  it("makes the browser ask before the window closes, where what is kept with the window would be lost", () => {
    const close = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    let held = false;
    holdWindow(() => held);
    expect(close()).toBe(false);
    held = true;
    expect(close()).toBe(true);
    held = false;
  });
});
