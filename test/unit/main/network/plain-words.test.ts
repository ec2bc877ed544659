import { describe, expect, test } from "vitest";
import { firstWords, plainWords } from "../../../../main/network/plain-words.ts";

describe("what a far side wrote", () => {
  test.each([
    ["  two\r\n lines\t", "two lines"],
    ["\u001B[2Jred\u0007 \u202Egpj.exe\u200B", "[2Jred gpj.exe"],
    ["x".repeat(300), `${"x".repeat(99)}…`],
    ["\u0000\u0085\uFEFF", ""],
    ["\u{1D11E}".repeat(200), `${"\u{1D11E}".repeat(99)}…`],
  ])("%j is shown as %j", (text, shown) => {
    expect(plainWords(text)).toBe(shown);
  });
});

describe("a page's first words", () => {
  test.each([
    ["<html><head><title>\n Access  denied </title></head><body>more</body></html>", "Access denied"],
    ["<HTML><TITLE></TITLE><script>var secret = 1;</script><style>b{}</style><h1>It works!</h1>", "It works!"],
    ["ex1.contoso.lab is down for maintenance", "ex1.contoso.lab is down for maintenance"],
    ["<html><body></body></html>", ""],
    ["", ""],
    ["<script>never closed", ""],
    ["<".repeat(100_000), ""],
  ])("of %j are %j", (page, words) => {
    expect(firstWords(page)).toBe(words);
  });
});
