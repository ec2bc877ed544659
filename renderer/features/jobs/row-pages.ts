/** Rows of a plan or of a run, a page after the other. */
import { succeed, type Result } from "../../../shared/result.ts";

/** The most of one question, by the contract. */
export const MOST = 200;

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

export interface RowPlace {
  readonly from: number;
  readonly most: number;
}

type PageQuestion<Row> = (place: RowPlace) => Promise<Result<RowPage<Row>>>;

/** The pages from the first row on, until there are no more rows, or `most`, or one is refused, which is the last. */
export async function* rowPages<Row>(question: PageQuestion<Row>, most = Number.MAX_SAFE_INTEGER): AsyncGenerator<Result<RowPage<Row>>, void, void> {
  for (let from = 0; ; ) {
    // Each page begins where the one before it ends.
    // oxlint-disable-next-line no-await-in-loop
    const page = await question({ from, most: Math.min(MOST, most - from) });
    yield page;
    if (!page.ok) return;
    from += page.value.rows.length;
    if (page.value.rows.length === 0 || from >= Math.min(most, page.value.total)) return;
  }
}

/** The rows from the first one on, at most so many. One that moves between two questions, because others changed, comes once. */
export async function rowsUpTo<Row extends { readonly row: number }>(question: PageQuestion<Row>, most?: number): Promise<Result<RowPage<Row>>> {
  const rows = new Map<number, Row>();
  let total = 0;
  for await (const page of rowPages(question, most)) {
    if (!page.ok) return page;
    for (const row of page.value.rows) rows.set(row.row, row);
    ({ total } = page.value);
  }
  return succeed({ rows: [...rows.values()], total });
}
