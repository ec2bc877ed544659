// @vitest-environment jsdom
import { act } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useNow } from "../../../../renderer/ui/use-now.ts";
import { render } from "../render.tsx";

const START = Date.parse("2026-11-26T09:00:00Z");
beforeEach(() => void vi.useFakeTimers({ now: START, toFake: ["Date", "setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

function Seconds() {
  return <p>{(useNow() - START) / 1_000}</p>;
}

it("goes on for as long as somebody looks, with one timer for all, and no longer", async () => {
  const page = await render([<Seconds key="one" />, <Seconds key="other" />]);
  expect(vi.getTimerCount()).toBe(1);
  await act(async () => vi.advanceTimersByTime(10_000));
  expect([...page.host.querySelectorAll("p")].map(({ textContent }) => textContent)).toEqual(["10", "10"]);
  await page.again(<Seconds key="one" />);
  expect(vi.getTimerCount()).toBe(1);
  page.unmount();
  expect(vi.getTimerCount()).toBe(0);
});
