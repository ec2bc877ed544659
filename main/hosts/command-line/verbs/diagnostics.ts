import { aboutFile, readmeText } from "../../../../renderer/text/diagnostics.ts";
import { formatSize } from "../../../../renderer/text/format.ts";
import { workProgress } from "../../../../renderer/text/progress.ts";
import type { Diagnostics } from "../../../../shared/contract/diagnostics.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable } from "../output.ts";
import { writeMade } from "../prepared-file.ts";
import { finish, word } from "../take.ts";
import { UsageError, type Verb, type VerbContext } from "../verb.ts";

export const diagnostics: Verb = {
  name: "diagnostics",
  forms: [
    {
      choice: null,
      meaning: "write a zip file for support: versions, configuration, status, log; names replaced",
      words: [{ name: "FILE", optional: true, completes: "file" }],
      options: {
        names: { value: null, meaning: "leave names of identity stores, domains, servers and accounts as they are" },
        plan: { value: null, meaning: "list what would go in, and write nothing; without FILE" },
      },
      notes: [
        "It is searched for every secret that the console can open, encoded ones too. Where one stands in what was",
        "gathered, nothing is written; one that is short or a word is blotted out. Names are replaced, each by the same",
        "one everywhere. Checks that another console made are not in it: run it on the page there.",
      ],
      examples: [
        { line: "messaging-console diagnostics --plan", meaning: "which files would go in, and how large they are" },
        { line: "messaging-console diagnostics case-4711.zip", meaning: "write them, without names" },
      ],
      run: writeDiagnostics,
    },
  ],
};

async function writeDiagnostics(context: VerbContext): Promise<ExitCode> {
  const file = word(context, 0);
  const isPlan = context.options["plan"] === true;
  if ((file === "") !== isPlan) throw new UsageError(isPlan ? "--plan writes no FILE" : "a FILE is missing", ["diagnostics"]);
  if (isPlan) {
    tell(context, null, await gathered(context));
    return exitCodes.ok;
  }
  const made = await writeMade(file, async () => {
    const zip = await gathered(context);
    return { content: Buffer.from(zip.base64, "base64"), made: zip };
  });
  tell(context, file, made);
  return exitCodes.ok;
}

async function gathered(context: VerbContext): Promise<Diagnostics> {
  const names = context.options["names"] === true;
  const client = await context.client();
  const { version } = await client.app.hello();
  const readme = readmeText({ names, version, at: Date.now() });
  return finish(await client.diagnostics.gather({ names, readme }, { signal: context.signal }), (progress) => context.progress(workProgress(progress)));
}

function tell(context: VerbContext, file: string | null, { files }: Diagnostics): void {
  const names = context.options["names"] === true;
  print(context, { file, names, files }, () => {
    const head = `${files.length} files ${file === null ? "would go in" : `in ${file}`}, ${names ? "with names" : "names replaced"}.`;
    return [head, ...files.map(({ name, size }) => `  ${name} (${formatSize(size)}): ${aboutFile(name) ?? ""}`)].map(printable).join("\n");
  });
}
