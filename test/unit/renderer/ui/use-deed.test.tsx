// @vitest-environment jsdom
import { afterEach, expect, it, vi } from "vitest";
import { useDeed } from "../../../../renderer/ui/use-deed.ts";
import { click, render, type Rendered } from "../render.tsx";

const settled = () => new Promise((resolve) => setTimeout(resolve));
let page: Rendered | null = null;
afterEach(() => page?.unmount());

it("does what is pressed twice once, and again when it has ended, well or not", async () => {
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const deed = vi.fn((_what: string) => new Promise<void>((resolve, reject) => ends.push({ resolve, reject })));
  function Save() {
    const save = useDeed(deed);
    return <button onClick={() => void save("it").catch(() => undefined)}>Save</button>;
  }
  page = await render(<Save />);
  const press = () => click(page?.button("Save") ?? document.body);
  await press();
  await press();
  expect(deed.mock.calls).toEqual([["it"]]);
  ends[0]?.reject(new Error("refused"));
  await settled();
  await press();
  expect(deed).toHaveBeenCalledTimes(2);
  ends[1]?.resolve();
  await settled();
  await press();
  expect(deed).toHaveBeenCalledTimes(3);
});
