import { describe, expect, test } from "vitest";
import { alternativeNames } from "../../../../main/directory/presented-certificate.ts";

describe("subject alternative names", () => {
  test.each([
    ["DNS:dc1.contoso.lab, DNS:contoso.lab, DNS:CONTOSO", ["dc1.contoso.lab", "contoso.lab", "CONTOSO"]],
    // The GUID of a controller is another kind of name (1.3.6.1.4.1.311.25.1).
    ["othername:<unsupported>, DNS:dc1.contoso.lab, IP Address:10.0.0.1", ["dc1.contoso.lab", "10.0.0.1"]],
    ['DNS:"odd, name", DNS:dc1', ['"odd, name"', "dc1"]],
    ["", []],
    [undefined, []],
  ])("%s", (text, names) => {
    expect(alternativeNames(text)).toEqual(names);
  });
});
