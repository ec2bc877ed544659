/** The names of a list file: one a line, or one column of a CSV, with the line each stands on. */
import { finished } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { parse } from "csv-parse";
import { fail, succeed, type Result } from "../../shared/result.ts";
import { ALIAS_LIST_NAME, ALIAS_LIST_NAMES } from "../../shared/rules/file-limits.ts";
import { decodePieces } from "../decode-text.ts";
import type { NameList } from "./listed.ts";

/** Read at once, in bytes; after each piece the event loop turns. */
const PIECE = 32 * 1024;
/** The longest record of a CSV, in characters: a quotation mark that nothing closes does not take in the whole file. */
const LONGEST_RECORD = 64 * 1024;
/** What separates the columns of a CSV. Excel writes the semicolon where the comma is the decimal sign. */
const DELIMITERS = [",", ";", "\t"] as const;
/** What exports call the column that is meant, in lower case: Exchange's Get-Mailbox, Active Directory and Entra, anybody. */
const ALIAS_COLUMNS = ["alias", "mailnickname", "samaccountname", "name"];

export interface ReadOptions {
  /** Decides how it is read: `.csv` and `.tsv` as CSV, anything else line by line. */
  readonly fileName: string;
  /** By its name in the first line, without case; null for the usual one. */
  readonly column: string | null;
  readonly signal: AbortSignal;
  /** Hears how many bytes have been read. */
  readonly onRead: (bytes: number) => void;
}

/** Gathers names; the first refusal is the answer. */
class Gathered {
  readonly names: string[] = [];
  readonly lines: number[] = [];
  refusal: Result<never> | null = null;

  add(text: string, line: number): void {
    const name = text.trim();
    if (name === "" || this.refusal !== null) return;
    if (name.length > ALIAS_LIST_NAME) {
      this.refusal = fail({ kind: "unreadable", what: "name-too-long", at: { line, column: 1 }, most: ALIAS_LIST_NAME });
    } else if (this.names.length >= ALIAS_LIST_NAMES) {
      this.refusal = fail({ kind: "unreadable", what: "too-many-names", at: { line, column: 1 }, most: ALIAS_LIST_NAMES });
    } else {
      this.names.push(name);
      this.lines.push(line);
    }
  }
}

/** What takes the text of a list, piece by piece. */
interface Taker {
  take(text: string): void;
  end(): Promise<void>;
  /** Null for a list without columns. */
  readonly column: () => string | null;
}

/**
 * Reads the names, a piece at a time. Fails with `cancelled`, and with `unreadable`: `not-text`, `not-csv` and
 * `name-too-long` with their place, `no-column` with the columns there are, `no-names`, `too-many-names`.
 */
export async function readNames(bytes: Uint8Array, { fileName, column, signal, onRead }: ReadOptions): Promise<Result<NameList>> {
  const gathered = new Gathered();
  const taker = /\.[ct]sv$/i.test(fileName) ? csvTaker(gathered, column) : lineTaker(gathered);
  let read = 0;
  for (const piece of decodePieces(bytes, PIECE)) {
    if (!piece.ok) return piece;
    taker.take(piece.value);
    read = Math.min(bytes.length, read + PIECE);
    onRead(read);
    await setImmediate();
    if (signal.aborted) return fail({ kind: "cancelled" });
    if (gathered.refusal !== null) return gathered.refusal;
  }
  await taker.end();
  if (gathered.refusal !== null) return gathered.refusal;
  const { names, lines } = gathered;
  return names.length === 0 ? fail({ kind: "unreadable", what: "no-names" }) : succeed({ names, lines, column: taker.column() });
}

/** Pieces end at line ends or within a line, never between the two characters of one. */
function lineTaker(gathered: Gathered): Taker {
  let rest = "";
  let line = 1;
  return {
    take(text) {
      const [first = "", ...more] = text.split(/\r\n|\n|\r/);
      rest += first;
      for (const next of more) {
        gathered.add(rest, line);
        line += 1;
        rest = next;
      }
      if (rest.length > ALIAS_LIST_NAME) gathered.add(rest, line);
    },
    end: async () => gathered.add(rest, line),
    column: () => null,
  };
}

function csvTaker(gathered: Gathered, wanted: string | null): Taker {
  let parser: ReturnType<typeof parse> | null = null;
  let named: string | null = null;
  /** The last line of the record before. */
  let lastLine = 0;
  let index: number | null = null;
  const begin = (header: readonly string[]): boolean => {
    const columns = header.map((name) => name.trim().toLowerCase());
    const found = wanted === null ? ALIAS_COLUMNS.map((name) => columns.indexOf(name)).find((at) => at !== -1) : columns.indexOf(wanted.trim().toLowerCase());
    if (found === -1) gathered.refusal = fail({ kind: "unreadable", what: "no-column", detail: header.join(", ") });
    index = found ?? 0;
    named = found === undefined ? null : (header[index]?.trim() ?? null);
    return found !== undefined;
  };
  const onRecord = (record: readonly string[], { lines }: { readonly lines: number }) => {
    lastLine = lines;
    // A first line without a known column is a name like any other.
    if (index === null && begin(record)) return null;
    gathered.add(record[index ?? 0] ?? "", lines);
    return null;
  };
  const refuse = () => {
    gathered.refusal ??= fail({ kind: "unreadable", what: "not-csv", at: { line: lastLine + 1, column: 1 } });
  };
  const start = (text: string) => {
    const made = parse({
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: LONGEST_RECORD,
      on_record: onRecord,
    });
    made.on("error", refuse).resume();
    return made;
  };
  return {
    take: (text) => {
      parser ??= start(text);
      parser.write(text);
    },
    end: async () => {
      if (parser !== null) await finished(parser.end()).catch(refuse);
    },
    column: () => named,
  };
}

/** The one that the first line has most of; names in it that are quoted do not count. */
function delimiterOf(text: string): string {
  const [line = ""] = text.replaceAll(/"[^"]*"/g, "").split(/\r|\n/, 1);
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}
