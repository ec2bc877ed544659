import { describe, expect, it } from "vitest";
import { changeLabel, changeValue } from "../../../../renderer/text/change.ts";
import type { Change } from "../../../../shared/model/draft.ts";

function change(key: string, after: string | null, parts: Partial<Change> = {}): Change {
  return { key, provider: null, before: null, after, secret: false, ...parts };
}

describe("a change in words", () => {
  it.each([
    [change("name", "HQ"), "Name", "HQ"],
    [change("connection.kind", "entra-id"), "Kind", "Microsoft Entra ID"],
    [change("connection.cloud", "gcc-high"), "Cloud", "US Government GCC High"],
    [change("connection.security", "starttls"), "Protection", "StartTLS"],
    [change("connection.trust", "system"), "Trusted certificates", "those this computer trusts"],
    [change("connection.trust", "authority-file my root.pem"), "Trusted certificates", "my root.pem"],
    [change("connection.trust", "pinned ab12"), "Trusted certificates", "ab12"],
    [change("secrets.directory-password", "cleared", { secret: true }), "Password", "cleared"],
    [change("provider", "exchange/subscription"), "Messaging provider", "Microsoft Exchange Subscription Edition"],
    [change("provider", null), "Messaging provider", null],
    [change("values.domain", "contoso.lab", { provider: "exchange" }), "Domain name", "contoso.lab"],
    [change("values.cloud", "china", { provider: "office365" }), "Cloud", "China (21Vianet)"],
    [change("secrets.clientSecret", "set", { provider: "office365", secret: true }), "Client secret", "set"],
    [change("certificates.certificate", "key.p12", { provider: "google-workspace" }), "P12 certificate", "key.p12"],
    [change("certificates.certificate.identity", "5ad1", { provider: "office365" }), "PFX certificate: the chosen certificate", "5ad1"],
    [change("servers.added", "exa, exb, +12", { provider: "exchange" }), "Servers added to the list", "exa, exb and 12 more"],
    [change("servers.exa.contoso.lab.priority", "2", { provider: "exchange" }), "Priority of exa.contoso.lab", "2"],
    [change("servers.exa.contoso.lab.listed", "vanished", { provider: "exchange" }), "In the directory: exa.contoso.lab", "no longer listed"],
  ])("%j", (each, label, value) => {
    expect([changeLabel(each), changeValue(each, "after")]).toEqual([label, value]);
  });

  it.each([
    [change("connection.never-heard-of", "x"), "connection.never-heard-of", "x"],
    [change("values.loft", "tower", { provider: "pigeon-post" }), "loft", "tower"],
    [change("provider", "pigeon-post/fast"), "Messaging provider", "pigeon-post fast"],
    [change("connection.security", "quantum"), "Protection", "quantum"],
    [change("secrets.password", "rotated", { provider: "exchange", secret: true }), "Password", "rotated"],
  ])("shows what it does not know as it is: %j", (each, label, value) => {
    expect([changeLabel(each), changeValue(each, "after")]).toEqual([label, value]);
  });
});
