import { oc } from "@orpc/contract";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { contractHash, hashOf } from "../../../../shared/contract/hash.ts";
import { feed } from "../../../../shared/contract/feed.ts";

/** A contract built anew each time, as two bundles of the same sources would. */
function contractWith(field: z.ZodType = z.string(), change: { readonly name?: string; readonly stream?: z.ZodType } = {}) {
  return {
    stores: {
      [change.name ?? "get"]: oc.input(z.object({ id: z.string(), field })).output(z.discriminatedUnion("ok", [z.object({ ok: z.literal(true) })])),
      watch: oc.output(feed(change.stream ?? z.object({ n: z.number() }))),
    },
  };
}

describe("the contract's fingerprint", () => {
  it("is the same for the same contract, and stays the same", () => {
    expect(hashOf(contractWith())).toBe(hashOf(contractWith()));
    expect(contractHash()).toBe(contractHash());
    expect(contractHash()).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ["another type", contractWith(z.number())],
    ["an optional field", contractWith(z.string().optional())],
    ["a nullable field", contractWith(z.string().nullable())],
    ["a limit", contractWith(z.string().max(5))],
    ["another limit", contractWith(z.string().max(6))],
    ["a pattern", contractWith(z.string().regex(/a/))],
    ["an enumeration", contractWith(z.enum(["a", "b"]))],
    ["another member", contractWith(z.enum(["a", "c"]))],
    ["another literal", contractWith(z.literal("a"))],
    ["an object's field", contractWith(z.object({ a: z.string() }))],
    ["an array", contractWith(z.array(z.string()))],
    ["another procedure's name", contractWith(z.string(), { name: "fetch" })],
    ["another value in a feed", contractWith(z.string(), { stream: z.object({ n: z.string() }) })],
  ])("changes with %s", (_what, changed) => {
    const others = [contractWith(), contractWith(z.string().max(7)), contractWith(z.enum(["a", "d"]))].map(hashOf);
    expect(others).not.toContain(hashOf(changed));
  });
});
