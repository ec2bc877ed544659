import { exitCodes } from "../exit-codes.ts";
import { print, table } from "../output.ts";
import { snapshot, take } from "../take.ts";
import { UsageError, type Verb } from "../verb.ts";

/** Talks to a practice console that is running: the organisation lives in that process. */
export const practice: Verb = {
  name: "practice",
  usage: [
    ["practice", "list the parts of the running practice organisation and what can be done to each"],
    ["practice facts", "print what to type into the forms"],
    ["practice VERB [PART] [VALUE]", "break or mend a part: down exb, up exb, drain exb, slow exb, reset, …"],
  ],
  options: {},
  async run(context) {
    const [verb, target = null, argument = null, ...more] = context.words;
    if (more.length > 0) throw new UsageError("practice takes a verb, a part and a value");
    const client = await context.client();
    if (verb === undefined) {
      const parts = await snapshot((signal) => client.practice.watch(undefined, { signal }));
      print(context, parts, () => table(["Part", "Kind", "State", "Verbs"], parts.map((part) => [part.id, part.kind, part.state, part.verbs.join(" ")])));
    } else if (verb === "facts") {
      const { files, ...facts } = take(await client.practice.facts());
      const shown = { ...facts, files: files.map(({ name, password }) => ({ name, password })) };
      print(context, shown, () =>
        [
          `Domain    ${facts.domain}`,
          `Username  ${facts.username}`,
          `Password  ${facts.password}`,
          ...facts.forms.flatMap((form) => [form.provider, ...form.values.map(({ field, value, variant }) => `  ${field}${variant === undefined ? "" : ` (${variant})`}: ${value}`)]),
        ].join("\n"),
      );
    } else {
      take(await client.practice.run({ verb, target, argument }));
      print(context, { verb, target, argument }, () => [verb, target, argument].filter((part) => part !== null).join(" "));
    }
    return exitCodes.ok;
  },
};
