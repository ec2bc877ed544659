import { describe, expect, it } from "vitest";
import { readRegistryFile } from "../../../../main/policy/registry-file.ts";
import { hexOf, registryExport } from "../../../lab/registry-export.ts";

const KEY = "HKEY_LOCAL_MACHINE\\Software\\Policies\\Messaging Console";
const read = (...lines: string[]) => readRegistryFile(registryExport(KEY, lines), KEY, { ProgramData: "C:\\ProgramData", ORT: "Köln" });

describe("a file of the registry", () => {
  it("gives texts with every letter, numbers, lists and texts with variables", () => {
    expect(read('"Contact"="Jürgen Größe, 東京支社"', '"CheckInterval"=dword:0000001e', `"List"=hex(7):${hexOf("Müller\0東京\0\0")}`, `"Folder"=hex(2):${hexOf("%programdata%\\%ort%\\%none%\0")}`)).toEqual({
      Contact: "Jürgen Größe, 東京支社",
      CheckInterval: 30,
      List: ["Müller", "東京"],
      Folder: "C:\\ProgramData\\Köln\\%none%",
    });
  });

  it("takes away what is before a quote and a backslash, and goes on over the end of a line", () => {
    expect(read(String.raw`"A \"b\""="C:\\Ordner \"Süd\" ]["`, '"Two"="one\r\n[two]"', '"Empty"=""', '@="default"')).toEqual({ 'A "b"': 'C:\\Ordner "Süd" ][', Two: "one\r\n[two]", Empty: "", "": "default" });
  });

  it("has nothing for types that no policy has, and an empty list for one", () => {
    expect(read('"Bytes"=hex:01,02', '"Large"=hex(b):01,00,00,00,00,00,00,00', '"None"=hex(7):', `"Plain"=hex(1):${hexOf("ü\0")}`)).toEqual({ Bytes: null, Large: null, None: [], Plain: "ü" });
  });

  it("looks at the key alone, whatever its letters' case, and not at those below, beside or taken away", () => {
    const file = registryExport(KEY.toUpperCase(), ['"In"="1"', "", `[${KEY}\\Below]`, '"Below"="2"', "", `[-${KEY}]`, '"Gone"="3"', "; a comment", `[${KEY}]`, '"Again"="4"']);
    expect(readRegistryFile(file, KEY)).toEqual({ In: "1", Again: "4" });
  });

  it.each([
    ["no header", Buffer.from('\uFEFF[K]\r\n"A"="b"\r\n', "utf16le")],
    ["half a character", registryExport(KEY, ['"A"="b"']).subarray(0, -1)],
    ["a text that breaks off", registryExport(KEY, ['"A"="b'])],
    ["a name without a value", registryExport(KEY, ['"A"='])],
    ["a value of no kind", registryExport(KEY, ['"A"=qword:1'])],
    ["something else", registryExport(KEY, ["A=1"])],
    ["nothing", Buffer.alloc(0)],
  ])("is not read where it has %s", (_what, bytes) => {
    expect(readRegistryFile(bytes, KEY)).toBeNull();
  });
});
