// @vitest-environment jsdom
/** A comparison in words: the same table wherever it is read. */
import { afterEach, describe, expect, it } from "vitest";
import "../../../../renderer/text/all-texts.ts";
import { comparisonTable } from "../../../../renderer/text/comparison.ts";
import { ChangeTable } from "../../../../renderer/ui/change-table.tsx";
import type { Change } from "../../../../shared/model/draft.ts";
import { render, type Rendered } from "../render.tsx";

const change = (key: string, before: string | null, after: string | null, secret = false): Change => ({ key, provider: "exchange", before, after, secret });
const changes = [change("values.domain", "old.lab", "new.lab"), change("values.username", null, "svc"), change("servers.dropped", "exa.lab", null), change("secrets.password", null, "changed", true)];

let page: Rendered | null = null;
afterEach(() => page?.unmount());

describe("a table of differences", () => {
  it("reads the same on the page and in a text", async () => {
    const sides = { left: "Saved", right: "Draft" };
    page = await render(<ChangeTable label="Differences" changes={changes} before={sides.left} after={sides.right} kinds="comparison" />);
    const cellsOf = (row: HTMLTableRowElement) => [...row.cells].map(({ textContent }) => textContent);
    const { headings, rows } = comparisonTable({ revision: 1, changes, notCompared: [], seen: null }, sides);
    expect([...document.querySelectorAll("tr")].map(cellsOf)).toEqual([headings, ...rows]);
    expect(rows.map(([, ...cells]) => cells)).toEqual([
      ["old.lab", "new.lab", "different"],
      ["empty", "svc", "only right"],
      ["exa.lab", "empty", "only left"],
      ["", "changed", "different"],
    ]);
  });
});
