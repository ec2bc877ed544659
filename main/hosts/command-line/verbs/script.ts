import { shellScript } from "../../../../renderer/text/management-shell/script.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable } from "../output.ts";
import { writeMade } from "../prepared-file.ts";
import { chosenStores, take, word } from "../take.ts";
import type { Verb, VerbContext } from "../verb.ts";

export const script: Verb = {
  name: "script",
  forms: [
    {
      choice: null,
      meaning: "write what is configured as PowerShell for the identity-management product's own shell",
      words: [{ name: "FILE", completes: "file" }],
      options: {
        store: { value: "NAME", meaning: "this identity store; may be repeated, and without it all of them", many: true, completes: "store" },
        undo: { value: null, meaning: "put back what was there before, instead" },
      },
      notes: ["No password is in it: the script asks when it runs. What cannot be set there, it says to do by hand."],
      examples: [
        { line: 'messaging-console script apply.ps1 --store "Contoso HQ"', meaning: "set the messaging system elsewhere" },
        { line: 'messaging-console script undo.ps1 --store "Contoso HQ" --undo', meaning: "and put it back" },
      ],
      run: writeScript,
    },
  ],
};

async function writeScript(context: VerbContext): Promise<ExitCode> {
  const file = word(context, 0);
  const stores = await writeMade(file, async () => {
    const client = await context.client();
    const chosen = await chosenStores(client, context);
    const { version } = await client.app.hello();
    const made = take(await client.handover.shell({ storeIds: chosen.map(({ id }) => id) }));
    return { content: shellScript(context.options["undo"] === true ? "undo" : "apply", { stores: made, at: Date.now(), version }), made };
  });
  print(context, { file, stores: stores.length }, () => printable(`${stores.length} identity ${stores.length === 1 ? "store" : "stores"} in ${file}.`));
  return exitCodes.ok;
}
