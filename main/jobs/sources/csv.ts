/** The rows of a CSV file. */
import { finished } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { parse } from "csv-parse";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { CsvSource } from "../../../shared/model/job.ts";
import { csvFormOf, type CsvForm } from "./csv-form.ts";
import { sourceEncodingOf, sourcePieces, type SourceEncoding } from "./source-text.ts";
import { Table } from "./table.ts";

/** Read at once, in bytes; after each piece the event loop turns. */
const PIECE = 128 * 1024;
/** The longest record, in characters: a quotation mark that nothing closes does not take in the whole file. */
const LONGEST_RECORD = 1024 * 1024;

export interface CsvTable {
  readonly table: Table;
  readonly delimiter: string;
  readonly encoding: SourceEncoding;
}

export interface CsvReading {
  readonly signal: AbortSignal;
  readonly onRead: (done: number, total: number) => void;
}

/**
 * Reads all of it. Fails with `cancelled`, with what {@link Table} refuses, and with `unreadable`: `not-text` and `broken-text` with their place,
 * `not-csv` with the line after which quotation marks do not go together.
 */
export async function readCsv(bytes: Uint8Array, source: CsvSource, { signal, onRead }: CsvReading): Promise<Result<CsvTable>> {
  const text = sourceEncodingOf(bytes, source.encoding);
  const table = new Table(source.header);
  let reader: RecordReader | null = null;
  let read = 0;
  for (const piece of sourcePieces(bytes, text, PIECE)) {
    if (!piece.ok) return piece;
    if (reader === null) {
      const form = csvFormOf(piece.value, bytes.length <= PIECE, source.delimiter);
      reader = new RecordReader(form, table);
      reader.take(piece.value.slice(form.skipped));
    } else reader.take(piece.value);
    read = Math.min(bytes.length, read + PIECE);
    onRead(read, bytes.length);
    await setImmediate();
    if (signal.aborted) return fail({ kind: "cancelled" });
    const refusal = reader.refusal ?? table.refusal;
    if (refusal !== null) return fail(refusal);
  }
  await reader?.end();
  const refusal = reader?.refusal ?? table.refusal;
  return refusal === null ? succeed({ table, delimiter: reader?.form.delimiter ?? source.delimiter ?? ",", encoding: text.encoding }) : fail(refusal);
}

/** csv-parse, fed piece by piece. */
class RecordReader {
  readonly form: CsvForm;
  readonly #parser: ReturnType<typeof parse>;
  #lastLine: number;
  #broken = false;

  constructor(form: CsvForm, table: Table) {
    this.form = form;
    this.#lastLine = form.lines;
    this.#parser = parse({
      delimiter: form.delimiter,
      // Found by itself it would be the first one's for the whole file, and lines that end otherwise were one.
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_RECORD,
      on_record: (record: readonly string[], { lines }: { readonly lines: number }) => {
        this.#lastLine = form.lines + lines;
        table.take(record, this.#lastLine);
        return null;
      },
    });
    this.#parser.on("error", () => (this.#broken = true)).resume();
  }

  get refusal() {
    return this.#broken ? ({ kind: "unreadable", what: "not-csv", at: { line: this.#lastLine + 1, column: 1 } } as const) : null;
  }

  take(text: string): void {
    this.#parser.write(text);
  }

  async end(): Promise<void> {
    // A failure has been heard by then.
    await finished(this.#parser.end()).catch(() => undefined);
  }
}
