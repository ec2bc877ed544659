import { describe, expect, it } from "vitest";
import { partOf, unsendable } from "../../../../../renderer/features/jobs/draft-issues.ts";
import { templateOf, TEMPLATES } from "../../../../../renderer/features/jobs/templates.ts";
import type { Issue } from "../../../../../shared/fault.ts";
import { jobSettingsSchema, type JobSettings } from "../../../../../shared/model/job.ts";
import type { TransformStep } from "../../../../../shared/model/transform.ts";
import { settings } from "./fixtures.ts";

const none = { count: null, percent: null };
const withStep = (step: TransformStep): JobSettings => settings({ mapping: [{ target: "name", transform: { from: { kind: "column", column: "Name" }, steps: [step] } }] });
const generated = { kind: "generated", length: 16, classes: ["upper"], specials: "", noLookAlikes: true, recipients: [] } as const satisfies JobSettings["password"];
const brakes = (change: Partial<JobSettings["brakes"]>): JobSettings => settings({ brakes: { ...settings().brakes, ...change } });

const wrong: readonly (readonly [path: string, of: JobSettings])[] = [
  ["name", settings({ name: "  " })],
  ["mapping.0.transform.steps.0.find", withStep({ kind: "replace", find: "", by: "x" })],
  ["mapping.0.transform.steps.0.count", withStep({ kind: "left", count: 1.5 })],
  ["mapping.0.transform.steps.0.length", withStep({ kind: "substring", start: 0, length: 1001 })],
  ["password.length", settings({ password: { ...generated, length: 7 } })],
  ["password.classes", settings({ password: { ...generated, classes: [] } })],
  ["password.recipients", settings({ password: { ...generated, recipients: ["x".repeat(201)] } })],
  ["brakes.limits.create.count", brakes({ limits: { ...settings().brakes.limits, create: { count: -1, percent: null } } })],
  ["brakes.limits.license.percent", brakes({ limits: { ...settings().brakes.limits, license: { ...none, percent: Number.NaN } } })],
  ["brakes.shrink", brakes({ shrink: 0 })],
  ["brakes.protected", brakes({ protected: ["x".repeat(321)] })],
  ["schedule.pattern", settings({ schedule: { pattern: "", timeZone: "UTC", missed: "ask" } })],
  ["schedule.timeZone", settings({ schedule: { pattern: "0 6 * * *", timeZone: "", missed: "ask" } })],
];

describe("settings that cannot be sent", () => {
  it.each(wrong)("are told at %s", (path, of) => {
    expect(unsendable(of).map((issue) => issue.path.join("."))).toEqual([path]);
    expect(jobSettingsSchema.safeParse(of).success).toBe(false);
  });

  it("are none where main takes them", () => {
    const fine = [settings(), settings({ password: generated }), brakes({ shrink: 12.5, protected: ["eva"] }), ...TEMPLATES.map((template) => templateOf(template, settings({ mapping: [] })))];
    for (const each of fine) {
      expect(unsendable(each)).toEqual([]);
      expect(jobSettingsSchema.safeParse(each).success).toBe(true);
    }
  });
});

describe("an issue", () => {
  const { mapping } = settings({ mapping: [{ target: "subscriptions", transform: { from: { kind: "static", text: "" }, steps: [] } }, { target: "alias", transform: { from: { kind: "static", text: "" }, steps: [] } }] });
  it.each<readonly [Issue["path"], string]>([
    [["name"], "job"],
    [["source", "path"], "source"],
    [["mapping", 0, "transform"], "licences"],
    [["mapping", 1], "object"],
    [["mapping", "usageLocation"], "licences"],
    [["key"], "object"],
    [["password", "recipients", 0], "object"],
    [["licensing"], "licences"],
    [["brakes", "shrink"], "brakes"],
    [["schedule", "pattern"], "schedule"],
    [[], "job"],
  ])("at %j is mended in the part %s", (path, part) => {
    expect(partOf({ path, code: "required" }, mapping)).toBe(part);
  });
});

it("a template keeps the container that the identity store begins with", () => {
  const container = { target: "container", transform: { from: { kind: "static", text: "OU=Staff,DC=contoso,DC=lab" }, steps: [] } } as const satisfies JobSettings["mapping"][number];
  expect(templateOf("mailboxes", settings({ mapping: [container] })).mapping.at(-1)).toEqual(container);
});
