import { writeFileSync } from "node:fs";
import { blankJob } from "../../../shared/rules/job.ts";
import type { VerbCase } from "./verb-case.ts";

/** Jobs of the identity store `rules`, beside `nothing`. `at` is a place in a folder of the test. */
export function jobCases(at: (name: string) => string): readonly VerbCase[] {
  const document = (content: unknown): string => {
    writeFileSync(at("job.json"), JSON.stringify(content));
    return at("job.json");
  };
  /** A job of which nothing is mapped yet. */
  const contacts = () => document({ ...blankJob("mail-contact"), name: "Contacts", source: { kind: "csv", path: at("contacts.csv"), delimiter: null, encoding: null, header: true } });
  return [
    ["jobs: none yet", () => ["jobs"], 0],
    ["jobs: a word it does not know", () => ["jobs", "drop"], 2],
    ["jobs import: done", () => ["jobs", "import", contacts(), "--store", "rules"], 0],
    ["jobs import: a document that is none", () => ["jobs", "import", document({ name: "Contacts" }), "--store", "rules"], 7],
    ["jobs import: no store", () => ["jobs", "import", contacts()], 2],
    ["jobs import: a store that is missing", () => ["jobs", "import", contacts(), "--store", "nobody"], 3],
    ["jobs task: no schedule", () => ["jobs", "task", "contacts", at("task.xml"), "--program", "messaging-console.cmd"], 2],
    ["jobs task: no program", () => ["jobs", "task", "contacts", at("task.xml")], 2],
    ["jobs task: a job that is missing", () => ["jobs", "task", "contact", at("task.xml"), "--program", "messaging-console.cmd"], 3],
    ["jobs export: done", () => ["jobs", "export", "contacts"], 0],
    ["jobs export: a folder that is missing", () => ["jobs", "export", "contacts", at("nowhere/job.json")], 1],
    ["jobs export: a job that is missing", () => ["jobs", "export", "contact"], 3],
    ["jobs plan: settings that keep it from being run", () => ["jobs", "plan", "contacts"], 7],
    ["jobs plan: a store without the job", () => ["jobs", "plan", "contacts", "--store", "nothing"], 3],
    ["jobs run: settings that keep it from being run", () => ["jobs", "run", "contacts"], 7],
    ["jobs run: no job", () => ["jobs", "run"], 2],
    ["jobs resume: a run that is missing", () => ["jobs", "resume", "7f3c2e10"], 3],
    ["jobs history: nothing has run", () => ["jobs", "history"], 0],
    ["jobs history: a run that is missing", () => ["jobs", "history", "--run", "7f3c2e10"], 3],
    ["jobs history: a file without a run", () => ["jobs", "history", "--csv", at("rows.csv")], 2],
    ["jobs disable: done", () => ["jobs", "disable", "contacts"], 0],
    ["jobs enable: done", () => ["jobs", "enable", "contacts"], 0],
    ["jobs remove: not meant", () => ["jobs", "remove", "contacts"], 2],
    ["jobs remove: a job that is missing", () => ["jobs", "remove", "contact", "--yes"], 3],
  ];
}
