import { history } from "../jobs/history.ts";
import { list } from "../jobs/list.ts";
import { plan } from "../jobs/plan.ts";
import { resume, run } from "../jobs/run.ts";
import { exportJob, importJob, removeJob, switchJob } from "../jobs/settings.ts";
import { task } from "../jobs/task.ts";
import { ENDS_WITHIN_MS } from "../mail-objects/follow.ts";
import { SHOWN } from "../mail-objects/journal.ts";
import { secretsOptions, storeFilter, storeOption } from "../options.ts";
import type { OptionHelp, Verb } from "../verb.ts";

const jobWord = { name: "JOB" } as const;
const ofStore: OptionHelp = { ...storeFilter, meaning: "the identity store, where several have a job of that name" };

const runNotes: readonly string[] = [
  "The first password of users that are made comes on standard input, never on the command line, where the job does not make one for",
  "each. Ctrl+C ends it between two objects. Ends with 0 when all is done, with 10 when a brake held, with 1 when a row failed.",
];

/** Synchronize jobs: rows of a file become mail objects and licences. */
export const jobs: Verb = {
  name: "jobs",
  summary: "synchronize jobs: plan, run, resume, history, export, import, task, enable, disable, remove",
  forms: [
    {
      choice: null,
      meaning: "list the jobs with their last run and the next one",
      words: [],
      options: {},
      examples: [{ line: "messaging-console jobs", meaning: "a table" }],
      run: list,
    },
    {
      choice: "plan",
      meaning: "say what a run of a job would do, and which brakes would hold it",
      words: [jobWord],
      options: { store: ofStore, rows: { value: null, meaning: "print every row, and not only those that are refused" } },
      notes: ["Nothing is written. Ends with 10 when a brake would hold the run, with 7 when the settings keep it from being run."],
      examples: [{ line: 'messaging-console jobs plan "New starters" --rows', meaning: "row by row" }],
      run: plan,
    },
    {
      choice: "run",
      meaning: "plan a job and apply that very plan",
      words: [jobWord],
      options: { store: ofStore, ...secretsOptions },
      notes: runNotes,
      examples: [
        { line: 'messaging-console jobs run "New starters" --secrets < password.txt', meaning: "users who get the same first password" },
        { line: 'messaging-console jobs run Contacts --store "Contoso HQ"', meaning: "where another store has a job of that name" },
      ],
      endsWithin: ENDS_WITHIN_MS,
      run,
    },
    {
      choice: "resume",
      meaning: "go on with a run that was broken off, or try again what failed in it",
      words: [{ name: "RUN" }],
      options: secretsOptions,
      notes: ["Nothing is done twice: what nobody saw the end of is looked up first.", ...runNotes],
      examples: [{ line: "messaging-console jobs resume 7f3c2e10-52f1-4c1e-9d0a-3b6f0c9e8a11", meaning: "as the history names it" }],
      endsWithin: ENDS_WITHIN_MS,
      run: resume,
    },
    {
      choice: "history",
      meaning: "list runs, newest first, or the rows of one",
      words: [{ ...jobWord, optional: true }],
      options: {
        store: ofStore,
        run: { value: "RUN", meaning: "the rows of this run" },
        csv: { value: "FILE", meaning: "write them as a CSV with one line a row", completes: "file" },
        limit: { value: "NUMBER", meaning: `how many runs at most, ${SHOWN} unless said otherwise` },
        all: { value: null, meaning: "all of them" },
      },
      examples: [
        { line: 'messaging-console jobs history "New starters"', meaning: "of one job" },
        { line: "messaging-console jobs history --run 7f3c2e10-52f1-4c1e-9d0a-3b6f0c9e8a11 --csv rows.csv", meaning: "what came of each row" },
      ],
      run: history,
    },
    {
      choice: "task",
      meaning: "write the schedule of a job as a task of Windows' Task Scheduler",
      words: [jobWord, { name: "FILE", completes: "file" }],
      options: { store: ofStore, program: { value: "PATH", meaning: "the whole path of the program that the task starts", required: true, completes: "file" } },
      notes: [
        "For machines on which no console stays open: an open one follows the schedule itself. Import the file there with",
        'schtasks /Create /TN NAME /XML FILE. The task starts "PATH jobs run JOB" as the account that imports it, while that is signed in.',
      ],
      examples: [{ line: 'messaging-console jobs task "New starters" starters.xml --program "C:\\Program Files\\Messaging Console\\bin\\messaging-console.cmd"', meaning: "at the times of its schedule" }],
      run: task,
    },
    {
      choice: "export",
      meaning: "print the settings of a job as the JSON document that import takes",
      words: [jobWord, { name: "FILE", optional: true, completes: "file" }],
      options: { store: ofStore },
      notes: ["It holds no secret. With FILE it is written there."],
      examples: [{ line: 'messaging-console jobs export "New starters" starters.json', meaning: "to change it and import it again" }],
      run: exportJob,
    },
    {
      choice: "import",
      meaning: "create a job of a JSON document, or save the one of that name",
      words: [{ name: "FILE", completes: "file" }],
      options: { store: storeOption },
      notes: ["What keeps the job from being run is told, and does not keep it from being saved."],
      examples: [{ line: 'messaging-console jobs import starters.json --store "Contoso HQ"', meaning: "in one revision or not at all" }],
      run: importJob,
    },
    {
      choice: "enable",
      meaning: "let the schedule of a job begin it",
      words: [jobWord],
      options: { store: ofStore },
      examples: [{ line: 'messaging-console jobs enable "New starters"', meaning: "again" }],
      run: (context) => switchJob(context, true),
    },
    {
      choice: "disable",
      meaning: "keep the schedule of a job from beginning it; it can be run by hand",
      words: [jobWord],
      options: { store: ofStore },
      examples: [{ line: 'messaging-console jobs disable "New starters"', meaning: "while the source is rebuilt" }],
      run: (context) => switchJob(context, false),
    },
    {
      choice: "remove",
      meaning: "delete a job; its runs stay in the history",
      words: [jobWord],
      options: { store: ofStore, yes: { value: null, meaning: "delete it; nothing is deleted without" } },
      examples: [{ line: 'messaging-console jobs remove "New starters" --yes', meaning: "for good" }],
      run: removeJob,
    },
  ],
};
