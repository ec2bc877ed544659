/** The rows of a workbook's sheet, read in a worker with limits. */
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { ExcelSource } from "../../../shared/model/job.ts";
import { JOB_WORKBOOK_UNPACKED } from "../../../shared/rules/file-limits.ts";
import { WorkerLine, workerUrl } from "../../workers.ts";
import { Table } from "./table.ts";
import type { SheetAnswer, SheetQuestion } from "./workbook-sheet.ts";

/** By the clock, in milliseconds, from when the thread is up. A sheet of 100,000 rows with ten columns takes three seconds. */
const TIME_LIMIT_MS = 120_000;
/** Of the thread's own heap, where the cells of the largest sheets are values of their own. */
const WORKER_MEMORY = { maxOldGenerationSizeMb: 1536, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 } as const;
/** Rows that are taken up before the event loop turns, in bytes of their JSON. */
const PIECE = 128 * 1024;
const LINE_END = 0x0a;

const linesSchema = z.array(z.array(z.string()));
const line = new WorkerLine<SheetQuestion, Result<SheetAnswer>>(workerUrl("jobs/sources", "workbook"), WORKER_MEMORY);

export interface WorkbookTable {
  readonly table: Table;
  readonly sheet: string;
  readonly sheets: readonly string[];
}

/**
 * Reads all of the chosen sheet. Dates are `YYYY-MM-DD`, numbers plain decimal text, truth values TRUE and FALSE; of a formula its computed value.
 * Fails as the thread does, with what {@link Table} refuses, and with `cancelled`, `unreadable: timed-out`, and `too-large` where its memory ran out.
 */
export async function readWorkbook(bytes: Uint8Array, source: ExcelSource, signal: AbortSignal): Promise<Result<WorkbookTable>> {
  const outcome = await line.ask({ bytes, sheet: source.sheet }, { signal, timeoutMs: TIME_LIMIT_MS });
  // Runs are rare: no memory of the largest workbook is kept for the next.
  await line.rest();
  if (outcome.kind === "crashed") return outOfMemory(outcome.error);
  if (outcome.kind !== "answered") return fail(outcome.kind === "cancelled" ? { kind: "cancelled" } : { kind: "unreadable", what: "timed-out" });
  if (!outcome.answer.ok) return outcome.answer;
  const { sheet, sheets, lines } = outcome.answer.value;
  const table = new Table(source.header);
  let row = 0;
  for (const piece of pieces(lines)) {
    for (const cells of linesSchema.parse(JSON.parse(`[${piece.replaceAll("\n", ",")}]`))) table.take(cells, (row += 1));
    if (table.refusal !== null) return fail(table.refusal);
    await setImmediate();
    if (signal.aborted) return fail({ kind: "cancelled" });
  }
  return succeed({ table, sheet, sheets });
}

/** Whatever else ends the thread is a bug, and thrown on. */
function outOfMemory(error: Error): Result<never> {
  if (!("code" in error) || error.code !== "ERR_WORKER_OUT_OF_MEMORY") throw error;
  return fail({ kind: "unreadable", what: "too-large", most: JOB_WORKBOOK_UNPACKED });
}

/** Whole lines, of about so many bytes. */
function* pieces(lines: Uint8Array): Generator<string, void, void> {
  const text = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf(LINE_END, start + PIECE);
    yield text.toString("utf8", start, end === -1 ? text.length : end);
    start = end === -1 ? text.length : end + 1;
  }
}
