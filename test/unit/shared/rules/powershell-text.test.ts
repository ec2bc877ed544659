import { describe, expect, it } from "vitest";
import { powerShellCommand, singleQuoted } from "../../../../shared/rules/powershell-text.ts";

describe("a value in a command that is shown", () => {
  it.each([
    ["Sales", "'Sales'"],
    ["O'Brien", "'O''Brien'"],
    ["‘a’ ‚b‛", "'‘‘a’’ ‚‚b‛‛'"],
    ["$(Remove-Item x) `n \"", "'$(Remove-Item x) `n \"'"],
    ["", "''"],
  ])("stands between quotation marks that it cannot leave: %s", (text, quoted) => {
    expect(singleQuoted(text)).toBe(quoted);
  });
});

describe("a command that is shown", () => {
  it("has its parameters in their order, switches alone, and none that is not given", () => {
    expect(powerShellCommand("Set-ADObject", { Identity: singleQuoted("CN=a b"), Server: null, Confirm: true, Clear: "mail" })).toBe("Set-ADObject -Identity 'CN=a b' -Confirm -Clear mail");
  });
});
