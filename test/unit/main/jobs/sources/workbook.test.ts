import fs from "node:fs";
import { describe, expect, it } from "vitest";
import writeWorkbook from "write-excel-file/node";
import { readSource } from "../../../../../main/jobs/sources/index.ts";
import { readWorkbookSheet } from "../../../../../main/jobs/sources/workbook-sheet.ts";
import type { Progress } from "../../../../../shared/contract/progress.ts";
import { JOB_SOURCE_CELLS, JOB_SOURCE_COLUMNS, JOB_WORKBOOK_UNPACKED } from "../../../../../shared/rules/file-limits.ts";
import { fault, take } from "../../store/support.ts";
import { bookOf, partsOf, zipOf, type HandMade } from "./books.ts";
import { at, file, options, readBook } from "./support.ts";

const cell = (name: string, inner: string, attributes = "") => `<c r="${name}"${attributes}>${inner}</c>`;
const text = (name: string, words: string) => cell(name, `<is><t>${words}</t></is>`, ' t="inlineStr"');
const row = (number: number, ...cells: readonly string[]) => `<row r="${number}">${cells.join("")}</row>`;
const named = row(1, text("A1", "Name"), text("B1", "Value"));
const readMade = async (made: HandMade, sheet: string | null = null) => readBook(file("made.xlsx", await bookOf(made)), sheet);

describe("a workbook of another library", () => {
  it("gives every value as text", async () => {
    const where = at("values.xlsx");
    await writeWorkbook(
      [
        ["Name", "Born", "Seen", "Days", "Share", "Large", "Small", "Active"],
        [" Jürgen <Groß> & Söhne ", new Date(Date.UTC(1975, 1, 28)), new Date(Date.UTC(2026, 10, 25, 13, 45, 30)), 42, 0.1 + 0.2, 1e21, 1.5e-7, true],
        ["two\nlines", null, null, -7, null, null, null, false],
      ],
      { sheet: "Users", dateFormat: "yyyy-mm-dd hh:mm" },
    ).toFile(where);
    const { facts, rows } = take(await readBook(where));
    expect(rows).toEqual([
      { Name: " Jürgen <Groß> & Söhne ", Born: "1975-02-28", Seen: "2026-11-25T13:45:30", Days: "42", Share: "0.3", Large: "1000000000000000000000", Small: "0.00000015", Active: "TRUE" },
      { Name: "two\nlines", Born: "", Seen: "", Days: "-7", Share: "", Large: "", Small: "", Active: "FALSE" },
    ]);
    expect(facts).toMatchObject({ rows: 2, delimiter: null, encoding: null, sheet: "Users", sheets: ["Users"] });
    expect(facts.changedAt).toBe(Math.floor(fs.statSync(where).mtimeMs));
  });

  it("is read by the name of its sheet, and told its sheets where it has no such", async () => {
    const where = at("sheets.xlsx");
    await writeWorkbook([{ sheet: "First", data: [["a"], ["1"]] }, { sheet: "Zweite Größe", data: [["b"], ["2"], ["3"]] }]).toFile(where);
    expect(take(await readBook(where))).toMatchObject({ facts: { sheet: "First", sheets: ["First", "Zweite Größe"] }, rows: [{ a: "1" }] });
    expect(take(await readBook(where, "Zweite Größe"))).toMatchObject({ facts: { sheet: "Zweite Größe" }, rows: [{ b: "2" }, { b: "3" }] });
    expect(fault(await readBook(where, "first"))).toEqual({ kind: "not-found", what: "sheet", detail: "First, Zweite Größe" });
  });

  it("is read to its hundred thousandth row", async () => {
    const where = at("long.xlsx");
    await writeWorkbook([["Name", "Mail", "Number"], ...Array.from({ length: 100_000 }, (_none, index) => [`Jürgen & Söhne ${index}`, `user${index}@contoso.lab`, index])]).toFile(where);
    const { facts, rows } = take(await readBook(where));
    expect(facts.rows).toBe(100_000);
    expect(rows.every((each, index) => each["Name"] === `Jürgen & Söhne ${index}` && each["Mail"] === `user${index}@contoso.lab` && each["Number"] === String(index))).toBe(true);
  });

  it("is an answer without rows too", async () => {
    await writeWorkbook([["Name", "Mail"]]).toFile(at("names.xlsx"));
    expect(take(await readBook(at("names.xlsx")))).toMatchObject({ facts: { columns: ["Name", "Mail"], rows: 0 }, rows: [] });
    await writeWorkbook([[]]).toFile(at("blank.xlsx"));
    expect(take(await readBook(at("blank.xlsx")))).toMatchObject({ facts: { columns: [], rows: 0 }, rows: [] });
  });

  it("is read without a line of names", async () => {
    await writeWorkbook([["Anna", 1], ["Bert", 2]]).toFile(at("no-names.xlsx"));
    expect(take(await readBook(at("no-names.xlsx"), null, false)).rows).toEqual([{ "Column 1": "Anna", "Column 2": "1" }, { "Column 1": "Bert", "Column 2": "2" }]);
  });

  it("may not name a column twice", async () => {
    await writeWorkbook([["Mail", "Mail "], ["1", "2"]]).toFile(at("twice.xlsx"));
    expect(fault(await readBook(at("twice.xlsx")))).toEqual({ kind: "unreadable", what: "duplicate-column", detail: "Mail" });
  });
});

describe("a workbook made by hand", () => {
  it("gives what its formulas came to", async () => {
    const cells = named + row(3, cell("A3", "<f>B3&amp;1</f><v>x1</v>", ' t="str"'), cell("B3", "<f>1+1</f><v>2</v>")) + row(4, cell("A4", "<f>T(1)</f><v></v>", ' t="str"'), cell("B4", "<v>5</v>"));
    expect(take(await readMade({ cells })).rows).toEqual([{ Name: "x1", Value: "2" }, { Name: "", Value: "5" }]);
  });

  it.each([
    ["a formula that nobody computed", cell("B2", "<f>A2</f><v></v>"), { what: "cell-uncomputed", detail: "Users & more!B2" }],
    ["one without a value at all", cell("B2", "<f>A2</f>", ' t="str"'), { what: "cell-uncomputed", detail: "Users & more!B2" }],
    ["an error", cell("B2", "<f>1/0</f><v>#DIV/0!</v>", ' t="e"'), { what: "cell-error", detail: "Users & more!B2: #DIV/0!" }],
    ["a letter that was lost", text("B2", "J\ufffdrgen"), { what: "broken-text", detail: "Users & more!B2" }],
    ["a text that is not among the shared ones", cell("B2", "<v>7</v>", ' t="s"'), { what: "damaged" }],
    ["a value that is no number", cell("B2", "<v>seven</v>"), { what: "damaged" }],
  ])("is refused with the cell for %s", async (_what, bad, refused) => {
    expect(fault(await readMade({ cells: named + row(2, text("A2", "Anna"), bad), strings: ["<t>x</t>"] }))).toEqual({ kind: "unreadable", ...refused });
  });

  it("holds the words of an error as text where it is text", async () => {
    expect(take(await readMade({ cells: named + row(2, text("A2", "#N/A"), text("B2", "x")) })).rows).toEqual([{ Name: "#N/A", Value: "x" }]);
  });

  it("loses nothing of texts in pieces, sections and between comments", async () => {
    const strings = ["<r><t>An</t></r><r><t>na</t></r>", "<t>Be<![CDATA[r & <]]>t</t>", "<t>Ca<!-- no -->rl</t>"];
    const shared = (name: string, index: number) => cell(name, `<v>${index}</v>`, ' t="s"');
    const cells = named + row(2, shared("A2", 0), shared("B2", 1)) + row(3, shared("A3", 2), text("B3", "<![CDATA[</c>]]>x"));
    expect(take(await readMade({ cells, strings })).rows).toEqual([{ Name: "Anna", Value: "Ber & <t" }, { Name: "Carl", Value: "</c>x" }]);
  });

  it("is read with its own prefix for every element", async () => {
    const parts = partsOf({ cells: named + row(2, text("A2", "Anna"), cell("B2", "<v>1</v>")) });
    const prefixed = Object.fromEntries(
      Object.entries(parts).map(([name, xml]) => [name, name.includes("sheets/") ? xml.replaceAll(/<(\/?)(?=[a-z])/gi, "<$1x:").replace("xmlns=", "xmlns:x=") : xml]),
    );
    expect(take(await readBook(file("prefixed.xlsx", await zipOf(prefixed)))).rows).toEqual([{ Name: "Anna", Value: "1" }]);
  });

  it("is read by its first sheet of cells that is shown", async () => {
    const before = [{ name: "Chart", kind: "chartsheet" }, { name: "Lists", kind: "hidden" }] as const;
    const { facts, rows } = take(await readMade({ cells: named + row(2, text("A2", "Anna"), text("B2", "x")), before }));
    expect(facts).toMatchObject({ sheet: "Users & more", sheets: ["Lists", "Users & more"] });
    expect(rows).toEqual([{ Name: "Anna", Value: "x" }]);
    expect(fault(await readMade({ cells: named, before }, "Chart"))).toMatchObject({ kind: "not-found", what: "sheet" });
  });

  it.each<[string, HandMade["zip"]]>([["without compression", { compress: false }], ["with sizes of 64 bits", { forceZip64Format: true }]])("is read where it is packed %s", async (_what, zip) => {
    expect(take(await readMade({ cells: named + row(2, text("A2", "Anna"), text("B2", "x")), ...(zip ? { zip } : {}) })).rows).toEqual([{ Name: "Anna", Value: "x" }]);
  });
});

const fields = row(1, text("A1", "Name"));

describe("what is no workbook, or not a whole one", () => {
  const ole = Buffer.from("d0cf11e0a1b11ae1", "hex");
  const whole = { cells: fields + row(2, text("A2", "Anna")) };
  /** Not in a thread, which takes longer to start than this. */
  const readBytes = async (bytes: Uint8Array) => fault(await readWorkbookSheet({ bytes, sheet: null }));

  it.each<[string, Buffer, string]>([
    ["text", Buffer.from("Name;Mail\n"), "not-a-workbook"],
    ["nothing", Buffer.alloc(0), "not-a-workbook"],
    ["an older workbook", Buffer.concat([ole, Buffer.alloc(4096)]), "old-workbook"],
    ["a workbook with a password", Buffer.concat([ole, Buffer.alloc(2048), Buffer.from("EncryptedPackage", "utf16le")]), "encrypted-workbook"],
  ])("%s is told as what it is", async (_what, bytes, what) => {
    expect(await readBytes(bytes)).toEqual({ kind: "unreadable", what });
  });

  it("an older workbook is told by its name, and another zip file by what it holds", async () => {
    expect(fault(await readBook(file("old.xls", ole)))).toEqual({ kind: "unreadable", what: "old-workbook" });
    expect(await readBytes(await zipOf({ "readme.txt": "x" }))).toEqual({ kind: "unreadable", what: "not-a-workbook" });
    expect(fault(await readBook(file("book.xlsm", ole)))).toMatchObject({ issues: [{ code: "source-path-ending", facts: { values: ".xlsx" } }] });
  });

  it("one that was cut off anywhere is refused", async () => {
    const bytes = await bookOf(whole);
    for (let length = 2; length < bytes.length; length += 1) expect(await readBytes(bytes.subarray(0, length))).toEqual({ kind: "unreadable", what: "damaged" });
  });

  it("one of whose sheet a byte was changed is refused, though it can be unpacked", async () => {
    const bytes = await bookOf({ ...whole, zip: { compress: false } });
    bytes[bytes.indexOf("Anna")] = 0x45;
    expect(await readBytes(bytes)).toEqual({ kind: "unreadable", what: "damaged" });
  });

  it.each([
    ["before it is unpacked", JOB_WORKBOOK_UNPACKED + 1, { what: "too-large", most: JOB_WORKBOOK_UNPACKED }],
    ["when it swells beyond what it says", 100, { what: "damaged" }],
  ])("one that would fill the memory is refused %s", async (_what, says, refused) => {
    const blanks = Buffer.alloc(4 * 1024 * 1024 + 3, " ");
    const bytes = await bookOf({ cells: "", parts: { "xl/worksheets/rId1.xml": blanks } });
    const size = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
    for (let found = bytes.indexOf(size(blanks.length)); found !== -1; found = bytes.indexOf(size(blanks.length), found)) size(says).copy(bytes, found);
    expect(await readBytes(bytes)).toEqual({ kind: "unreadable", ...refused });
  });

  it.each([
    ["a row that no sheet has", row(99_999_999_999, text("A99999999999", "x")), { what: "damaged" }],
    ["a value far to the right", row(2, text("ALM2", "x")), { what: "too-many-columns", most: JOB_SOURCE_COLUMNS }],
    ["values far out", row(2, text("CV2", "x")) + row(1_048_576, text("A1048576", "x")), { what: "too-many-cells", most: JOB_SOURCE_CELLS }],
  ])("one with %s is refused before anything is made of it", async (_what, cells, refused) => {
    expect(await readBytes(await bookOf({ cells: fields + cells }))).toEqual({ kind: "unreadable", ...refused });
  });

  it("one whose farther cells are only coloured is read", async () => {
    const cells = fields + row(2, text("A2", "Anna"), '<c r="XFD2" s="0"/>') + '<row r="1048576"/>';
    expect(take(await readWorkbookSheet({ bytes: await bookOf({ cells }), sheet: null })).lines.toString()).toBe(Buffer.from('["Name"]\n["Anna"]').join(","));
  });

  it("one that declares entities of its own, with which a text could swell, is refused", async () => {
    const [part = "", sheet = ""] = Object.entries(partsOf({ cells: fields + row(2, text("A2", "&e;")) })).find(([name]) => name.includes("worksheets/")) ?? [];
    const declared = sheet.replace("<worksheet", '<!DOCTYPE w [<!ENTITY e "Anna">]><worksheet');
    expect(await readBytes(await bookOf({ cells: "", parts: { [part]: declared } }))).toEqual({ kind: "unreadable", what: "damaged" });
  });

  it("is not waited for when it is called off", async () => {
    const ended = new AbortController();
    const where = file("off.xlsx", await bookOf(whole));
    const progress = ({ step }: Progress) => {
      if (step === "reading-workbook") ended.abort();
    };
    expect(fault(await readSource({ kind: "excel", path: where, sheet: null, header: true }, options({ signal: ended.signal, progress })))).toEqual({ kind: "cancelled" });
  });
});
