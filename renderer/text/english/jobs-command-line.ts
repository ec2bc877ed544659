/** What the command line says of jobs, and why a brake holds a run. Keys below `halt-` end in `-next` for what to do. */
import type { Halt, PlannedAction } from "../../../shared/model/job-plan.ts";
import type { JobRowState, JobRunState } from "../../../shared/model/job-run.ts";

const actions = {
  "action-create": "Create",
  "action-enable": "Mail-enable",
  "action-license": "Give licences",
  "action-unlicense": "Take licences",
  "action-keep": "Keep as it is",
  "action-skip": "Leave alone",
  "action-refused": "Refused",
} as const satisfies Record<`action-${PlannedAction}`, string>;

const runStates = {
  "state-running": "Running",
  "state-interrupted": "Interrupted",
  "state-halted": "Halted",
  "state-done": "Done",
  "state-with-failures": "Done, with failures",
  "state-failed": "Failed",
  "state-cancelled": "Cancelled",
} as const satisfies Record<`state-${JobRunState}`, string>;

const rowStates = {
  "row-planned": "Not begun",
  "row-done": "Done",
  "row-half-done": "Half done",
  "row-unknown": "Not known",
  "row-failed": "Failed",
} as const satisfies Record<`row-${JobRowState}`, string>;

const halts = {
  "halt-source-empty": "The source has no rows.",
  "halt-source-empty-next": "Look whether the file was written whole, then plan again.",
  "halt-source-shrank": "The source has {{now}} rows and had {{before}} at the last run: {{most}} % fewer hold it.",
  "halt-source-shrank-next": "Look whether the file is whole. Where so many are meant to be gone, raise the limit among the brakes of the job.",
  "halt-twice-in-source_one": "{{count}} row has a key that another row has as well: {{keys}}.",
  "halt-twice-in-source_other": "{{count}} rows have a key that another row has as well: {{keys}}.",
  "halt-twice-in-source-next": "Give each row a key of its own in the source, or choose another key.",
  "halt-twice-in-destination_one": "{{count}} row fits several objects of the identity store: {{keys}}.",
  "halt-twice-in-destination_other": "{{count}} rows fit several objects of the identity store: {{keys}}.",
  "halt-twice-in-destination-next": "Choose a key that each object has for itself, or correct the objects.",
  "halt-over-limit": "{{action}}: {{planned}} are planned, and the limit is {{most}}.",
  "halt-over-limit-percent": "{{action}}: {{planned}} are planned, and the limit is {{most}} (at most {{percent}} % of the rows).",
  "halt-over-limit-next": "Look through the rows. Where all of them are meant, raise the limit among the brakes of the job.",
  "halt-rows-refused_one": "{{count}} row cannot be done as it is.",
  "halt-rows-refused_other": "{{count}} rows cannot be done as they are.",
  "halt-rows-refused-next": "Correct them in the source, or change the mapping.",
  "halt-no-seats": "{{product}}: {{needed}} seats are needed, and {{free}} are free.",
  "halt-no-seats-next": "Buy more of it, or take it from somebody else first.",
} as const satisfies Partial<Record<`halt-${string}`, string>> & Record<`halt-${Halt["kind"]}-next`, string>;

const whys = {
  "why-missing": "There is no such object, and the job makes none.",
  "why-protected": "It is protected from this job.",
  "why-blank-key": "The row has no key.",
  "why-twice-in-source": "Another row has the same key.",
  "why-twice-in-destination": "Several objects fit the key.",
  "why-another-type": "The object is of another type.",
  "why-synchronised": "The object comes from another directory and is changed there.",
} as const;

export const jobVerbs = {
  ...actions,
  ...runStates,
  ...rowStates,
  ...halts,
  ...whys,
  "target-usageLocation": "Usage location",
  "target-subscriptions": "Subscriptions",
  none: "There is no job yet: jobs import FILE --store NAME makes one.",
  "column-name": "Name",
  "column-store": "Identity store",
  "column-source": "Source",
  "column-enabled": "Enabled",
  "column-last-run": "Last run",
  "column-last-state": "Its state",
  "column-next-run": "Next run",
  "column-run": "Run",
  "column-job": "Job",
  "column-row": "Row",
  "column-rows": "Rows",
  "column-key": "Key",
  "column-action": "What is done",
  "column-changes": "Licences",
  "column-outcome": "What came of it",
  "column-why": "Why",
  "column-needed": "Needed",
  "enabled-yes": "yes",
  "enabled-no": "no",
  "planned-of_one": "{{job}}, {{store}}: {{count}} row of {{source}}.",
  "planned-of_other": "{{job}}, {{store}}: {{count}} rows of {{source}}.",
  "no-halt": "No brake holds it. Nothing was written.",
  halted: "A brake holds it, and nothing was written:",
  "halt-line": "{{sentence}} {{next}}",
  refused: "Rows that cannot be done as they are:",
  field: "{{field}}: {{issue}}",
  "run-of": "{{job}}, {{store}}: {{state}}. Run {{run}}, begun {{time}} by {{who}}.",
  "count-of": "{{what}}: {{number}}",
  "password-file": "First passwords are in {{file}}, sealed to the recipients of the job.",
  "not-done": "Rows that are not done:",
  "no-runs": "No job has run yet.",
  created: "Created the job {{name}} in {{store}}, revision {{revision}}.",
  saved: "Saved the job {{name}} of {{store}}, revision {{revision}}.",
  "not-changed": "Nothing to change: the job {{name}} of {{store}} is so already.",
  lacks: "It is saved, and cannot be run as it is:",
  exported: "Wrote the job {{name}} to {{file}}.",
  "now-enabled": "The job {{name}} of {{store}} is enabled: its schedule begins it.",
  "now-disabled": "The job {{name}} of {{store}} is disabled: its schedule does not begin it.",
  removed: "Deleted the job {{name}} of {{store}}. Its runs stay in the history.",
} as const;

/** A job that a person names. */
export const jobNameFaults = {
  "not-found-job-name": "No job has this name.",
  "not-found-job-name-next": "List the jobs with messaging-console jobs, and write the name as it is listed.",
  "not-found-job-name-near": "No job has this name. The nearest one is in the details.",
  "not-found-job-name-near-next": "Write the name as messaging-console jobs lists it.",
} as const;
