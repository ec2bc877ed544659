/** One sheet of a workbook, read in a thread of its own: the file may be anybody's. */
import { Readable } from "node:stream";
import { readSheet } from "read-excel-file/node";
import { ZipFile } from "yazl";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import { JOB_WORKBOOK_UNPACKED } from "../../../shared/rules/file-limits.ts";
import { cellName, dateText, plainNumber } from "./cell-text.ts";
import { sheetFault } from "./sheet-survey.ts";
import { BROKEN } from "./source-text.ts";
import { indexParts, openWorkbook, type WorkbookParts } from "./workbook-parts.ts";
import { ZipDamage, ZipParts, ZipTooLarge } from "./zip-parts.ts";

export interface SheetQuestion {
  readonly bytes: Uint8Array;
  /** By its name; null for the first that is shown. */
  readonly sheet: string | null;
}

export interface SheetAnswer {
  readonly sheet: string;
  readonly sheets: readonly string[];
  /** A JSON array of texts for each row of the sheet from its first, one a line, in UTF-8. */
  readonly lines: Uint8Array;
}

/** How an OLE 2 file begins ([MS-CFB] 2.2): Excel's older workbooks, and newer ones with a password ([MS-OFFCRYPTO] 1.3.2). */
const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");
const ENCRYPTED = Buffer.from("EncryptedPackage", "utf16le");

/**
 * Fails with `not-found` (`sheet`, the names there are as its detail), and with `unreadable`: `not-a-workbook`, `old-workbook`,
 * `encrypted-workbook`, `damaged`, `too-large`, `broken-text` with the cell as detail, and as {@link sheetFault} says.
 */
export async function readWorkbookSheet({ bytes, sheet }: SheetQuestion): Promise<Result<SheetAnswer>> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.subarray(0, OLE.length).equals(OLE)) return fail({ kind: "unreadable", what: file.includes(ENCRYPTED) ? "encrypted-workbook" : "old-workbook" });
  if (!file.subarray(0, 2).equals(Buffer.from("PK"))) return fail({ kind: "unreadable", what: "not-a-workbook" });
  try {
    const workbook = openWorkbook(new ZipParts(file, JOB_WORKBOOK_UNPACKED));
    return workbook === null ? fail({ kind: "unreadable", what: "not-a-workbook" }) : await readChosen(workbook, sheet);
  } catch (error) {
    if (error instanceof ZipTooLarge) return fail({ kind: "unreadable", what: "too-large", most: JOB_WORKBOOK_UNPACKED });
    if (error instanceof ZipDamage) return fail({ kind: "unreadable", what: "damaged" });
    throw error;
  }
}

async function readChosen(workbook: WorkbookParts, wanted: string | null): Promise<Result<SheetAnswer>> {
  const readable = workbook.sheets.filter(({ part }) => part !== null);
  const sheets = readable.map(({ name }) => name);
  const chosen = wanted === null ? (readable.find(({ isHidden }) => !isHidden) ?? readable[0]) : readable.find(({ name }) => name === wanted);
  if (chosen?.part == null) return fail({ kind: "not-found", what: "sheet", detail: sheets.join(", ") });
  const text = workbook.text(chosen.part);
  const fault = sheetFault(chosen.name, text);
  if (fault !== null) return fail(fault);
  // The library takes a zip file in which it asks for neither a directory nor a checksum: it gets one of the parts that were found whole.
  const zip = new ZipFile();
  for (const part of [...indexParts, ...workbook.common]) zip.addBuffer(Buffer.from(workbook.text(part)), part, { compress: false });
  zip.addBuffer(Buffer.from(text), chosen.part, { compress: false });
  zip.end();
  const rows = await readSheet(Readable.from(zip.outputStream), workbook.sheets.indexOf(chosen) + 1, { trim: false, parseNumber: plainNumber }).catch((error: unknown) => {
    throw new ZipDamage("the sheet is not as workbooks have it", { cause: error });
  });
  const lines: string[] = [];
  for (const [index, cells] of rows.entries()) {
    const texts = cells.map(textOf);
    const broken = texts.findIndex((cell) => BROKEN.test(cell));
    if (broken !== -1) return fail({ kind: "unreadable", what: "broken-text", detail: `${chosen.name}!${cellName(broken, index + 1)}` });
    lines.push(JSON.stringify(texts));
  }
  return succeed({ sheet: chosen.name, sheets, lines: new TextEncoder().encode(lines.join("\n")) });
}

/** What the format calls a date comes as one; a number, as text already. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return dateText(cell);
  if (typeof cell === "boolean") return cell ? "TRUE" : "FALSE";
  return typeof cell === "string" ? cell : "";
}
