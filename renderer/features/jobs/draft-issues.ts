/** What is wrong with the settings of a job, field by field: what cannot be sent at all, and where each word of main's belongs. */
import type { Issue } from "../../../shared/fault.ts";
import type { JobSettings } from "../../../shared/model/job.ts";
import type { TransformStep } from "../../../shared/model/transform.ts";

export const EDITOR_PARTS = ["job", "source", "object", "licences", "brakes", "schedule", "review"] as const;
export type EditorPart = (typeof EDITOR_PARTS)[number];

type Path = Issue["path"];

const issue = (code: string, ...path: Path): Issue => ({ path, code });
const isWhole = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most;
const isWithin = (value: number, least: number, most: number) => Number.isFinite(value) && value >= least && value <= most;

function ofStep(step: TransformStep, at: Path): readonly Issue[] {
  switch (step.kind) {
    case "replace":
      return step.find === "" ? [issue("required", ...at, "find")] : [];
    case "left":
    case "right":
      return isWhole(step.count, 0, 1000) ? [] : [issue("range", ...at, "count")];
    case "substring":
      return (["start", "length"] as const).flatMap((name) => (isWhole(step[name], 0, 1000) ? [] : [issue("range", ...at, name)]));
    case "lookup":
      return step.table.length > 500 ? [issue("too_big", ...at, "table")] : [];
    case "trim":
    case "case":
    case "default":
    case "transliterate":
    case "unique":
    default:
      return [];
  }
}

/** Of the mapping alone, which is sent by itself too. */
export function mappingIssues(mapping: JobSettings["mapping"]): readonly Issue[] {
  return mapping.flatMap(({ transform: { steps } }, field) => steps.flatMap((step, place) => ofStep(step, ["mapping", field, "transform", "steps", place])));
}

function passwordIssues(password: JobSettings["password"]): readonly Issue[] {
  if (password.kind === "typed") return [];
  const { length, classes, recipients } = password;
  return [
    ...(isWhole(length, 8, 99) ? [] : [issue("range", "password", "length")]),
    ...(classes.length === 0 ? [issue("required", "password", "classes")] : []),
    ...(recipients.length > 20 || recipients.some((recipient) => recipient.length > 200) ? [issue("too_big", "password", "recipients")] : []),
  ];
}

function brakeIssues({ limits, shrink, protected: kept }: JobSettings["brakes"]): readonly Issue[] {
  const ofLimits = Object.entries(limits).flatMap(([action, { count, percent }]) => [
    ...(count === null || isWhole(count, 0, 1_000_000) ? [] : [issue("range", "brakes", "limits", action, "count")]),
    ...(percent === null || isWithin(percent, 0, 100) ? [] : [issue("range", "brakes", "limits", action, "percent")]),
  ]);
  return [
    ...ofLimits,
    ...(shrink === null || isWithin(shrink, 1, 100) ? [] : [issue("range", "brakes", "shrink")]),
    ...(kept.length > 1000 || kept.some((name) => name.length > 320) ? [issue("too_big", "brakes", "protected")] : []),
  ];
}

function leavingIssues(deprovision: JobSettings["deprovision"]): readonly Issue[] {
  if (deprovision === null) return [];
  const { products, unlicenseAfterDays, deleteAfterDays } = deprovision;
  return [
    ...(products !== "all" && products.length === 0 ? [issue("required", "deprovision", "products")] : []),
    ...(isWhole(unlicenseAfterDays, 0, 3650) ? [] : [issue("range", "deprovision", "unlicenseAfterDays")]),
    ...(deleteAfterDays === null || isWhole(deleteAfterDays, 0, 3650) ? [] : [issue("range", "deprovision", "deleteAfterDays")]),
  ];
}

/** What keeps settings from being sent to main: they are no settings yet. Everything else is main's to say. */
export function unsendable(settings: JobSettings): readonly Issue[] {
  const { name, schedule } = settings;
  return [
    ...(name.trim() === "" ? [issue("required", "name")] : []),
    ...mappingIssues(settings.mapping),
    ...passwordIssues(settings.password),
    ...brakeIssues(settings.brakes),
    ...leavingIssues(settings.deprovision),
    ...(schedule !== null && schedule.pattern.trim() === "" ? [issue("required", "schedule", "pattern")] : []),
    ...(schedule !== null && schedule.timeZone.trim() === "" ? [issue("required", "schedule", "timeZone")] : []),
  ];
}

/** The field that an issue of the mapping is of: main may name it by its place or by its target. */
export function targetOf({ path: [part, field] }: Issue, mapping: JobSettings["mapping"]): string | null {
  if (part !== "mapping") return null;
  return typeof field === "number" ? (mapping[field]?.target ?? null) : (field ?? null);
}

/** The part of the editor in which an issue is mended. */
export function partOf(issue: Issue, mapping: JobSettings["mapping"]): EditorPart {
  const [head] = issue.path;
  const target = targetOf(issue, mapping);
  if (target === "subscriptions" || target === "usageLocation" || head === "licensing" || head === "deprovision") return "licences";
  if (head === "source" || head === "brakes" || head === "schedule") return head;
  return head === "mapping" || head === "type" || head === "missing" || head === "key" || head === "password" ? "object" : "job";
}

/** Issues at a field or anywhere inside it. */
export function issuesAt(issues: readonly Issue[], ...path: Path): readonly Issue[] {
  return issues.filter((one) => path.every((step, index) => one.path[index] === step));
}
