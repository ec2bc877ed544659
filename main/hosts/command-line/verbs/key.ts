import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print } from "../output.ts";
import { take } from "../take.ts";
import { UsageError, type Verb, type VerbContext } from "../verb.ts";

export const key: Verb = {
  name: "key",
  forms: [
    {
      choice: null,
      meaning: "print the public key of this console, to which others export what is for it",
      words: [],
      options: {
        new: { value: null, meaning: "make another key pair first, such as for one that does not open here any more" },
        yes: { value: null, meaning: "with --new: files that were sealed to the key before open nowhere any more" },
      },
      notes: [
        "It is no secret: send it to whoever prepares a file, for `export FILE --to KEY`. What is sealed to it opens here alone, with no",
        "passphrase. The secret half stays in the data folder, protected as its passwords are.",
      ],
      examples: [
        { line: "messaging-console key", meaning: "one line that begins with age1" },
        { line: "messaging-console key --new --yes", meaning: "of another key pair" },
      ],
      run: printKey,
    },
  ],
};

async function printKey(context: VerbContext): Promise<ExitCode> {
  const isNew = context.options["new"] === true;
  if (isNew && context.options["yes"] !== true) throw new UsageError("files that were sealed to the key before open nowhere any more; say so with --yes", ["key"]);
  const client = await context.client();
  const made = take(isNew ? await client.handover.newKey() : await client.handover.key());
  print(context, made, () => made.publicKey);
  return exitCodes.ok;
}
