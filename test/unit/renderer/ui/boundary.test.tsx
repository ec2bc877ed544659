// @vitest-environment jsdom
import { Suspense, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FormSection } from "../../../../renderer/features/identity-stores/form-section.tsx";
import { Boundary } from "../../../../renderer/ui/boundary.tsx";
import { crashKey, crashText } from "../../../../renderer/ui/crash.ts";
import { fetchAhead, later } from "../../../../renderer/ui/later.ts";
import { click, render, type as typeInto, type Rendered } from "../render.tsx";

const SECRET = "Pa55word!";
let page: Rendered | null = null;
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => {
  page?.unmount();
  page = null;
  vi.restoreAllMocks();
});
const words = () => page?.host.textContent ?? "";

/** Throws while `broken.is`, as an engine does: with a value in its message. */
const broken = { is: true };
function Fragile() {
  if (broken.is) throw new TypeError(`Cannot use 'in' operator to search for 'a' in ${SECRET}`);
  return <p>whole again</p>;
}

describe("a part that throws", () => {
  it("leaves the frame and what was typed beside it, and begins anew when asked to", async () => {
    function Form() {
      const [typed, setTyped] = useState("");
      return (
        <>
          <input value={typed} onChange={(event) => setTyped(event.target.value)} />
          <FormSection title="Test">
            <Fragile />
          </FormSection>
        </>
      );
    }
    broken.is = false;
    page = await render(<Form />);
    const input = page.host.querySelector("input");
    if (input === null) throw new Error("no box");
    broken.is = true;
    await typeInto(input, "typed before it broke");
    expect(words()).toContain("This part of the console stopped working.");
    expect(page.host.querySelector("[role=alert]")).not.toBeNull();
    expect(input.value).toBe("typed before it broke");
    broken.is = false;
    await click(page.button("Try again"));
    expect(words()).toContain("whole again");
    expect(input.value).toBe("typed before it broke");
  });

  it("is left behind with the page it is on", async () => {
    function Window() {
      const [place, setPlace] = useState("a");
      return (
        <>
          <button onClick={() => setPlace("b")}>Leave</button>
          <Boundary place={place}>{place === "a" ? <Fragile /> : <p>another page</p>}</Boundary>
        </>
      );
    }
    broken.is = true;
    page = await render(<Window />);
    expect(words()).toContain("stopped working");
    await click(page.button("Leave"));
    expect(words()).toBe("Leaveanother page");
  });

  it("can be copied without a value that was typed", async () => {
    const writeText = vi.fn((_text: string) => Promise.resolve());
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    broken.is = true;
    page = await render(
      <Boundary>
        <Fragile />
      </Boundary>,
    );
    await click(page.button("Copy details"));
    const copied = writeText.mock.calls[0]?.[0] ?? "";
    expect(copied).toMatch(/^TypeError\n[^]*Fragile/);
    expect(copied).not.toContain(SECRET);
    vi.unstubAllGlobals();
  });
});

describe("the text of a crash", () => {
  it("holds places and no message, whatever the message looks like", () => {
    const error = new RangeError(`first line\n    at ${SECRET} (typed)\nlast`);
    expect(crashText(error, "\n    at Fragile")).toMatch(/^RangeError\n\s+at /);
    expect(crashText(error, "")).not.toContain(SECRET);
    expect(crashText(SECRET, "\n    at Fragile")).toBe("string\n    at Fragile");
  });
});

describe("a bug", () => {
  it("is the same one wherever React came to it from, and another one at another place", () => {
    const thrown = (place: string, way: string) => Object.assign(new TypeError("x"), { stack: `TypeError: x\n    at ${place}\n    at ${way}` });
    expect(crashKey(thrown("Grid (a.js:1:2)", "first"))).toBe(crashKey(thrown("Grid (a.js:1:2)", "again")));
    expect(crashKey(thrown("Grid (a.js:1:2)", "first"))).not.toBe(crashKey(thrown("Grid (a.js:9:9)", "first")));
  });
});

describe("a part that cannot be loaded", () => {
  it("says so in its place, and is fetched again when asked to", async () => {
    const load = vi.fn(async () => () => <p>loaded</p>);
    load.mockRejectedValueOnce(new TypeError("Failed to fetch dynamically imported module"));
    const Late = later(load);
    page = await render(
      <Boundary>
        <Suspense fallback={null}>
          <Late />
        </Suspense>
      </Boundary>,
    );
    expect(words()).toContain("This part of the console could not be loaded.");
    expect(page.button("Load the page again")).toBeDefined();
    await click(page.button("Try again"));
    expect(words()).toBe("loaded");
  });

  it("is fetched ahead without a complaint to nobody", async () => {
    const complaints = vi.fn();
    process.on("unhandledRejection", complaints);
    later(() => Promise.reject(new TypeError("Failed to fetch")));
    await fetchAhead();
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", complaints);
    expect(complaints).not.toHaveBeenCalled();
  });
});
