import { describe, expect, it } from "vitest";
import { partOf, readinessOf } from "../../../../shared/rules/readiness.ts";

const issues = [
  { path: ["provider"], code: "not-available" },
  { path: ["domain"], code: "required" },
  { path: ["password"], code: "required" },
  { path: ["username"], code: "text" },
  { path: ["servers", 3, "name"], code: "host-blank" },
];

describe("the parts of a configuration", () => {
  it("own the choice, the servers, and whatever else a provider's form holds", () => {
    expect(issues.map(partOf)).toEqual(["provider", "connection", "connection", "connection", "servers"]);
  });

  it("tell what is missing from what is not accepted", () => {
    expect(readinessOf("connection", issues)).toEqual({ missing: 2, wrong: 1 });
    expect(readinessOf("servers", issues)).toEqual({ missing: 0, wrong: 1 });
    expect(readinessOf("provider", [])).toEqual({ missing: 0, wrong: 0 });
  });
});
