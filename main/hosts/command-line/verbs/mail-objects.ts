import { serverFailures } from "../../../../shared/model/mail-plan.ts";
import { ENDS_WITHIN_MS } from "../mail-objects/follow.ts";
import { journal, journalStates, SHOWN } from "../mail-objects/journal.ts";
import { plan } from "../mail-objects/plan.ts";
import { mailActions, rehearse } from "../mail-objects/rehearse.ts";
import { apply, resume } from "../mail-objects/run.ts";
import { undo } from "../mail-objects/undo.ts";
import { secretsOptions, storeFilter, storeOption } from "../options.ts";
import type { OptionHelp, Verb } from "../verb.ts";

const fileWord = { name: "FILE", completes: "file" } as const;
const place = '--store "Contoso HQ"';

const fileOptions: Readonly<Record<string, OptionHelp>> = {
  store: storeOption,
  container: { value: "DN", meaning: "where objects are made whose line names no container, as a distinguished name" },
  map: { value: "PROPERTY=COLUMN,…", meaning: "which column holds what, where its name does not say it" },
};

const fileNotes: readonly string[] = [
  "FILE is a CSV with a line of column names and one object a line; - is standard input. Properties are type, name, container,",
  "alias, address, externalAddress, accountName and password; what a line leaves out is proposed from its name.",
  "Types are distribution-group, security-group, microsoft-365-group, mailbox, mail-user and mail-contact.",
];

const resultOption: OptionHelp = { value: "FILE", meaning: "write a CSV with one line an object: name, type, state, address, server, why", completes: "file" };

const runNotes: readonly string[] = [
  "The first password of users without one in the file comes on standard input, never on the command line. Ctrl+C ends it between",
  "two objects. Ends with 0 when all are done, else with the code of what kept the first of them.",
];

/** Groups, users and contacts to which the messaging provider of a store gives an address. */
export const mailObjects: Verb = {
  name: "mail-objects",
  summary: "groups, users and contacts with an address: plan, apply, resume, undo, journal, rehearse",
  forms: [
    {
      choice: "plan",
      meaning: "say what would be made of a file, and which lines cannot be done",
      words: [fileWord],
      options: {
        ...fileOptions,
        commands: { value: null, meaning: "print the equivalent PowerShell, with secrets as prompts" },
        "no-directory": { value: null, meaning: "check by the rules alone, without asking the directory what it holds" },
      },
      notes: [...fileNotes, "Nothing is written. Ends with 7 when a line is refused."],
      examples: [
        { line: `messaging-console mail-objects plan groups.csv ${place} --container "OU=Groups,DC=contoso,DC=lab"`, meaning: "what is created where, and by which server" },
        { line: `messaging-console mail-objects plan groups.csv ${place} --map name=Group,alias=Nick --commands > groups.ps1`, meaning: "as PowerShell" },
      ],
      run: plan,
    },
    {
      choice: "apply",
      meaning: "do a file: the directory first, then the mail servers by priority",
      words: [fileWord],
      options: { ...fileOptions, result: resultOption, ...secretsOptions },
      notes: [...fileNotes, "Nothing is written while a line is refused, which ends it with 7.", ...runNotes],
      examples: [
        { line: `messaging-console mail-objects apply groups.csv ${place} --result done.csv`, meaning: "with a result to keep" },
        { line: `messaging-console mail-objects apply users.csv ${place} --secrets < password.txt`, meaning: "users who get the same first password" },
      ],
      endsWithin: ENDS_WITHIN_MS,
      run: apply,
    },
    {
      choice: "resume",
      meaning: "go on with a run: finish what is half done, begin what was not begun",
      words: [{ name: "RUN", optional: true }],
      options: {
        store: { ...storeFilter, meaning: "without RUN, the identity store whose newest unfinished run is meant" },
        entry: { value: "ENTRY", meaning: "this object alone" },
        result: resultOption,
        ...secretsOptions,
      },
      notes: ["Nothing is done twice: what nobody saw the end of is looked up first.", ...runNotes],
      examples: [{ line: `messaging-console mail-objects resume ${place}`, meaning: "after Ctrl+C, or when the servers are back" }],
      endsWithin: ENDS_WITHIN_MS,
      run: resume,
    },
    {
      choice: "undo",
      meaning: "delete from the directory what a half-done entry put there",
      words: [{ name: "ENTRY" }],
      options: { yes: { value: null, meaning: "delete it; nothing is deleted without" } },
      examples: [{ line: "messaging-console mail-objects undo 7f3c2e10-52f1-4c1e-9d0a-3b6f0c9e8a11 --yes", meaning: "as the journal names it" }],
      endsWithin: ENDS_WITHIN_MS,
      run: undo,
    },
    {
      choice: "journal",
      meaning: "print what was done with mail objects, newest first, with everything that was tried",
      words: [],
      options: {
        store: storeFilter,
        run: { value: "RUN", meaning: "of this run alone" },
        state: { value: "STATE,…", meaning: `in one of these states: ${journalStates.join(", ")}`, completes: journalStates },
        search: { value: "TEXT", meaning: "that hold this in name, alias, address or server" },
        limit: { value: "NUMBER", meaning: `how many at most, ${SHOWN} unless said otherwise` },
        all: { value: null, meaning: "all of them" },
      },
      examples: [
        { line: `messaging-console mail-objects journal ${place} --state half-done,interrupted`, meaning: "what is to be finished or undone" },
        { line: "messaging-console mail-objects journal --all --json > journal.json", meaning: "everything" },
      ],
      run: journal,
    },
    {
      choice: "rehearse",
      meaning: "say what would happen if mail servers failed, without any traffic",
      words: [],
      options: {
        store: storeOption,
        fail: { value: "SERVER=HOW,…", meaning: "which ones fail and how; the first part of a name is enough" },
        action: { value: "ACTION", meaning: `what is rehearsed: ${mailActions.join(", ")}; create unless said otherwise`, completes: mailActions },
      },
      notes: [`HOW is one of ${serverFailures.slice(0, 6).join(", ")},`, `${serverFailures.slice(6).join(", ")}.`],
      examples: [{ line: `messaging-console mail-objects rehearse ${place} --fail exb=hangs,exa=throttled`, meaning: "order, delays and how it ends" }],
      run: rehearse,
    },
  ],
};
