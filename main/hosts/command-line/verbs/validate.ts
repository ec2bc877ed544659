import { reportSource } from "../../../../renderer/text/report/content.ts";
import { preparedPoints } from "../../../../renderer/text/report/open-points.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable } from "../output.ts";
import { chosenStores, take } from "../take.ts";
import type { Verb, VerbContext } from "../verb.ts";

export const validate: Verb = {
  name: "validate",
  forms: [
    {
      choice: null,
      meaning: "say what of the saved configuration is missing, untested or out of date; nobody is asked",
      words: [],
      options: { store: { value: "NAME", meaning: "this identity store; may be repeated, and without it all of them", many: true, completes: "store" } },
      notes: ["No server, directory or cloud is asked. Ends with 7 where something is open."],
      examples: [
        { line: "messaging-console validate", meaning: "before a configuration is handed over" },
        { line: 'messaging-console validate --store "Contoso HQ" --json', meaning: "what is open, as JSON" },
      ],
      run: judge,
    },
  ],
};

async function judge(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const stores = await chosenStores(client, context);
  const shared = { expiries: take(await client.expiry.list()), hello: await client.app.hello(), statuses: [], at: Date.now() };
  const judged: { readonly id: string; readonly name: string; readonly open: readonly string[] }[] = [];
  for (const { id, name, drift } of stores) judged.push({ id, name, open: preparedPoints(reportSource({ ...shared, drift, editor: take(await client.editor.open({ storeId: id })) })) });
  print(context, judged, () => judged.map(({ name, open }) => [`${printable(name)}: ${open.length === 0 ? "nothing is open" : "open"}`, ...open.map((point) => `  - ${printable(point)}`)].join("\n")).join("\n"));
  return judged.every(({ open }) => open.length === 0) ? exitCodes.ok : exitCodes.invalid;
}
