import { describe, expect, test } from "vitest";
import { bind } from "../../../../../main/providers/bind.ts";
import { exchange } from "../../../../../main/providers/exchange/index.ts";
import type { StoreConnection } from "../../../../../shared/model/identity-store.ts";
import { providerDescriptorSchema } from "../../../../../shared/model/messaging.ts";

const fine = { domain: "contoso.lab", username: "CONTOSO\\svc-mail" };
const bound = bind(exchange);

/** Refused fields with their codes, or nothing. */
function issues(variant: string | null, values: Readonly<Record<string, string | null>>): readonly (readonly [string, string])[] {
  const decoded = bound.decode(variant, values);
  if (decoded.ok || decoded.fault.kind !== "invalid") return [];
  return decoded.fault.issues.map(({ path, code }) => [path.join("."), code] as const);
}

describe("the form of Microsoft Exchange", () => {
  test.each([
    ["2013", fine, []],
    ["subscription", { ...fine, domain: " mail.corp.contoso.lab " }, []],
    ["2016", { ...fine, domain: "old_domain.contoso.lab" }, []],
    ["2010", fine, [["variant", "not-a-version"]]],
    [null, fine, [["variant", "not-a-version"]]],
    ["2013", { domain: "", username: "  " }, [["domain", "required"], ["username", "required"]]],
    ["2013", {}, [["domain", "required"], ["username", "required"]]],
    ["2013", { ...fine, domain: null }, [["domain", "required"]]],
    ["2013", { ...fine, domain: "contoso" }, [["domain", "host-single-label"]]],
    ["2013", { ...fine, domain: "https://contoso.lab/" }, []],
    ["2013", { ...fine, domain: "https://contoso.lab/owa" }, [["domain", "host-scheme"]]],
    ["2013", { ...fine, domain: "contoso..lab" }, [["domain", "host-empty-label"]]],
    ["2013", { ...fine, domain: "-contoso.lab" }, [["domain", "host-hyphen"]]],
    ["2013", { ...fine, username: "x".repeat(256) }, [["username", "too-long"]]],
    ["2013", { ...fine, authentication: "basic" }, []],
    ["2013", { ...fine, authentication: null }, []],
    ["2013", { ...fine, authentication: "ntlm" }, [["authentication", "authentication"]]],
  ] as const)("%s with %j", (variant, values, expected) => {
    expect(issues(variant, values)).toEqual(expected);
  });

  test("a configuration from before there was a choice signs in with Kerberos", () => {
    const read = exchange.schema.parse({ ...fine, variant: "2013" });
    expect(read.authentication).toBe("kerberos");
  });

  test("the descriptor is what the contract takes, and names each version with its support", () => {
    const descriptor = providerDescriptorSchema.parse(exchange.descriptor);
    expect(descriptor.entries.map(({ variant, supportEnds }) => [variant, supportEnds])).toEqual([
      ["2013", "2023-04-11"],
      ["2016", "2025-10-14"],
      ["2019", "2025-10-14"],
      ["subscription", null],
    ]);
    expect(descriptor.fields.map(({ name, kind }) => [name, kind])).toEqual([["domain", "text"], ["username", "text"], ["password", "secret"], ["authentication", "select"]]);
  });

  test("a new form knows the store's domain and account", () => {
    const connection: StoreConnection = { kind: "active-directory", domain: "contoso.lab", domainControllers: [], dnsServer: null, username: "svc", security: "ldaps", trust: { mode: "system" } };
    expect(exchange.defaults(connection)).toEqual({ domain: "contoso.lab", username: "svc", authentication: "kerberos" });
  });

  test("support ends for the versions that have an end", () => {
    const expiries = (variant: "2016" | "subscription") => exchange.expiries({ ...fine, authentication: "kerberos", variant });
    expect(expiries("2016")).toEqual([{ kind: "support", subject: "exchange/2016", at: new Date(2025, 9, 14).getTime() }]);
    expect(expiries("subscription")).toEqual([]);
  });
});
