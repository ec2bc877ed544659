import { journal, journalStates, SHOWN } from "../mail-objects/journal.ts";
import { plan } from "../mail-objects/plan.ts";
import { storeFilter, storeOption } from "../options.ts";
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

/** Groups, users and contacts to which the messaging provider of a store gives an address. */
export const mailObjects: Verb = {
  name: "mail-objects",
  summary: "groups, users and contacts with an address, from a CSV: plan, journal",
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
  ],
};
