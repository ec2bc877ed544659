// @vitest-environment jsdom
import { afterEach, describe, expect, it } from "vitest";
import { ErrorBox } from "../../../../renderer/ui/error-box.tsx";
import { hush, render, spoken, type Rendered } from "../render.tsx";

let rendered: Rendered | null = null;

afterEach(() => {
  rendered?.unmount();
  hush();
});

describe("an error box", () => {
  it("interrupts with the sentence and the next step, without its details", async () => {
    rendered = await render(<ErrorBox fault={{ kind: "unreachable", rung: "tcp", reason: "refused", host: "exb.contoso.lab" }} />);
    const [said, ...more] = spoken("assertive");
    expect(more).toEqual([]);
    expect(said).toMatch(/^exb\.contoso\.lab is running, but nothing answers on the port\. .+\.$/);
  });

  it("of work that was stopped does not interrupt", async () => {
    rendered = await render(<ErrorBox fault={{ kind: "cancelled" }} />);
    expect(spoken("assertive")).toEqual([]);
    expect(spoken("polite")).toHaveLength(1);
  });
});
