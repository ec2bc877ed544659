// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { Notices, useNotify, type News } from "../../../../renderer/ui/notify.tsx";
import { click, render, type Rendered } from "../render.tsx";

let rendered: Rendered | null = null;

afterEach(() => {
  rendered?.unmount();
  rendered = null;
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
  it("stands once in the page, in a live region that was there before it", async () => {
    rendered = await render(<Notices />);
    const region = document.querySelector("aside");
    expect(region?.getAttribute("aria-live")).toBe("polite");
    rendered.unmount();
    await show({ text: "Saved as revision 3" });
    const [notice, ...more] = holding("Saved as revision 3");
    expect(more).toEqual([]);
    expect(notice?.closest("[aria-live]")?.tagName).toBe("ASIDE");
  });

  it("of a failure interrupts", async () => {
    await show({ text: "That did not work", intent: "error" });
    const [notice, ...more] = holding("That did not work");
    expect(more).toEqual([]);
    expect(notice?.closest("[role=alert]")).not.toBeNull();
  });

  it("of a success does not", async () => {
    await show({ text: "Saved as revision 3" });
    expect(holding("Saved as revision 3")[0]?.closest("[role=alert]")).toBeNull();
  });
});
