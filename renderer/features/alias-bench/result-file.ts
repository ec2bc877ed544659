/** The result of a list as a CSV that a spreadsheet opens without running anything in it. */
import type { AliasListRow } from "../../../shared/model/alias-list.ts";
import { succeed, type Result } from "../../../shared/result.ts";
import { ALIAS_LIST_PAGE } from "../../../shared/rules/file-limits.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { download } from "../../ui/download.ts";
import { writeResult, type JudgedFile } from "./list-state.ts";
import { aliasOfRow, reasonOfRow } from "./outcome.ts";

/** Without it Excel takes a CSV for the computer's own code page. */
const BYTE_ORDER_MARK = "\uFEFF";

function cellsOf(row: AliasListRow, most: number | null): readonly string[] {
  return [String(row.line), row.alias, say(`alias-bench.verdict-${row.outcome}`), aliasOfRow(row), reasonOfRow(row, most)];
}

const header = () => [
  say("alias-bench.column-line"),
  say("alias-bench.column-name"),
  say("alias-bench.column-verdict"),
  say("alias-bench.column-gets"),
  say("alias-bench.column-why"),
];

/** Rows as lines of a CSV. Cells that a spreadsheet would take for a formula begin with an apostrophe. */
export async function linesOf(rows: readonly (readonly string[])[]): Promise<string> {
  const { stringify } = await import("csv-stringify/browser/esm/sync");
  return stringify(rows.map((cells) => [...cells]), { escape_formulas: true, record_delimiter: "windows" });
}

/** Saves the whole result. Fails as its pages do, and with `cancelled`. */
export async function saveResult(judged: JudgedFile): Promise<Result<null>> {
  const { rule, summary, fileName } = judged;
  const written = await writeResult(judged, async (from, signal) => {
    const question = { list: summary.list, filter: "all", search: "", from, most: ALIAS_LIST_PAGE } as const;
    const page = await ask(() => client().aliases.listPage(question, { signal }), signal);
    if (!page.ok) return page;
    const rows = page.value.rows.map((row) => cellsOf(row, rule.maximumLength));
    return succeed({ text: await linesOf(from === 0 ? [header(), ...rows] : rows), next: page.value.next });
  });
  if (!written.ok) return written;
  download(say("alias-bench.result-name", { name: fileName.replace(/\.[^.]*$/, "") }), [BYTE_ORDER_MARK, ...written.value], "text/csv;charset=utf-8");
  return succeed(null);
}
