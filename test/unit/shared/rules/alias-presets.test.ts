import { describe, expect, it } from "vitest";
import { dialectOf } from "../../../../main/aliases/dialect.ts";
import { aliasPresetIds, type AliasPresetId } from "../../../../shared/rules/alias-preset-ids.ts";
import { aliasPreset, aliasPresets } from "../../../../shared/rules/alias-presets.ts";
import { cpuTimeOf } from "../../../lab/cpu-time.ts";

const EXAMPLES: Readonly<Record<AliasPresetId, { readonly fits: readonly string[]; readonly fails: readonly string[] }>> = {
  gmail: {
    fits: ["abcdef", "john.doe", "J0hn.D0e.7", "a.b.c.d.e.f", "a".repeat(30)],
    fails: ["", "abcde", "john..doe", ".johndoe", "johndoe.", "john_doe", "john-doe", "john doe", "jöhndoe", "a".repeat(31)],
  },
  yahoo: {
    fits: ["abcd", "john_doe", "john.doe", "j_o.h_n", "a123"],
    fails: ["", "abc", "1abc", "_abcd", "john.", "john_", "john..doe", "a.b.cd", "john__doe", "john-doe", "john._doe", "john_.doe"],
  },
  "google-groups": {
    fits: ["sales", "sales-emea", "a_b.c-d", "-x-", "7"],
    fails: ["", ".sales", "sales.", "sales..emea", "sales team", "sales+1", "sales@x", "vertriebß"],
  },
  "exchange-online": {
    fits: ["john.doe", "o!#%*+/=?^_~-x", "a"],
    fails: ["", "john doe", "a&b", "a..b", ".a", "a.", "a@b", "a,b", "a`b", "a'b"],
  },
  office365: {
    fits: ["john.doe", "o'neil", "a!#^_~-b"],
    fails: ["", "john doe", "a&b", "a+b", "a..b", ".a", "a.", "a@b"],
  },
  custom: {
    fits: ["john.doe", "!#$%&'*+-/=?^_`{|}~", "a.b.c"],
    fails: ["", "john doe", "a..b", ".a", "a.", "a@b", 'a"b', "a(b)", "a,b", "é"],
  },
};

describe.each(aliasPresets)("the preset $id", ({ id, pattern, maximumLength, domain }) => {
  const expression = new RegExp(pattern, "u");

  it.each(EXAMPLES[id].fits)("takes %j whole", (alias) => {
    expect(expression.exec(alias)?.[0]).toBe(alias);
    expect(alias.length).toBeLessThanOrEqual(maximumLength);
  });

  it.each(EXAMPLES[id].fails)("refuses %j", (alias) => {
    expect(expression.test(alias)).toBe(false);
  });

  it("is anchored and means the same in .NET for any alias of one line", () => {
    const dialect = dialectOf(pattern);
    expect(dialect.anchored).toBe(true);
    expect(dialect.translate(["john.doe", "jöhn", "\u{1f600}", "a\rb"].join("")).differences).toEqual([]);
  });

  it("answers at once on a long alias that nearly fits", async () => {
    const long = ["a".repeat(20_000), "a_a.".repeat(5_000)];
    const { value, cpuMs } = await cpuTimeOf(() => long.map((alias) => expression.test(`${alias}\u0000`)));
    expect(value).toEqual([false, false]);
    expect(cpuMs).toBeLessThan(250);
  });

  it("keeps to what a local part and a domain may be", () => {
    expect(maximumLength).toBeLessThanOrEqual(64);
    expect(domain === null || /^[a-z]+\.com$/.test(domain)).toBe(true);
  });
});

it("each identifier has exactly one preset, in the order of the menu", () => {
  expect(aliasPresets.map(({ id }) => id)).toEqual(aliasPresetIds);
  expect(aliasPreset("yahoo").domain).toBe("yahoo.com");
});
