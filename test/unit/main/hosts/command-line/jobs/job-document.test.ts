import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeJob } from "../../../../../../main/hosts/command-line/jobs/job-document.ts";
import type { Issue } from "../../../../../../shared/fault.ts";
import type { JobSettings } from "../../../../../../shared/model/job.ts";
import { blankJob } from "../../../../../../shared/rules/job.ts";
import { fault, take } from "../../../store/support.ts";

const settings: JobSettings = {
  ...blankJob("mailbox"),
  name: "New starters",
  source: { kind: "excel", path: "D:\\export\\starters.xlsx", sheet: null, header: true },
  mapping: [{ target: "name", transform: { from: { kind: "join", columns: ["First", "Last"], separator: "\t" }, steps: [{ kind: "lookup", table: [{ from: "a", to: "b" }], otherwise: "keep" }] } }],
  schedule: { pattern: "0 3 * * *", timeZone: "UTC", missed: "once" },
};

/** Every object in the settings, by its path. */
function objectsIn(value: unknown, path: Issue["path"] = []): Issue["path"][] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, each]) => objectsIn(each, [...path, Array.isArray(value) ? Number(key) : key]));
  return Array.isArray(value) ? inner : [path, ...inner];
}

function withEntry(path: Issue["path"], name: string): unknown {
  const copy: unknown = structuredClone(settings);
  const place = path.reduce<unknown>((at, step) => Reflect.get(Object(at), step), copy);
  Object.defineProperty(place, name, { value: 1, enumerable: true });
  return copy;
}

describe("the document of a job", () => {
  it("is taken as it is written", () => {
    expect(take(decodeJob(structuredClone(settings)))).toEqual(settings);
  });

  it("with an entry that no job has is refused with its path, wherever it stands", () => {
    const limits = ["create", "enable", "license", "unlicense"];
    fc.assert(
      fc.property(fc.constantFrom(...objectsIn(settings)), fc.string({ minLength: 1 }).filter((name) => name !== "__proto__" && !limits.includes(name)).map((name) => `x${name}`), (path, name) => {
        const refused = fault(decodeJob(withEntry(path, name)));
        expect(refused).toMatchObject({ kind: "invalid" });
        expect(JSON.stringify(refused)).toContain(JSON.stringify([...path, name]));
      }),
    );
  });

  it("with a path that lost its backslashes says so", () => {
    const refused = fault(decodeJob({ ...settings, source: { ...settings.source, path: "D:\new.xlsx" } }));
    expect(refused).toMatchObject({ issues: [{ path: ["source", "path"], code: "backslash-once" }] });
  });
});
