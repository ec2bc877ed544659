/** What a new job begins with, and what keeps one from being run that can be told by its settings alone. */
import type { Issue } from "../fault.ts";
import type { JobSettings, JobTarget } from "../model/job.ts";
import type { Deprovision } from "../model/leaver.ts";
import type { MailObjectType } from "../model/mail-object.ts";
import { isForwardedType, isUserType } from "./mail-types.ts";
import { textIssue } from "./plain-text.ts";

/**
 * Brakes are on from the start: as many new objects as a good Monday brings, and few that lose something. `container`: the one that new objects
 * go to until another is chosen; null where there are none.
 */
export function blankJob(type: MailObjectType, container: string | null = null): JobSettings {
  return {
    name: "",
    provider: "destination",
    description: "",
    enabled: true,
    source: { kind: "csv", path: "", delimiter: null, encoding: null, header: true },
    type,
    missing: "skip",
    key: isUserType(type) ? "accountName" : "alias",
    mapping: container === null ? [] : [{ target: "container", transform: { from: { kind: "static", text: container }, steps: [] } }],
    licensing: "none",
    deprovision: null,
    password: { kind: "typed" },
    brakes: {
      limits: { create: { count: 100, percent: null }, enable: { count: 100, percent: null }, license: { count: 100, percent: null }, unlicense: { count: 10, percent: 10 }, block: { count: 10, percent: null }, delete: { count: 0, percent: null } },
      shrink: 20,
      protected: [],
    },
    schedule: null,
  };
}

/** What a row has to say where objects are made of it. */
function neededTargets({ type, missing, key, licensing, deprovision }: JobSettings, needsContainer: boolean): readonly JobTarget[] {
  const made: readonly JobTarget[] = ["name", "alias", ...(needsContainer ? (["container"] as const) : []), ...(isUserType(type) ? (["accountName"] as const) : []), ...(isForwardedType(type) ? (["externalAddress"] as const) : [])];
  return [...new Set<JobTarget>([key, ...(missing === "create" && deprovision === null ? made : []), ...(licensing === "none" ? [] : (["subscriptions"] as const))])];
}

/** Users leave, or get licences: one job does not do both. */
function deprovisionIssues({ unlicenseAfterDays, deleteAfterDays }: Deprovision, givesLicences: boolean, hasUsers: boolean): Issue[] {
  const issue = (code: string, ...path: string[]): Issue => ({ path: ["deprovision", ...path], code });
  return [
    ...(hasUsers ? [] : [issue("no-licences-here")]),
    ...(givesLicences ? [issue("licensing-and-leaving")] : []),
    ...(deleteAfterDays !== null && deleteAfterDays < unlicenseAfterDays ? [issue("before-unlicense", "deleteAfterDays")] : []),
  ];
}

/** Paths are of settings. Expressions, schedules and passwords are judged where they are understood. */
export function jobIssues(settings: JobSettings, { hasSubscriptions, needsContainer }: { readonly hasSubscriptions: boolean; readonly needsContainer: boolean }): Issue[] {
  const { name, source, mapping, licensing, type, schedule, password, missing, deprovision } = settings;
  const required = (...path: string[]): Issue => ({ path, code: "required" });
  const mapped = new Set(mapping.map(({ target }) => target));
  const twice = [...mapped].filter((target) => mapping.filter((each) => each.target === target).length > 1);
  const named = name.trim() === "" ? required("name") : textIssue(["name"], name);
  return [
    ...(named === null ? [] : [named]),
    ...(source.path.trim() === "" ? [required("source", "path")] : []),
    ...neededTargets(settings, needsContainer).filter((target) => !mapped.has(target)).map((target): Issue => ({ path: ["mapping", target], code: "target-not-mapped" })),
    ...twice.map((target): Issue => ({ path: ["mapping", target], code: "target-twice" })),
    // Nobody is there to type one.
    ...(schedule !== null && password.kind === "typed" && missing === "create" && isUserType(type) ? [{ path: ["password"], code: "schedule-needs-generated" }] : []),
    ...(licensing !== "none" && !(hasSubscriptions && type === "mailbox") ? [{ path: ["licensing"], code: "no-licences-here" }] : []),
    ...(deprovision === null ? [] : deprovisionIssues(deprovision, licensing !== "none", hasSubscriptions && type === "mailbox")),
  ];
}
