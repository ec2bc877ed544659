/** What can be chosen in a job, in the order in which a person chooses. Apart from the schemas, which the page does without. */
import type { FieldMapping, JobKey, JobSettings, JobTarget, LimitedAction } from "../../../shared/model/job.ts";
import type { PlannedAction } from "../../../shared/model/job-plan.ts";
import type { JobRowState } from "../../../shared/model/job-run.ts";
import type { MailObjectType } from "../../../shared/model/mail-object.ts";
import type { characterClasses } from "../../../shared/model/password-policy.ts";
import type { TransformBeginning, TransformStep } from "../../../shared/model/transform.ts";

export const JOB_TYPES: readonly MailObjectType[] = ["mailbox", "mail-user", "mail-contact"];
export const JOB_KEYS: readonly JobKey[] = ["accountName", "address", "alias"];
export const OBJECT_TARGETS: readonly JobTarget[] = ["name", "accountName", "alias", "address", "externalAddress", "container"];
export const LICENCE_TARGETS: readonly JobTarget[] = ["subscriptions", "usageLocation"];
export const LIMITED_ACTIONS: readonly LimitedAction[] = ["create", "enable", "license", "unlicense", "block", "delete"];
/** What a run writes down, or does. */
export const WRITING_ACTIONS: readonly PlannedAction[] = [...LIMITED_ACTIONS, "notice", "return"];
export const PLANNED_ACTIONS: readonly PlannedAction[] = [...WRITING_ACTIONS, "keep", "skip", "refused"];
/** From what is worst to what is well. */
export const ROW_STATES: readonly JobRowState[] = ["failed", "unknown", "half-done", "planned", "done"];
export const LICENSINGS: readonly JobSettings["licensing"][] = ["none", "give", "exact"];
export const CHARACTER_CLASSES: readonly (typeof characterClasses)[number][] = ["upper", "lower", "digit", "special"];
export const MISSED: readonly ("skip" | "once" | "ask")[] = ["skip", "once", "ask"];

/** The beginnings of a value, each as it stands when it is chosen. */
export const BEGINNINGS: Readonly<Record<TransformBeginning["kind"], TransformBeginning>> = {
  column: { kind: "column", column: "" },
  static: { kind: "static", text: "" },
  join: { kind: "join", columns: [], separator: " " },
  expression: { kind: "expression", text: "" },
};

/** The steps of a value, each as it stands when it is added. */
export const STEPS: Readonly<Record<TransformStep["kind"], TransformStep>> = {
  trim: { kind: "trim" },
  case: { kind: "case", to: "lower" },
  replace: { kind: "replace", find: "", by: "" },
  transliterate: { kind: "transliterate" },
  left: { kind: "left", count: 20 },
  right: { kind: "right", count: 20 },
  substring: { kind: "substring", start: 0, length: 20 },
  lookup: { kind: "lookup", table: [], otherwise: "keep" },
  default: { kind: "default", text: "" },
  unique: { kind: "unique" },
};

/** A field that comes from a column of the source, without what is around it. */
export function fromColumn(target: JobTarget, column: string): FieldMapping {
  return { target, transform: { from: { kind: "column", column }, steps: [{ kind: "trim" }] } };
}
