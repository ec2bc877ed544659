/** How a CSV file separates its columns, told from its beginning. */
import type { CsvSource } from "../../../shared/model/job.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const satisfies readonly NonNullable<CsvSource["delimiter"]>[];

/** Lines that are looked at. */
const LOOKED_AT = 50;

/** Excel's own way to name the delimiter, in a line before all others. */
const NAMED = /^"?sep=([^"\r\n])"?[^\S\r\n]*(?:\r\n|\n|\r|$)/i;

export interface CsvForm {
  readonly delimiter: string;
  /** Characters, and lines, that stand before the first record. */
  readonly skipped: number;
  readonly lines: number;
}

/** By the first characters of a file; `whole` says whether they are all of it. A delimiter that was chosen stands. */
export function csvFormOf(start: string, whole: boolean, chosen: string | null): CsvForm {
  const named = NAMED.exec(start);
  const skipped = named?.[0].length ?? 0;
  return { delimiter: chosen ?? named?.[1] ?? delimiterOf(start.slice(skipped), whole), skipped, lines: named === null ? 0 : 1 };
}

/** The one that most lines have as often as the first line has it; of several, the one that it has more of. */
function delimiterOf(text: string, whole: boolean): string {
  const lines = countedLines(text, whole);
  const [first] = lines;
  const ranked = DELIMITERS.map((delimiter, at) => {
    const count = first?.[at] ?? 0;
    return { delimiter, count, share: count === 0 ? 0 : lines.filter((line) => line[at] === count).length / lines.length };
  });
  return ranked.toSorted((one, other) => other.share - one.share || other.count - one.count)[0]?.delimiter ?? ",";
}

/** How often each delimiter stands in each of the first lines, outside quotation marks. The last is left out where it may be cut off. */
function countedLines(text: string, whole: boolean): readonly (readonly number[])[] {
  const unquoted = text.replaceAll(/"[^"]*(?:"|$)/g, "");
  const lines = unquoted.split(/\r\n|\n|\r/);
  const kept = whole || lines.length === 1 ? lines : lines.slice(0, -1);
  return kept
    .filter((line) => line.trim() !== "")
    .slice(0, LOOKED_AT)
    .map((line) => DELIMITERS.map((delimiter) => line.split(delimiter).length - 1));
}
