import { describe, expect, it } from "vitest";
import { z } from "zod";
import { issueSchema } from "../../../shared/fault.ts";
import { issuesOf } from "../../../shared/issues.ts";

const schema = z.object({
  name: z.string().min(1, "required"),
  hosts: z.array(z.string().superRefine((_host, context) => context.addIssue({ code: "custom", message: "host-port", params: { port: "0" } }))),
});
const refused = (value: unknown) => schema.safeParse(value).error ?? new z.ZodError([]);

describe("the issues of a refused value", () => {
  it("have the schema's messages as codes, and the facts of its own refusals", () => {
    expect(issuesOf(refused({ name: "", hosts: ["dc1:0"] }), "message")).toEqual([
      { path: ["name"], code: "required" },
      { path: ["hosts", 0], code: "host-port", facts: { port: "0" } },
    ]);
  });

  it("have zod's own codes where the messages are prose", () => {
    expect(issuesOf(refused({ name: "", hosts: null }), "code")).toEqual([
      { path: ["name"], code: "too_small" },
      { path: ["hosts"], code: "invalid_type" },
    ]);
  });

  it("can be sent, whatever a path is made of", () => {
    const error = new z.ZodError([{ code: "custom", path: [Symbol("secret")], message: "other", input: null }]);
    expect(issuesOf(error, "message").map((issue) => issueSchema.parse(issue))).toEqual([{ path: ["Symbol(secret)"], code: "other" }]);
  });
});
