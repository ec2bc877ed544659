import { describe, expect, it } from "vitest";
import { bind } from "../../../../main/providers/bind.ts";
import { none } from "../../../../main/providers/none/index.ts";
import { other } from "../../../../main/providers/other/index.ts";
import { preventsText } from "../../../../renderer/text/provider.ts";
import type { Result } from "../../../../shared/fault.ts";
import { connection } from "../services/support.ts";
import { take } from "../store/support.ts";

const bound = bind(other);
const good = { domain: "googlegroups.com", maximumAliasLength: 64, aliasPattern: "^[a-z0-9._-]+$", example: "john.doe" };

function codes(result: Result<unknown>): string[] {
  if (result.ok || result.fault.kind !== "invalid") return [];
  return result.fault.issues.map(({ path, code }) => `${path.join(".")}: ${code}`);
}

describe("Other", () => {
  it("takes a domain, a length and a pattern", () => {
    const provider = take(bound.decode(null, good));
    expect([provider.list, provider.check, provider.test, provider.expiries()]).toEqual([null, null, null, []]);
    expect(codes(bound.decode(null, { ...good, aliasPattern: null, example: null }))).toEqual([]);
  });

  it.each([
    [{ domain: "" }, "domain: required"],
    [{ domain: undefined }, "domain: required"],
    [{ domain: "localhost" }, "domain: domain"],
    [{ domain: "-bad-.example" }, "domain: domain"],
    [{ domain: `${"a".repeat(64)}.example` }, "domain: domain"],
    [{ maximumAliasLength: null }, "maximumAliasLength: number"],
    [{ maximumAliasLength: 1.5 }, "maximumAliasLength: number"],
    [{ maximumAliasLength: 0 }, "maximumAliasLength: range"],
    [{ maximumAliasLength: 1025 }, "maximumAliasLength: range"],
    [{ aliasPattern: "x".repeat(4097) }, "aliasPattern: too-long"],
  ])("refuses %j", (change, code) => {
    const { domain, ...rest } = { ...good, ...change };
    expect(codes(bound.decode(null, domain === undefined ? rest : { ...rest, domain }))).toContain(code);
  });

  it("starts with values that only lack the domain", () => {
    expect(codes(bound.decode(null, bound.defaults(connection)))).toEqual(["domain: required"]);
  });
});

describe("None", () => {
  it("needs nothing and says what it prevents", () => {
    expect(codes(bind(none).decode(null, none.defaults(connection)))).toEqual([]);
    expect(none.descriptor.prevents.map((name) => preventsText("none", name)).join(" ")).toContain("can no longer be created");
  });
});
