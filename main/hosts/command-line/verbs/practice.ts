import { partWords, stateWord } from "../../../../renderer/text/practice.ts";
import type { PracticeComponent } from "../../../../shared/contract/practice.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, table } from "../output.ts";
import { snapshot, take } from "../take.ts";
import type { Verb, VerbContext } from "../verb.ts";

/** Talks to a practice console that is running: the organisation lives in that process. */
export const practice: Verb = {
  name: "practice",
  forms: [
    {
      choice: null,
      meaning: "list the parts of the running practice organisation, or break or mend one",
      words: [{ name: "ACTION", optional: true }, { name: "PART", optional: true }, { name: "VALUE", optional: true }],
      options: {},
      notes: ["Without words it lists the parts, and what can be done to each."],
      examples: [
        { line: "messaging-console practice", meaning: "what there is" },
        { line: "messaging-console practice drain exb", meaning: "put a server into maintenance" },
        { line: "messaging-console practice reset", meaning: "mend everything" },
      ],
      run: (context) => (context.words.length === 0 ? list(context) : act(context)),
    },
    {
      choice: "facts",
      meaning: "print what to type into the forms",
      words: [],
      options: {},
      examples: [{ line: "messaging-console practice facts --json", meaning: "for a script that fills the forms in" }],
      run: facts,
    },
  ],
};

async function list(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const parts = await snapshot((signal) => client.practice.watch(undefined, { signal }));
  print(context, parts, () => table(["Part", "What it is", "State", "Actions"], parts.map((part) => [part.id, whatItIs(part), stateWord(part.state), part.verbs.join(" ")])));
  return exitCodes.ok;
}

function whatItIs(part: PracticeComponent): string {
  const { name, what } = partWords(part);
  return what ?? (name === part.id ? part.kind : name);
}

async function act(context: VerbContext): Promise<ExitCode> {
  const [verb = "", target = null, argument = null] = context.words;
  take(await (await context.client()).practice.run({ verb, target, argument }));
  print(context, { verb, target, argument }, () => context.words.join(" "));
  return exitCodes.ok;
}

async function facts(context: VerbContext): Promise<ExitCode> {
  const { files, ...told } = take(await (await context.client()).practice.facts());
  const shown = { ...told, files: files.map(({ name, password }) => ({ name, password })) };
  print(context, shown, () =>
    [
      `Domain    ${told.domain}`,
      `Username  ${told.username}`,
      `Password  ${told.password}`,
      ...told.forms.flatMap((form) => [form.provider, ...form.values.map(({ field, value, variant }) => `  ${field}${variant === undefined ? "" : ` (${variant})`}: ${value}`)]),
    ].join("\n"),
  );
  return exitCodes.ok;
}
