import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readTyped, typedFormats } from "../../../../shared/rules/typed-value.ts";

const GUID = "5f0c2a0e-7d1b-4c7e-9a54-2f1f00000001";

describe("a value as it was typed or pasted", () => {
  test.each([
    ["line", " Contoso HQ\r\n", "Contoso HQ"],
    ["line", "\u00A0\u200BContoso HQ\uFEFF", "Contoso HQ"],
    ["line", '"Contoso HQ"', '"Contoso HQ"'],
    ["account", "\tCONTOSO\\svc-mail \n", "CONTOSO\\svc-mail"],
    ["account", '"CONTOSO\\svc-mail"', "CONTOSO\\svc-mail"],
    ["account", "“admin@contoso.com”", "admin@contoso.com"],
    ["account", "„admin@contoso.com“\u200B", "admin@contoso.com"],
    ["account", "« admin@contoso.com »", "admin@contoso.com"],
    ["account", "'O'Brien'", "'O'Brien'"],
    ["dns-name", "https://contoso.lab/", "contoso.lab"],
    ["dns-name", " 'HTTP://Contoso.lab' ", "Contoso.lab"],
    ["dns-name", "`contoso.lab`", "contoso.lab"],
    ["dns-name", "https://contoso.lab/owa", "https://contoso.lab/owa"],
    ["dns-name", "https://contoso.lab:8443/", "https://contoso.lab:8443/"],
    ["dns-name", "https://admin@contoso.lab/", "https://admin@contoso.lab/"],
    ["dns-name", "ldaps://dc1/", "ldaps://dc1/"],
    ["guid", ` {${GUID}}\n`, GUID],
    ["guid", `"{${GUID.toUpperCase()}}"`, GUID.toUpperCase()],
    ["tenant", `{${GUID}}`, GUID],
    ["tenant", "https://contoso.onmicrosoft.com", "contoso.onmicrosoft.com"],
  ] as const)("%s %j is %j", (format, typed, read) => {
    expect(readTyped(typed, format)).toBe(read);
  });

  it("keeps what stands inside, so that it is refused and not changed", () => {
    expect(readTyped(" con\u200Btoso.\nlab ", "dns-name")).toBe("con\u200Btoso.\nlab");
    expect(readTyped("\u0000x\u0000", "line")).toBe("\u0000x\u0000");
  });

  it("leaves what is kept already as it is", () => {
    const characters = constantFrom(...Array.from("ab.:/@{}\"'`“”«»- \n\u00A0\u200B"), "https://", GUID);
    assert(
      property(string({ unit: characters, maxLength: 12 }), constantFrom(...typedFormats), (text, format) => {
        const once = readTyped(text, format);
        expect(readTyped(once, format)).toBe(once);
        expect(once).toBe(readTyped(`\n ${text}\u200B\r\n`, format));
      }),
    );
  });
});
