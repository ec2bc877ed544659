/** Faults of `main/jobs/sources`: rows that are fewer or others than the file holds are objects that a run would take for gone. */
import type { EditedRoom } from "../edit.ts";

const csvTests = ["test/unit/main/jobs/sources/csv.test.ts"];
const fileTests = ["test/unit/main/jobs/sources/source-file.test.ts"];
const workbookTests = ["test/unit/main/jobs/sources/workbook.test.ts"];

export const jobSources: EditedRoom = {
  tests: ["test/unit/main/jobs/sources"],
  edits: [
    { file: "main/jobs/sources/source-file.ts", find: "if (done !== total || !isSame(", replace: "if (done > total + 1 && !isSame(", promise: "a file that changes while it is read is not used", kind: "told", tests: fileTests },
    { file: "main/jobs/sources/source-file.ts", find: " && before.mtimeNs === after.mtimeNs", replace: "", promise: "a file that is written over at the same length is not used", kind: "told", tests: fileTests },
    { file: "main/jobs/sources/source-file.ts", find: "const real = await realpath(file);", replace: "const real = file;", promise: "no link leads into the console's own data", kind: "leaked", tests: fileTests },
    { file: "main/jobs/sources/source-file.ts", find: "if (isWithin(real, await realOr(reading.forbidden)))", replace: "if (isWithin(real, reading.forbidden))", promise: "the console's own data is closed behind a link of its folder too", kind: "leaked", tests: fileTests },
    { file: "main/jobs/sources/source-file.ts", find: "if (before.size > JOB_SOURCE_LIMIT) return", replace: "if (before.size < 0) return", promise: "a file that is too large is refused before memory is taken for it", kind: "other", tests: fileTests },
    { file: "main/jobs/sources/source-file.ts", find: "    await handle.close();\n", replace: "    void handle;\n", promise: "a file that was read is let go of", kind: "left-behind", tests: fileTests },
    { file: "main/jobs/sources/source-text.ts", find: "const broken = piece.ok ? piece.value.search(BROKEN) : -1;", replace: "const broken = -1;", promise: "a letter that was lost is not read as one", kind: "told", tests: csvTests },
    { file: "main/jobs/sources/source-text.ts", find: "start = endOf(piece.value, start);", replace: "", promise: "the place of a lost letter is counted from the beginning of the file", kind: "told", tests: csvTests },
    { file: "main/jobs/sources/source-text.ts", find: "FROM_0X80[letter.charCodeAt(0) - 0x80] ?? \" \"", replace: "letter", promise: "Windows-1252 is not read as Latin-1", kind: "told", tests: csvTests },
    { file: "main/jobs/sources/csv.ts", find: "record_delimiter: [\"\\r\\n\", \"\\n\", \"\\r\"],", replace: "", promise: "lines that end in several ways are a row each", kind: "lost", tests: csvTests },
    { file: "main/jobs/sources/csv.ts", find: "() => (this.#broken = true)", replace: "() => undefined", promise: "a quotation mark that nothing closes costs no row in silence", kind: "lost", tests: csvTests },
    { file: "main/jobs/sources/csv-form.ts", find: "text.replaceAll(/\"[^\"]*(?:\"|$)/g, \"\")", replace: "text", promise: "what stands in quotation marks separates nothing", kind: "told", tests: csvTests },
    { file: "main/jobs/sources/table.ts", find: "if (cells.length !== columns.length) this.#refusal", replace: "if (cells.length > columns.length) this.#refusal", promise: "a row with a value too few is not filled up", kind: "told", tests: csvTests },
    { file: "main/jobs/sources/table.ts", find: "else if (twice.size > 0) this.#refusal", replace: "else if (twice.size > cells.length) this.#refusal", promise: "a column does not take another one's place", kind: "lost", tests: csvTests },
    { file: "main/jobs/sources/zip-parts.ts", find: " || crc32(bytes) !== entry.checksum", replace: "", promise: "a workbook in which a byte was changed is not read", kind: "told", tests: workbookTests },
    { file: "main/jobs/sources/zip-parts.ts", find: "if (entry.unpacked > this.#left) throw new ZipTooLarge(name);", replace: "", promise: "a workbook that would fill the memory is refused before it is unpacked", kind: "other", tests: workbookTests },
    { file: "main/jobs/sources/sheet-survey.ts", find: "return isComputed ? null :", replace: "return isComputed || value === undefined || value === \"\" ? null :", promise: "a formula that nobody computed is no empty value", kind: "lost", tests: workbookTests },
    { file: "main/jobs/sources/sheet-survey.ts", find: "if (type === \"e\") return", replace: "if (type === \"none\") return", promise: "an error in a cell is not taken for its text", kind: "told", tests: workbookTests },
    { file: "main/jobs/sources/workbook-parts.ts", find: "=> escaped(text ?? \"\"));", replace: "=> \"\");", promise: "text in a section of its own is not passed over", kind: "lost", tests: workbookTests },
    { file: "main/jobs/sources/workbook-sheet.ts", find: "{ trim: false, parseNumber: plainNumber }", replace: "{ parseNumber: plainNumber }", promise: "blanks at the edges of a cell stay", kind: "told", tests: workbookTests },
  ],
};
