import { describe, expect, it } from "vitest";
import { readNames } from "../../../../main/aliases/name-list.ts";
import { ALIAS_LIST_NAME, ALIAS_LIST_NAMES } from "../../../../shared/rules/file-limits.ts";
import { take } from "../store/support.ts";

const read = (content: string | Uint8Array, fileName = "names.csv", column: string | null = null, signal = new AbortController().signal) =>
  readNames(typeof content === "string" ? Buffer.from(content) : content, { fileName, column, signal, onRead: () => {} });
const pairs = async (...given: Parameters<typeof read>) => {
  const { names, lines } = take(await read(...given));
  return names.map((name, i) => [lines[i], name]);
};

describe("a list line by line", () => {
  it("has a name a line, whatever ends it; empty lines count as lines alone", async () => {
    expect(await pairs("anna\r\n\r\n  bernd \nclara\rdieter", "names.txt")).toEqual([
      [1, "anna"],
      [3, "bernd"],
      [4, "clara"],
      [5, "dieter"],
    ]);
  });

  it("takes a line as it is: a comma does not end a name", async () => {
    expect(await pairs('müller, hans\n"quoted"', "names.txt")).toEqual([
      [1, "müller, hans"],
      [2, '"quoted"'],
    ]);
  });

  it.each(["utf8", "utf16le"] as const)("goes on over the pieces it is read in, in %s", async (encoding) => {
    // About 150 KB: several pieces, each with characters and line ends across the place where it could be cut.
    const names = Array.from({ length: 12_000 }, (_none, i) => `jörg.😀${i}`);
    const content = Buffer.from(`\uFEFF${names.join("\r\n")}\r\n`, encoding);
    const { names: found, lines } = take(await read(content, "names.txt"));
    expect(found).toEqual(names);
    expect(lines).toEqual(names.map((_name, i) => i + 1));
  });
});

describe("a CSV", () => {
  it.each([
    ["a comma", "alias,department\nanna,Sales\nbernd,\"Sales, East\"\n"],
    ["a semicolon, as Excel writes it where the comma is the decimal sign", "alias;department\nanna;Sales, East\nbernd;x\n"],
    ["a tab", "alias\tdepartment\nanna\tSales\nbernd\tx\n"],
  ])("is separated by %s", async (_what, content) => {
    expect(await pairs(content)).toEqual([
      [2, "anna"],
      [3, "bernd"],
    ]);
    expect(take(await read(content)).column).toBe("alias");
  });

  it("gives the column that is called like an alias, wherever it stands", async () => {
    expect(await pairs("DisplayName,mailNickname\nAnna,anna\n")).toEqual([[2, "anna"]]);
  });

  it("gives the first column, and its first line, where nothing is called like that", async () => {
    expect(await pairs("anna,Sales\nbernd,East\n")).toEqual([
      [1, "anna"],
      [2, "bernd"],
    ]);
  });

  it("gives the column that was asked for, without case, or says which there are", async () => {
    expect(await pairs("Alias;Login\na;anna\n", "names.csv", " login ")).toEqual([[2, "anna"]]);
    expect(await read("Alias;Login\na;anna\n", "names.csv", "mail")).toEqual({
      ok: false,
      fault: { kind: "unreadable", what: "no-column", detail: "Alias, Login" },
    });
  });

  it("takes line feeds and doubled quotation marks within quotation marks, and short rows as they are", async () => {
    expect(await pairs('alias,note\n"an""na","two\nlines"\nbernd\n')).toEqual([
      [3, 'an"na'],
      [4, "bernd"],
    ]);
  });

  it.each([
    ["a quotation mark that nothing closes", 'alias,note\nanna,"never\nbernd,x\n', 2],
    ["text behind a closing one", 'alias,note\nanna,x\n"ber"nd,x\n', 3],
  ])("is refused with the line of %s", async (_what, content, line) => {
    expect(await read(content)).toMatchObject({ fault: { kind: "unreadable", what: "not-csv", at: { line } } });
  });
});

describe("what is no list", () => {
  it("is refused with the place of the first byte that is no text", async () => {
    const before = `${"anna\n".repeat(30_000)}ber`;
    const content = Buffer.concat([Buffer.from(before), Buffer.from([0xe9]), Buffer.from("nd\n")]);
    expect(await read(content, "names.txt")).toEqual({ ok: false, fault: { kind: "unreadable", what: "not-text", at: { line: 30_001, column: 4 } } });
  });

  it.each(["", "\n \n\r\n"])("is refused when it holds no name: %j", async (content) => {
    expect(await read(content, "names.txt")).toEqual({ ok: false, fault: { kind: "unreadable", what: "no-names" } });
  });

  it("is refused at a line that is longer than a name, before more of it is read", async () => {
    const content = `anna\n${"x".repeat(ALIAS_LIST_NAME + 1)}`;
    expect(await read(content, "names.txt")).toMatchObject({ fault: { what: "name-too-long", at: { line: 2 }, most: ALIAS_LIST_NAME } });
    expect(await read(`anna\n${"x".repeat(ALIAS_LIST_NAME)}`, "names.txt")).toMatchObject({ ok: true });
  });

  it("is refused over the most names", async () => {
    expect(await read("a\n".repeat(ALIAS_LIST_NAMES), "names.txt")).toMatchObject({ ok: true });
    expect(await read("a\n".repeat(ALIAS_LIST_NAMES + 1), "names.txt")).toMatchObject({ fault: { what: "too-many-names", most: ALIAS_LIST_NAMES } });
  });
});

describe("reading", () => {
  it("leaves others their turn after each piece, and stops when it is cancelled", async () => {
    const stop = new AbortController();
    const heard: number[] = [];
    const bytes = Buffer.from("anna\n".repeat(100_000));
    let turns = 0;
    const count = () => {
      turns += 1;
      if (turns === 3) stop.abort();
      else setImmediate(count);
    };
    setImmediate(count);
    const result = await readNames(bytes, { fileName: "names.csv", column: null, signal: stop.signal, onRead: (read) => heard.push(read) });
    expect(result).toEqual({ ok: false, fault: { kind: "cancelled" } });
    expect(heard.length).toBeLessThanOrEqual(4);
    expect(heard.at(-1)).toBeLessThan(bytes.length);
  });
});
