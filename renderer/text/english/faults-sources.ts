/** Why the source of a job cannot be read. */
import type { UnreadableReason } from "../../../shared/fault.ts";

type SourceReason = Extract<
  UnreadableReason,
  | "not-a-file" | "file-locked" | "file-changed" | "share-away" | "broken-text" | "uneven-row" | "duplicate-column" | "too-many-rows" | "too-many-columns" | "too-many-cells"
  | "not-a-workbook" | "old-workbook" | "encrypted-workbook" | "cell-error" | "cell-uncomputed"
>;

export const unreadableSources = {
  "unreadable-not-a-file": "What lies at this path is no file.",
  "unreadable-not-a-file-next": "Enter the path of a file, not that of a folder, a device or a pipe.",
  "unreadable-file-locked": "Another program holds the file.",
  "unreadable-file-locked-next": "Close it there, or try again when the program that writes it is done.",
  "unreadable-file-changed": "The file was changed while it was read, so none of it was used.",
  "unreadable-file-changed-next": "Try again when whatever writes it is done. Best it writes another file, and renames it at the end.",
  "unreadable-share-away": "The share or drive of this file cannot be reached.",
  "unreadable-share-away-next": "Check the network and the name of the server. A letter of a drive is often connected for one account only: write \\\\server\\share instead.",
  "unreadable-broken-text": "The file holds a character that stands for one that was lost, or a zero character.",
  "unreadable-broken-text-next": "Export it again, as UTF-8. The details say where the first of them stands.",
  "unreadable-uneven-row": "The row that ends in line {{line}} has more or fewer values than there are columns: {{most}}.",
  "unreadable-uneven-row-next": "Correct it in the file. A value that holds the separator stands in quotation marks; if no line is right, choose another separator.",
  "unreadable-duplicate-column": "The line of names names a column twice.",
  "unreadable-duplicate-column-next": "Rename one of them in the file. The details say which.",
  "unreadable-too-many-rows": "The source has more than {{most}} rows.",
  "unreadable-too-many-rows-next": "Check that it is the right file, or split it over several jobs.",
  "unreadable-too-many-columns": "The source has more than {{most}} columns.",
  "unreadable-too-many-columns-next": "Check the separator, and that it is the right file.",
  "unreadable-too-many-cells": "The source has more than {{most}} values.",
  "unreadable-too-many-cells-next": "Export the columns that the job needs alone.",
  "unreadable-not-a-workbook": "The file is no Excel workbook.",
  "unreadable-not-a-workbook-next": "Save it in Excel as a workbook (.xlsx), or choose CSV as the kind of source.",
  "unreadable-old-workbook": "The file is a workbook of Excel's older format (.xls).",
  "unreadable-old-workbook-next": "Open it in Excel and save it as a workbook (.xlsx).",
  "unreadable-encrypted-workbook": "The workbook is protected with a password.",
  "unreadable-encrypted-workbook-next": "Save it without one: in Excel under File, Info, Protect Workbook, Encrypt with Password.",
  "unreadable-cell-error": "A cell of the sheet holds an error instead of a value.",
  "unreadable-cell-error-next": "Correct it in Excel. The details say which cell it is.",
  "unreadable-cell-uncomputed": "A cell of the sheet holds a formula that was never computed.",
  "unreadable-cell-uncomputed-next": "Open the workbook in Excel and save it. The details say which cell it is.",
} as const satisfies Record<`unreadable-${SourceReason}` | `unreadable-${SourceReason}-next`, string>;
