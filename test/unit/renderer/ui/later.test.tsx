// @vitest-environment jsdom
import { act } from "react";
import { expect, it, vi } from "vitest";
import { say } from "../../../../renderer/text/text.ts";
import { Boundary } from "../../../../renderer/ui/boundary.tsx";
import { soon } from "../../../../renderer/ui/later.ts";
import { click, render } from "../render.tsx";

it("draws a part of the first page once it is there, and the next one at once", async () => {
  const loading = Promise.withResolvers<() => string>();
  const load = vi.fn(() => loading.promise);
  const Part = soon(load);
  const first = await render(<Part />);
  expect(first.host.textContent).toBe("");
  await act(async () => loading.resolve(() => "the part"));
  expect(first.host.textContent).toBe("the part");
  const second = await render(<Part />);
  expect(second.host.textContent).toBe("the part");
  expect(load).toHaveBeenCalledOnce();
  first.unmount();
  second.unmount();
});

it("says in its place where a part cannot be fetched, and fetches it again when asked to", async () => {
  let there = false;
  const Part = soon<object>(async () => {
    if (!there) throw new Error("no connection");
    return () => "the part";
  });
  const { host, button, unmount } = await render(
    <>
      <h1>The frame</h1>
      <Boundary>
        <Part />
      </Boundary>
    </>,
  );
  expect(host.querySelector("h1")?.textContent).toBe("The frame");
  expect(host.querySelector("[role=alert]")?.textContent).toContain(say("ui.part-missing"));
  there = true;
  await click(button(say("ui.retry")));
  expect(host.textContent).toBe("The framethe part");
  unmount();
});
