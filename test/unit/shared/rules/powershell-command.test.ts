import { expect, it } from "vitest";
import { powershellCommand, powershellLiteral } from "../../../../shared/rules/powershell-command.ts";

it.each([
  ["Sales", "'Sales'"],
  ["O'Brien", "'O''Brien'"],
  // Typographic quotation marks end a literal as well.
  ["It\u2019s", "'It\u2019\u2019s'"],
  ["$(Get-Date) `n", "'$(Get-Date) `n'"],
  ["two\nlines", "('two' + [char]10 + 'lines')"],
  ["\u202etxt", "([char]8238 + 'txt')"],
  ["", "''"],
])("writes %j so that PowerShell reads it back", (text, literal) => {
  expect(powershellLiteral(text)).toBe(literal);
});

it("leaves out what is not given, and asks for secrets", () => {
  expect(powershellCommand("New-ADUser", { Name: "Ann", Path: null, Enabled: true, Confirm: false, AccountPassword: { prompt: "first" } })).toBe(
    "New-ADUser -Name 'Ann' -Enabled:$true -Confirm:$false -AccountPassword (Read-Host -AsSecureString 'first')",
  );
});
