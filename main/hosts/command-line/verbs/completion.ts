import { holdsData } from "../../../store/files.ts";
import { defaultDataDirectory } from "../../shared/data-directory.ts";
import { bashScript, offerAfter, powerShellScript, type Started } from "../completion.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print } from "../output.ts";
import { listStores } from "../take.ts";
import type { Verb, VerbContext } from "../verb.ts";

/** Completion for shells. `verbs` are those to complete, this one among them. */
export function completionOf(verbs: () => readonly Verb[]): Verb {
  return {
    name: "completion",
    summary: "scripts that complete verbs, options and names: bash, powershell, and the words they ask for",
    forms: [
      {
        choice: "bash",
        meaning: "print a script that completes verbs, options and names in bash",
        words: [],
        options: {},
        examples: [{ line: "messaging-console completion bash >> ~/.bashrc", meaning: "for every shell from now on" }],
        run: (context) => printScript(context, bashScript),
      },
      {
        choice: "powershell",
        meaning: "print a script that completes them in PowerShell",
        words: [],
        options: {},
        examples: [{ line: "messaging-console completion powershell | Out-String | Invoke-Expression", meaning: "for this session, or in $PROFILE" }],
        run: (context) => printScript(context, powerShellScript),
      },
      {
        choice: "words",
        meaning: "print what may come next, one a line; what those scripts ask",
        words: [{ name: ":WORD", optional: true, many: true }],
        options: { current: { value: "TEXT", meaning: "how what comes next begins" } },
        notes: ["Each word that is typed already comes with a colon before it. Nothing is printed where a file is expected."],
        examples: [{ line: "messaging-console completion words --current=Con :status :--store", meaning: "names of identity stores that begin with Con" }],
        run: (context) => printOffer(context, verbs()),
      },
    ],
  };
}

function printScript(context: VerbContext, script: (started: Started) => string): Promise<ExitCode> {
  const text = script({ node: process.execPath, script: process.argv[1] ?? "" });
  print(context, text, () => text.trimEnd());
  return Promise.resolve(exitCodes.ok);
}

async function printOffer(context: VerbContext, verbs: readonly Verb[]): Promise<ExitCode> {
  const current = String(context.options["current"] ?? "");
  const typed = context.words.map((word) => word.replace(/^:/, "")).filter((word) => word !== "=");
  const offer = offerAfter(typed, verbs, current.startsWith("-"));
  const words = offer === "stores" ? await storeNames(context, typed) : offer === "files" ? [] : offer;
  const fitting = words.filter((word) => word.toLowerCase().startsWith(current.toLowerCase()));
  // An empty line would be offered as an empty word.
  if (context.json || fitting.length > 0) print(context, fitting, () => fitting.join("\n"));
  return exitCodes.ok;
}

/** Of the data folder that a verb would use. A key press makes no folder, and asks no practice console. */
async function storeNames(context: VerbContext, typed: readonly string[]): Promise<readonly string[]> {
  const { data } = context.options;
  if (typed.some((word) => /^--(?:data|practice)\b/.test(word)) || !holdsData(typeof data === "string" ? data : defaultDataDirectory())) return [];
  return (await listStores(await context.client())).map(({ name }) => name);
}
