// @vitest-environment jsdom
import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { announce, useAnnounced } from "../../../../renderer/ui/announce.ts";
import { click, hush, render, spoken } from "../render.tsx";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-26T09:00:00Z"), toFake: ["Date", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.advanceTimersByTime(10_000);
  vi.useRealTimers();
  hush();
});

describe("the announcer", () => {
  it("has its regions in the page from the start, where a modal dialog does not hide them", () => {
    const regions = [...document.querySelectorAll("[data-announces]")];
    expect(regions.map((region) => region.getAttribute("aria-live"))).toEqual(["polite", "assertive"]);
    // Fluent's modal hides the children of the body, and spares those with this attribute.
    for (const region of regions) {
      expect(region.parentElement?.parentElement).toBe(document.body);
      expect(region.parentElement?.hasAttribute("data-tabster-never-hide")).toBe(true);
    }
  });

  it("puts what waits apart from what interrupts", () => {
    announce("Listed");
    announce("It failed", "assertive");
    expect(spoken("polite")).toEqual(["Listed"]);
    expect(spoken("assertive")).toEqual(["It failed"]);
  });

  it("says several texts of one moment, each once", () => {
    announce("One");
    announce("Two");
    announce("One");
    expect(spoken("polite")).toEqual(["One", "Two"]);
  });

  it("says the same text again when it is news again", () => {
    announce("Copied");
    vi.advanceTimersByTime(1_000);
    announce("Copied");
    expect(spoken("polite")).toEqual(["Copied", "Copied"]);
  });

  it("leaves nothing old in the page", () => {
    announce("Saved as revision 3");
    vi.advanceTimersByTime(5_000);
    expect(spoken("polite")).toEqual([]);
  });
});

function Telling() {
  const [fault, setFault] = useState<string | null>(null);
  const [, again] = useState(0);
  useAnnounced(fault, "assertive");
  return (
    <>
      <button onClick={() => setFault("Refused")}>Fail</button>
      <button onClick={() => again((count) => count + 1)}>Draw again</button>
      <button onClick={() => setFault("Timed out")}>Fail otherwise</button>
    </>
  );
}

describe("a text that is told when it appears", () => {
  it("is silent at first, told once, and told anew when it changes", async () => {
    const { button, unmount } = await render(<Telling />);
    expect(spoken("assertive")).toEqual([]);
    await click(button("Fail"));
    await act(async () => vi.advanceTimersByTime(2_000));
    await click(button("Draw again"));
    expect(spoken("assertive")).toEqual(["Refused"]);
    await click(button("Fail otherwise"));
    expect(spoken("assertive")).toEqual(["Refused", "Timed out"]);
    unmount();
  });
});
