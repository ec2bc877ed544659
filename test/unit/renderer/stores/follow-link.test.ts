// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { followLink } from "../../../../renderer/stores/follow-link.ts";
import { navigate, navigation } from "../../../../renderer/stores/navigation.ts";
import { eventually } from "../../../lab/eventually.ts";

beforeEach(() => navigate({ page: "stores" }));
afterEach(() => vi.unstubAllGlobals());

function click(change: Partial<{ button: number; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }>) {
  const event = { button: 0, ctrlKey: false, metaKey: false, shiftKey: false, preventDefault: vi.fn(), ...change };
  followLink(event, { page: "expiry" });
  return event.preventDefault.mock.calls.length > 0 ? "here" : "browser";
}
const page = () => navigation.getState().route.page;
const elsewhere = [{ button: 1 }, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }];

it("goes there on a plain click", async () => {
  expect(click({})).toBe("here");
  await eventually(() => expect(page()).toBe("expiry"));
});

it.each(elsewhere)("leaves a click that means a new tab to the browser: %j", async (change) => {
  expect(click(change)).toBe("browser");
  await Promise.resolve();
  expect(page()).toBe("stores");
});

it.each(elsewhere)("goes there in the desktop window, which has no tabs: %j", async (change) => {
  vi.stubGlobal("location", { protocol: "app:", hash: "" });
  expect(click(change)).toBe("here");
  await eventually(() => expect(page()).toBe("expiry"));
});

it("has nothing to say about the right button", () => {
  expect(click({ button: 2 })).toBe("browser");
});
