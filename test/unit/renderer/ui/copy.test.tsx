// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from "vitest";
import { CopyButton } from "../../../../renderer/ui/copy-button.tsx";
import { useCopy } from "../../../../renderer/ui/copy.ts";
import { Notices } from "../../../../renderer/ui/notices.tsx";
import { click, hush, render, spoken, type Rendered } from "../render.tsx";

const refused = "The clipboard refused. Select the text and copy it with the keyboard.";
let rendered: Rendered | null = null;

/** A browser's clipboard: absent where the page is not trusted, else it takes the text or rejects, as `NotAllowedError`. */
function clipboard(writeText: ((text: string) => Promise<void>) | null): void {
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: writeText === null ? undefined : { writeText } });
}

function MenuEntry() {
  const { copy } = useCopy(true);
  return <button onClick={() => copy("EXA: Online")}>Copy details</button>;
}

async function show() {
  rendered = await render(
    <>
      <CopyButton text="3F:A2" label="Copy" />
      <MenuEntry />
      <Notices />
    </>,
  );
  return rendered;
}

afterEach(() => {
  rendered?.unmount();
  rendered = null;
  clipboard(null);
  hush();
  vi.restoreAllMocks();
});

describe("copying", () => {
  it("says that it was done, in the button and for a screen reader", async () => {
    const write = vi.fn(() => Promise.resolve());
    clipboard(write);
    const { button } = await show();
    await click(button("Copy"));
    expect(write).toHaveBeenCalledExactlyOnceWith("3F:A2");
    expect(button("Copied")).toBeDefined();
    expect(spoken("polite")).toEqual(["Copied"]);
  });

  it("from a menu, which is gone afterwards, leaves a notice", async () => {
    clipboard(() => Promise.resolve());
    const { button, host } = await show();
    await click(button("Copy details"));
    expect(host.querySelector("aside")?.textContent).toBe("Copied");
  });

  it.each([
    ["refuses", () => clipboard(() => Promise.reject(new DOMException("Write permission denied.", "NotAllowedError")))],
    ["is not there", () => clipboard(null)],
  ] as const)("tells what to do where the clipboard %s, and rejects nothing that nobody catches", async (_case, prepare) => {
    prepare();
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const { button, host } = await show();
    await click(button("Copy details"));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(host.querySelector("aside")?.textContent).toBe(refused);
    expect(spoken("polite")).toEqual([refused]);
  });
});
