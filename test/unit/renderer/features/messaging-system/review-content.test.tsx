// @vitest-environment jsdom
/** Hundreds of servers in another order are as many changes: all can be read before the save, and few are drawn at once. */
import { afterEach, expect, it } from "vitest";
import { ReviewContent } from "../../../../../renderer/features/messaging-system/review-content.tsx";
import type { Change } from "../../../../../shared/model/draft.ts";
import { click, render, type Rendered } from "../../render.tsx";
import { descriptorWith } from "./support.ts";

const SERVERS = 402;
/** More rows than these, and the page is held up while they are drawn. */
const ROWS_AT_MOST = 250;

let rendered: Rendered | null = null;
afterEach(() => rendered?.unmount());

const priorities = Array.from({ length: SERVERS }, (_none, index): Change => {
  const [before, after] = [String(index + 1), String(((index + 1) % SERVERS) + 1)];
  return { key: `servers.ex${index}.contoso.lab.priority`, provider: "exchange", before, after, secret: false };
});
const firstCells = () => [...document.querySelectorAll("tbody tr")].map((row) => row.firstElementChild?.textContent ?? "");

it("draws some of hundreds of changes, and all of them when asked for more", async () => {
  rendered = await render(<ReviewContent review={{ changes: priorities, stops: [], draft: null }} tested={{ state: "passed", at: 0 }} descriptor={descriptorWith()} />);
  expect(firstCells().length).toBeLessThan(ROWS_AT_MOST);
  for (let asked = 0; asked < SERVERS && firstCells().length < SERVERS; asked += 1) await click(rendered.button("Show more"));
  expect(firstCells().map((text) => /ex\d+/.exec(text)?.[0])).toEqual(priorities.map(({ key }) => /ex\d+/.exec(key)?.[0]));
  expect(rendered.button("Show more").getAttribute("aria-disabled")).toBe("true");
});
