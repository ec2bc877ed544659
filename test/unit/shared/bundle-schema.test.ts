/** The published schema of handover bundles says what the console reads. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { BUNDLE_VERSION, bundleSchema } from "../../../shared/model/bundle.ts";

const published = path.resolve(import.meta.dirname, `../../../shared/schemas/handover-bundle-${BUNDLE_VERSION}.schema.json`);

it("is the one by which bundles are decoded (after a change of the schema: write what this test expects into the file)", () => {
  expect(readFileSync(published, "utf8")).toBe(`${JSON.stringify({ title: "Handover bundle of Messaging Console", ...z.toJSONSchema(bundleSchema, { io: "input", reused: "ref" }) }, null, 2)}\n`);
});

it("describes every field of a bundle and of a store in it", () => {
  const { properties = {} } = z.toJSONSchema(bundleSchema, { io: "input" });
  const stores = z.object({ items: z.object({ properties: z.record(z.string(), z.object({ description: z.string().optional() })) }) }).parse(properties["stores"]);
  const told = z.record(z.string(), z.object({ description: z.string().optional() })).parse(properties);
  const silent = [...Object.entries(told), ...Object.entries(stores.items.properties)].filter(([, { description }]) => description === undefined).map(([name]) => name);
  expect(silent).toEqual([]);
});
