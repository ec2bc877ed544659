// @vitest-environment jsdom
/** A comparison in words: the same table wherever it is read. */
import { afterEach, describe, expect, it } from "vitest";
import "../../../../renderer/text/all-texts.ts";
import { comparisonTable, notComparedLines, sideName } from "../../../../renderer/text/comparison.ts";
import { ChangeTable } from "../../../../renderer/ui/change-table.tsx";
import type { NotCompared } from "../../../../shared/model/comparison.ts";
import type { Change } from "../../../../shared/model/draft.ts";
import { render, type Rendered } from "../render.tsx";

const change = (key: string, before: string | null, after: string | null, secret = false): Change => ({ key, provider: "exchange", before, after, secret });
const changes = [change("values.domain", "old.lab", "new.lab"), change("values.username", null, "svc"), change("servers.dropped", "exa.lab", null), change("secrets.password", null, "changed", true)];

let page: Rendered | null = null;
afterEach(() => page?.unmount());

describe("a side", () => {
  it("of probes says whose word it is, and of when", () => {
    const at = new Date("2026-11-27T14:05:00").getTime();
    const since = at - 2 * 24 * 3_600_000;
    expect(sideName({ kind: "probe" }, { source: "JUMP01", since: at - 1_000, at: at + 20_000, sources: 1 })).toBe("Probe on JUMP01 from 2026-11-27 14:04 to 2026-11-27 14:05");
    expect(sideName({ kind: "probe" }, { source: "JUMP01", since: at, at: at + 20_000, sources: 1 })).toBe("Probe on JUMP01 at 2026-11-27 14:05");
    expect(sideName({ kind: "probe" }, { source: "JUMP01", since, at, sources: 3 })).toBe("Probes on 3 computers from 2026-11-25 14:05 to 2026-11-27 14:05, the newest on JUMP01");
    expect(sideName({ kind: "probe" }, null)).toBe("Probe result");
  });
});

describe("what could not be compared", () => {
  const doubt = (what: NotCompared["what"], subject: string | null, fault: NotCompared["fault"] = null): NotCompared => ({ what, subject, fault });
  const refused = { kind: "unreachable", rung: "tcp", reason: "refused", host: "exc" } as const;

  it("is said once for all servers that it is so of, and of a check server by server", () => {
    const lines = notComparedLines([doubt("probe-none", "exa"), doubt("probe-elsewhere", "exb"), doubt("probe-none", "exc"), doubt("probe-no-certificate", "exb", refused), doubt("probe-no-certificate", "exd"), doubt("server", "exa", refused), doubt("server", "exb", refused), doubt("half-listed", null)]);
    expect(lines).toHaveLength(7);
    expect(lines.slice(0, 4)).toEqual([
      "No imported probe asked exa, exc.",
      "Build and roles of exb: a probe says them only of the computer that it runs on.",
      "Certificate of exb: the probe saw none (TCP: connection refused).",
      "Certificate of exd: the probe saw none.",
    ]);
    expect(lines.slice(4, 6).map((line) => line.slice(0, 4))).toEqual(["exa:", "exb:"]);
  });
});

describe("a table of differences", () => {
  it("reads the same on the page and in a text", async () => {
    const sides = { left: "Saved", right: "Draft" };
    page = await render(<ChangeTable label="Differences" changes={changes} before={sides.left} after={sides.right} kinds="comparison" />);
    const cellsOf = (row: HTMLTableRowElement) => [...row.cells].map(({ textContent }) => textContent);
    const { headings, rows } = comparisonTable({ revision: 1, changes, notCompared: [], probed: null, seen: null }, sides);
    expect([...document.querySelectorAll("tr")].map(cellsOf)).toEqual([headings, ...rows]);
    expect(rows.map(([, ...cells]) => cells)).toEqual([
      ["old.lab", "new.lab", "different"],
      ["empty", "svc", "only right"],
      ["exa.lab", "empty", "only left"],
      ["", "changed", "different"],
    ]);
  });
});
