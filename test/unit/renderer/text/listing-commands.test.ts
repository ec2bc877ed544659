import { describe, expect, it } from "vitest";
import { listingCommands } from "../../../../renderer/text/listing-commands.ts";
import "../../../../renderer/text/all-texts.ts";

describe("Sync Again as PowerShell", () => {
  it("is the search that the console makes, with values that PowerShell reads back as they are", () => {
    const text = listingCommands("exchange", { domain: "contoso.lab'; Remove-Item $HOME; '", username: "eva" }) ?? "";
    expect(text).toContain("$server = 'contoso.lab''; Remove-Item $HOME; '''\n");
    expect(text).toContain("-LDAPFilter '(objectCategory=msExchExchangeServer)'");
    expect(text).toContain("Get-Credential");
  });

  it("is not shown while the domain is missing, nor where nobody has to be asked", () => {
    expect(listingCommands("exchange", { domain: " ", username: "eva" })).toBeNull();
    expect(listingCommands("other", { domain: "contoso.lab" })).toBeNull();
    expect(listingCommands("office365", { domain: "contoso.com" })).toBeNull();
  });
});
