// @vitest-environment jsdom
import { act } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Notices } from "../../../../renderer/ui/notices.tsx";
import { useNotify, type News } from "../../../../renderer/ui/notify.ts";
import { click, hush, render, spoken, type Rendered } from "../render.tsx";

let rendered: Rendered | null = null;

afterEach(() => {
  rendered?.unmount();
  rendered = null;
  hush();
});

function Notifier({ news }: { readonly news: News }) {
  const notify = useNotify();
  return <button onClick={() => notify(news)}>Notify</button>;
}

async function show(news: News): Promise<void> {
  rendered = await render(
    <>
      <Notifier news={news} />
      <Notices />
    </>,
  );
  await click(rendered.button("Notify"));
}

/** Every element of the document whose own text is this one. */
function holding(text: string): readonly Element[] {
  return [...document.querySelectorAll("body *")].filter((element) => element.children.length === 0 && element.textContent === text);
}

describe("a notice", () => {
  it("stands once in its landmark and is said once, by the announcer alone", async () => {
    await show({ text: "Saved as revision 3" });
    expect(document.querySelector("aside [aria-live], aside[aria-live], aside [role=alert]")).toBeNull();
    expect(holding("Saved as revision 3").filter((element) => element.closest("aside") !== null)).toHaveLength(1);
    expect(spoken("polite")).toEqual(["Saved as revision 3"]);
  });

  it("of a failure interrupts", async () => {
    await show({ text: "That did not work", intent: "error" });
    expect(spoken("assertive")).toEqual(["That did not work"]);
    expect(spoken("polite")).toEqual([]);
  });

  it("says what can be done about it", async () => {
    await show({ text: "Saved as revision 3", action: { label: "Undo", run: () => {} } });
    expect(spoken("polite")).toEqual(["Saved as revision 3 Undo"]);
  });

  it("that comes before there is a place for it is shown there", async () => {
    const news = { text: "Moved from the old folder" };
    rendered = await render(<Notifier news={news} />);
    await click(rendered.button("Notify"));
    expect(holding(news.text).filter((element) => element.closest("aside") !== null)).toEqual([]);
    await rendered.again(<Notices />);
    expect(holding(news.text).filter((element) => element.closest("aside") !== null)).toHaveLength(1);
  });

  it("does once what is pressed twice while it fades", async () => {
    const run = vi.fn();
    await show({ text: "Saved as revision 3", action: { label: "Undo", run } });
    const undo = rendered?.button("Undo") ?? document.body;
    await act(async () => {
      undo.click();
      undo.click();
    });
    expect(run).toHaveBeenCalledOnce();
  });
});
