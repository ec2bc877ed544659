/** Where the passphrase of a handover file comes from. */
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readPassphrase } from "../../../../../main/hosts/command-line/passphrase-input.ts";
import type { VerbContext } from "../../../../../main/hosts/command-line/verb.ts";
import { temporaryFolder } from "../../store/support.ts";

const place = temporaryFolder();
beforeEach(() => mkdirSync(place.folder, { recursive: true }));
afterEach(() => place.remove());

const read = (input: string | Buffer | null, options: VerbContext["options"] = {}) => {
  const stdin = Object.assign(Readable.from(input === null ? [] : [input], { objectMode: false }), { isTTY: input === null });
  const context = { words: [], options, json: false, stdin, signal: new AbortController().signal, client: () => Promise.reject(new Error("nobody asks")), stdout: process.stdout, progress: () => undefined };
  return readPassphrase(context, ["export"]);
};

it.each<[string, string | Buffer, string]>([
  ["the first line alone", "letter advice\nmore\n", "letter advice"],
  ["what a shell of Windows ends with two characters", "letter advice\r\n", "letter advice"],
  ["blanks at its ends, which belong to it", "  letter  \n", "  letter  "],
  ["what no line feed ends", "letter", "letter"],
  ["UTF-16, as Windows PowerShell writes files", Buffer.from("\uFEFFl\u00E4tter\r\n", "utf16le"), "l\u00E4tter"],
])("takes %s", async (_what, input, passphrase) => expect(await read(input)).toBe(passphrase));

it.each([["nothing", ""], ["an empty line", "\nletter\n"], ["a terminal", null]])("refuses %s", async (_what, input) => {
  await expect(read(input)).rejects.toThrow("the passphrase is missing");
});

it("reads another file descriptor, leaves it open, and leaves standard input alone", async () => {
  const file = path.join(place.folder, "passphrase");
  writeFileSync(file, "letter\n");
  const descriptor = openSync(file, "r");
  expect(await read("another one", { "passphrase-fd": String(descriptor) })).toBe("letter");
  closeSync(descriptor);
  await expect(read("another one", { "passphrase-fd": String(descriptor) })).rejects.toThrow("open for reading");
});

it.each(["x", "-1", "99999", ""])("refuses the file descriptor '%s'", async (typed) => {
  await expect(read("letter", { "passphrase-fd": typed })).rejects.toThrow("open for reading");
});

it("refuses one that is open for something else", async () => {
  const descriptor = openSync(place.folder, "r");
  await expect(read("letter", { "passphrase-fd": String(descriptor) })).rejects.toThrow("open for reading");
  closeSync(descriptor);
});

it("says of one that is open for writing alone that it cannot be read", async () => {
  const descriptor = openSync(path.join(place.folder, "out"), "w");
  await expect(read("letter", { "passphrase-fd": String(descriptor) })).rejects.toThrow(`file descriptor ${descriptor} cannot be read`);
  closeSync(descriptor);
});
