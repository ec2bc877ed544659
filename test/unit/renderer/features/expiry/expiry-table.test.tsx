// @vitest-environment jsdom
/** Three hundred stores have as many dates and more: all can be looked at, and few are drawn at once. */
import { afterEach, expect, it } from "vitest";
import { ExpiryTable } from "../../../../../renderer/features/expiry/expiry-table.tsx";
import type { Expiry } from "../../../../../shared/contract/expiry.ts";
import { click, render, type Rendered } from "../../render.tsx";

const DATES = 130;
/** More rows than these, and the page is held up while they are drawn. */
const ROWS_AT_MOST = 110;
const DAY_MS = 86_400_000;

let rendered: Rendered | null = null;
afterEach(() => rendered?.unmount());

const entries = Array.from({ length: DATES }, (_none, index): Expiry => ({
  id: String(index),
  storeId: `store ${index}`,
  storeName: `Branch ${index}`,
  kind: "secret",
  subject: "the application",
  at: Date.now() + (index + 1) * DAY_MS,
}));
const stores = () => [...document.querySelectorAll("tbody a, [role=rowgroup] a")].map((link) => link.textContent);

it("draws the soonest of many dates, and all of them when asked for more", async () => {
  rendered = await render(<ExpiryTable entries={entries} />);
  expect(stores().length).toBeLessThan(ROWS_AT_MOST);
  for (let asked = 0; asked < DATES && stores().length < DATES; asked += 1) await click(rendered.button("Show more"));
  expect(stores()).toEqual(entries.map(({ storeName }) => storeName));
}, 60_000);
