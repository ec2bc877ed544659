import { stringify } from "csv-stringify/sync";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JOB_SOURCE_COLUMNS } from "../../../../../shared/rules/file-limits.ts";
import type { CsvSource } from "../../../../../shared/model/job.ts";
import { fault, take } from "../../store/support.ts";
import { readText } from "./support.ts";

const bigEndian = (text: string) => Buffer.from(text, "utf16le").swap16();
const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf]);

describe("the text of a CSV source", () => {
  const text = "Name;Stadt\r\nJürgen Groß;Köln\r\nZoë;Łódź\r\n";
  const rows = [{ Name: "Jürgen Groß", Stadt: "Köln" }, { Name: "Zoë", Stadt: "Łódź" }];

  it.each([
    ["UTF-8 without a mark", Buffer.from(text), "utf-8"],
    ["UTF-8 with its mark", Buffer.concat([utf8Mark, Buffer.from(text)]), "utf-8"],
    ["UTF-16 with its mark", Buffer.from(`\ufeff${text}`, "utf16le"), "utf-16le"],
    ["UTF-16 of the other byte order", bigEndian(`\ufeff${text}`), "utf-16be"],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le"), "utf-16le"],
    ["UTF-16 of the other byte order without a mark", bigEndian(text), "utf-16be"],
  ])("is read as %s", async (_what, bytes, encoding) => {
    const read = take(await readText(bytes));
    expect(read.rows).toEqual(rows);
    expect(read.facts).toMatchObject({ columns: ["Name", "Stadt"], rows: 2, delimiter: ";", encoding, sheet: null, sheets: [] });
  });

  it("is read as Windows-1252 where it is no UTF-8, with the letters that Latin-1 lacks", async () => {
    const bytes = Buffer.from("Name;Preis\nJ\xfcrgen \x93Gro\xdf\x94 \x96 \x8aova;5 \x80\n", "latin1");
    const { facts, rows: [row] } = take(await readText(bytes));
    expect(row).toEqual({ Name: "Jürgen “Groß” – Šova", Preis: "5 €" });
    expect(facts.encoding).toBe("windows-1252");
  });

  it.each<[string, Buffer, Partial<CsvSource>, object]>([
    ["bytes that the chosen encoding does not have", Buffer.from("a\nb\xfc\n", "latin1"), { encoding: "utf-8" }, { what: "not-text", at: { line: 2, column: 2 } }],
    ["bytes that Windows-1252 does not have", Buffer.from("a\nb\xfc\x81\n", "latin1"), {}, { what: "broken-text", at: { line: 2, column: 3 } }],
    ["half a character at the end of UTF-16", Buffer.from("\ufeffa\nb\n", "utf16le").subarray(0, -1), {}, { what: "not-text", at: { line: 2, column: 2 } }],
    ["a letter that was lost before", Buffer.from("a\nJ\ufffdrgen\n"), {}, { what: "broken-text", at: { line: 2, column: 2 } }],
    ["a zero character that strayed into it", Buffer.from("name\nAnna\0\nBert\n"), {}, { what: "broken-text", at: { line: 2, column: 5 } }],
  ])("is refused with its place for %s", async (_what, bytes, more, refused) => {
    expect(fault(await readText(bytes, more))).toEqual({ kind: "unreadable", ...refused });
  });

  it("finds the place of a lost letter in a long file", async () => {
    const lines = `${"x".repeat(99)}\n`.repeat(5000);
    expect(fault(await readText(`name\n${lines}\ufffd\n`))).toMatchObject({ what: "broken-text", at: { line: 5002, column: 1 } });
  });
});

describe("the rows of a CSV source", () => {
  it.each([
    [",", "Name,Note\nAnna,\"a; b; c\"\nBert,d\n"],
    [";", "Name;Preis\nAnna;1,50\nBert;2,75\n"],
    ["\t", "Name\tTelefon\nAnna, B.\t1,2,3\nBert\t4,5\n"],
    [";", '"Last, first";"Tags, all"\n"Muster, Anna";"a,b"\n"Beispiel, Bert";"c,d"\n'],
    ["|", "Name|Note\nAnna|a,b\nBert|c;d\n"],
  ])("are separated by %j where that is what the lines have alike", async (delimiter, text) => {
    const { facts, rows } = take(await readText(text));
    expect(facts).toMatchObject({ delimiter, rows: 2 });
    expect(Object.keys(rows[0] ?? {})).toHaveLength(2);
  });

  it("are separated as Excel's first line says, which is no row", async () => {
    const { facts, rows } = take(await readText("sep=;\r\nName,First;Mail\r\nAnna,A;a@x\r\n"));
    expect(facts).toMatchObject({ columns: ["Name,First", "Mail"], delimiter: ";" });
    expect(rows).toEqual([{ "Name,First": "Anna,A", Mail: "a@x" }]);
    expect(fault(await readText("sep=;\r\na;b\r\n1;2;3\r\n"))).toMatchObject({ what: "uneven-row", at: { line: 3, column: 1 } });
  });

  it("are separated as was chosen", async () => {
    expect(take(await readText("a;b,c\n1;2,3\n", { delimiter: "," })).rows).toEqual([{ "a;b": "1;2", c: "3" }]);
  });

  it("keep what stands in quotation marks, line ends included, and blanks at their edges", async () => {
    const { rows } = take(await readText('Name,Note\r\n" Anna ","two\r\nlines, ""quoted"""\r\n Bert ,x\r\n'));
    expect(rows).toEqual([{ Name: " Anna ", Note: 'two\r\nlines, "quoted"' }, { Name: " Bert ", Note: "x" }]);
  });

  it("end at every kind of line end, also where a file mixes them", async () => {
    expect(take(await readText("name\r\nAnna\nBert\r\nCarl\rDora")).rows.map((row) => row["name"])).toEqual(["Anna", "Bert", "Carl", "Dora"]);
  });

  it("leave out those without anything in them", async () => {
    expect(take(await readText("a,b\n\n1,2\n , \n,\n3,4\n\n")).rows).toEqual([{ a: "1", b: "2" }, { a: "3", b: "4" }]);
  });

  it.each([
    ["a value too many", "a,b\n1,2\n\"x\ny\",4,5\n", { what: "uneven-row", at: { line: 4, column: 1 }, most: 2 }],
    ["a value too few", "a,b,c\n1,2,3\n4,5\n", { what: "uneven-row", at: { line: 3, column: 1 }, most: 3 }],
    ["a quotation mark that nothing closes", 'a,b\n1,2\n"3,4\n5,6\n', { what: "not-csv", at: { line: 3, column: 1 } }],
    ["text behind a quotation mark", 'a,b\n1,2\n"3"x,4\n', { what: "not-csv", at: { line: 3, column: 1 } }],
    ["two columns of one name", "Mail, Name ,Mail,Name\n1,2,3,4\n", { what: "duplicate-column", detail: "Mail, Name" }],
    ["a name that a column without one gets", "Column 2,\n1,2\n", { what: "duplicate-column", detail: "Column 2" }],
    ["more columns than are read", `${Array.from({ length: JOB_SOURCE_COLUMNS + 1 }, (_none, at) => `c${at}`).join(",")}\n`, { what: "too-many-columns", most: JOB_SOURCE_COLUMNS }],
  ])("are refused as a whole for %s", async (_what, text, refused) => {
    expect(fault(await readText(text))).toEqual({ kind: "unreadable", ...refused });
  });

  it("names columns that have no name by their place, and all of them where the file has no names", async () => {
    expect(take(await readText(" Name ,,Mail\n1,2,3\n")).facts.columns).toEqual(["Name", "Column 2", "Mail"]);
    expect(take(await readText("1,2\n3,4\n", { header: false })).rows).toEqual([{ "Column 1": "1", "Column 2": "2" }, { "Column 1": "3", "Column 2": "4" }]);
  });

  it("take a column of any name", async () => {
    const [row] = take(await readText("__proto__,constructor\nx,y\n")).rows;
    expect(Object.entries(row ?? {})).toEqual([["__proto__", "x"], ["constructor", "y"]]);
  });

  it.each([
    ["an empty file", "", []],
    ["a mark alone", utf8Mark, []],
    ["blank lines", "\r\n\r\n", []],
    ["a line of names", "Name,Mail\r\n", ["Name", "Mail"]],
  ])("are none in %s, which is an answer", async (_what, content, columns) => {
    const { facts, rows } = take(await readText(content));
    expect(rows).toEqual([]);
    expect(facts).toMatchObject({ columns, rows: 0 });
  });

  it("are a hundred thousand where there are as many", async () => {
    const lines = Array.from({ length: 100_000 }, (_none, at) => `Jürgen ${at},user${at}@contoso.lab,"Köln, ""${at}"""`);
    const { facts, rows } = take(await readText(`Name,Mail,City\r\n${lines.join("\r\n")}`));
    expect(facts.rows).toBe(100_000);
    expect(rows.every((row, at) => row["Name"] === `Jürgen ${at}` && row["Mail"] === `user${at}@contoso.lab` && row["City"] === `Köln, "${at}"`)).toBe(true);
  });

  it("come back as another library wrote them, in every encoding and with every delimiter", async () => {
    const letters = fc.constantFrom(...Array.from("aZ09 äß€,;|\t\"'\n\r=._-"));
    const cell = fc.string({ unit: letters, maxLength: 8 }).map((text) => text.replace(/\r+$/, ""));
    const encoded: Record<NonNullable<CsvSource["encoding"]>, (text: string) => Buffer> = {
      "utf-8": (text) => Buffer.from(text),
      "utf-16le": (text) => Buffer.from(text, "utf16le"),
      "utf-16be": bigEndian,
      "windows-1252": (text) => Buffer.from(text.replaceAll("€", "\x80"), "latin1"),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell.filter((text) => text.trim() !== ""), cell, cell), { maxLength: 12 }),
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom("utf-8", "utf-16le", "utf-16be", "windows-1252"),
        fc.constantFrom("\n", "\r\n"),
        async (cells, delimiter, encoding, lineEnd) => {
          const text = stringify([["first", "second", "third"], ...cells], { delimiter, record_delimiter: lineEnd, quoted_match: /[\r\n]/ });
          const read = take(await readText(encoded[encoding](text), { delimiter, encoding }));
          expect(read.rows.map((row) => Object.values(row))).toEqual(cells);
        },
      ),
      { numRuns: 150 },
    );
  });
});
