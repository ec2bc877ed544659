import { describe, expect, it } from "vitest";
import { policiesSchema, policyNameSchema, strictestPolicies, type Policies, type PolicyName } from "../../../../shared/model/policy.ts";
import { managedFault, managedJobLimits, managedOf, managedValues, policyAgainst } from "../../../../shared/rules/policies.ts";

/** Each policy with a value that it takes, as it stands in the registry, and one that it does not. */
const examples: { readonly [Name in PolicyName]: readonly [given: unknown, taken: Policies[Name], wrong: unknown] } = {
  Contact: ["Jürgen Größe 東京 +49 30 1", "Jürgen Größe 東京 +49 30 1", 5],
  CheckInterval: [3600, 3600, 4],
  Proxy: ["http://proxy.contoso.com:8080", "http://proxy.contoso.com:8080", "http://eva:secret@proxy:8080"],
  Theme: ["dark", "dark", "Dunkel"],
  NoPractice: [0, false, 2],
  NoKeyFile: [1, true, "1"],
  NoSecretsInExports: [1, true, null],
  JobsCreateAtMost: [0, 0, -1],
  JobsEnableAtMost: [1, 1, "1"],
  JobsLicenseAtMost: [20, 20, 1.5],
  JobsUnlicenseAtMost: [300, 300, [300]],
  JobsBlockAtMost: [4000, 4000, 1_000_001],
  JobsDeleteAtMost: [1_000_000, 1_000_000, null],
};
const place = (values: Readonly<Record<string, unknown>> | null) => ({ from: "machine", values }) as const;

describe.each(policyNameSchema.options)("the policy %s", (name) => {
  const [given, taken, wrong] = examples[name];

  it("holds as it was set", () => {
    expect(managedOf([place({ [name]: given })])).toEqual({ policies: [{ name, value: taken, from: "machine", problem: null }], unknown: [] });
  });

  it("holds at its strictest, which is a value of it, where it was set to something else", () => {
    expect(managedOf([place({ [name]: wrong })]).policies).toEqual([{ name, value: strictestPolicies[name], from: "machine", problem: "wrong-value" }]);
    expect(policiesSchema.shape[name].parse(strictestPolicies[name])).toBe(strictestPolicies[name]);
  });
});

describe("policies", () => {
  it("are decided by the first place that says something of them, also where that is wrong", () => {
    const { policies } = managedOf([place({ THEME: "blue" }), { from: "user", values: { Theme: "dark", NoPractice: 1 } }]);
    expect(policies).toEqual([
      { name: "Theme", value: "system", from: "machine", problem: "wrong-value" },
      { name: "NoPractice", value: true, from: "user", problem: null },
    ]);
  });

  it.each(["none", "environment", "nowhere", "proxy:8080"])("take %s as the way to the clouds", (way) => {
    expect(managedValues(managedOf([place({ Proxy: way })]))).toEqual({ Proxy: way });
  });

  it.each([
    [{ theme: "dark" }, null],
    [{ checkIntervalSeconds: 30 }, "CheckInterval"],
    [{ theme: "dark", proxyAddress: "p:1" }, "Proxy"],
    [{ proxy: "none" }, "Proxy"],
    [{ mailColumns: {} }, null],
  ] as const)("keep from the change %j by %s", (change, against) => {
    expect(policyAgainst(change, managedOf([place({ CheckInterval: 60, Proxy: "none", NoPractice: 1 })]))).toBe(against);
  });

  it("say whom to ask, where that is set", () => {
    expect(managedFault("Theme", managedOf([place({ Contact: "東京" })]))).toEqual({ kind: "managed", policy: "Theme", contact: "東京" });
    expect(managedFault("Theme", managedOf([]))).toEqual({ kind: "managed", policy: "Theme", contact: "" });
  });

  it("limit jobs by what each would do", () => {
    expect(managedJobLimits(managedOf([place({ JobsCreateAtMost: 1, JobsEnableAtMost: 2, JobsLicenseAtMost: 3, JobsUnlicenseAtMost: 4, JobsBlockAtMost: 5, JobsDeleteAtMost: 6 })]))).toEqual({ create: 1, enable: 2, license: 3, unlicense: 4, block: 5, delete: 6 });
    expect(managedJobLimits(managedOf([place({ JobsDeleteAtMost: 0 })]))).toEqual({ delete: 0 });
  });
});
