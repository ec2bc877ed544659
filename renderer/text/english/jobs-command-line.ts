/** What the command line says of jobs besides the pages' sentences. */
export const jobVerbs = {
  none: "There is no job yet: jobs import FILE --store NAME makes one.",
  "column-last-state": "Its state",
  "column-run": "Run",
  "column-licences": "Licences",
  "enabled-yes": "yes",
  "enabled-no": "no",
  "planned-of_one": "{{job}}, {{store}}: {{count}} row of {{source}}.",
  "planned-of_other": "{{job}}, {{store}}: {{count}} rows of {{source}}.",
  "no-halt": "No brake holds it. Nothing was written.",
  halted: "A brake holds it, and nothing was written:",
  refused: "Rows that cannot be done as they are:",
  "run-of": "{{job}}, {{store}}: {{state}}. Run {{run}}, begun {{time}} by {{who}}.",
  planned: "Planned: {{counts}}.",
  outcomes: "What came of it: {{counts}}.",
  "outcomes-none": "nothing was to be changed",
  "password-file": "First passwords are in {{file}}, sealed to the recipients of the job.",
  "no-runs": "No job has run yet.",
  "import-created": "Created the job {{name}} in {{store}}, revision {{revision}}.",
  "import-saved": "Saved the job {{name}} of {{store}}, revision {{revision}}.",
  "import-not-changed": "Nothing to change: the job {{name}} of {{store}} is so already.",
  lacks: "It is saved, and cannot be run as it is:",
  exported: "Wrote the job {{name}} to {{file}}.",
  "now-enabled": "The job {{name}} of {{store}} is enabled: its schedule begins it.",
  "now-disabled": "The job {{name}} of {{store}} is disabled: its schedule does not begin it.",
  removed: "Deleted the job {{name}} of {{store}}. Its runs stay in the history.",
  task: "The schedule of job {{name}} is a task of Windows: {{file}}",
} as const;

/** A job that a person names. */
export const jobNameFaults = {
  "not-found-job-name": "No job has this name.",
  "not-found-job-name-next": "List the jobs with messaging-console jobs, and write the name as it is listed.",
  "not-found-job-name-near": "No job has this name. The nearest one is in the details.",
  "not-found-job-name-near-next": "Write the name as messaging-console jobs lists it.",
} as const;
