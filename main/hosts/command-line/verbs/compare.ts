import { comparisonReport, comparisonTable, notComparedLines, sideName, sumOf } from "../../../../renderer/text/comparison.ts";
import { markdownOf } from "../../../../renderer/text/report/markdown.ts";
import { workProgress } from "../../../../renderer/text/progress.ts";
import type { ComparedSide, Comparison } from "../../../../shared/model/comparison.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { openBundle } from "../opened-bundle.ts";
import { print, printable, table } from "../output.ts";
import { passphraseNotes, passphraseOptions } from "../passphrase-input.ts";
import { holdFile } from "../sent-file.ts";
import { findStore, finish, take, word } from "../take.ts";
import { UsageError, type ConsoleClient, type Verb, type VerbContext } from "../verb.ts";

const sideWord = { name: "SIDE", optional: true, completes: "file" } as const;

export const compare: Verb = {
  name: "compare",
  forms: [
    {
      choice: null,
      meaning: "hold two states of an identity store against each other",
      words: [{ name: "NAME", completes: "store" }, sideWord, sideWord],
      options: { markdown: { value: null, meaning: "Markdown for people to keep, instead of a table" }, ...passphraseOptions },
      notes: [
        "SIDE is saved, draft, directory, probe, the number of a revision, or a handed-over file. One alone is held against what is",
        "saved, and without any it is the directory: its servers as they are listed now, their certificates, and what the account may do.",
        "probe is what imported results say of servers: certificates, and build and roles where it ran. No server is missing by it.",
        "Certificates and rights are held against what a console saw since the last save, beside saved alone;",
        "a command keeps nothing of what it sees.",
        "Ends with 0 where nothing differs, with 9 where something does, with 8 where nothing does as far as could be compared.",
        ...passphraseNotes,
        "A file that is not sealed needs none.",
      ],
      examples: [
        { line: 'messaging-console compare "Contoso HQ"', meaning: "what is saved, and what the directory says now" },
        { line: 'messaging-console compare "Contoso HQ" probe', meaning: "what an imported probe saw otherwise" },
        { line: 'messaging-console compare "Contoso HQ" 7 saved', meaning: "what changed since revision 7" },
        { line: 'messaging-console compare "Contoso HQ" site.age < passphrase.txt', meaning: "what a handed-over file has otherwise" },
      ],
      run: compareSides,
    },
  ],
};

async function compareSides(context: VerbContext): Promise<ExitCode> {
  const { json, options, words } = context;
  if (json && options["markdown"] === true) throw new UsageError("--json and --markdown exclude each other", ["compare"]);
  const [left, right] = words.length > 2 ? [word(context, 1), word(context, 2)] : ["saved", words.length > 1 ? word(context, 1) : "directory"];
  const client = await context.client();
  const store = await findStore(client, word(context, 0));
  const from = await readSide(context, client, left);
  const to = await readSide(context, client, right);
  const events = await client.comparison.compare({ storeId: store.id, left: from, right: to }, { signal: context.signal });
  const comparison = await finish(events, (progress) => context.progress(printable(workProgress(progress))));
  // A handed-over file goes by the name it was typed with.
  const nameOf = (side: ComparedSide, typed: string) => (side.kind === "bundle" ? typed : sideName(side, comparison.probed));
  const names = { left: nameOf(from, left), right: nameOf(to, right) };
  // A command takes nothing over.
  const { seen: _seen, ...said } = comparison;
  print(context, { name: store.name, left, right, ...said }, () =>
    options["markdown"] === true ? markdownOf([comparisonReport(comparison, { ...names, name: store.name, at: Date.now() })]).trimEnd() : textOf(comparison, names),
  );
  if (comparison.changes.length > 0) return exitCodes.differs;
  return comparison.notCompared.length > 0 ? exitCodes.notKnown : exitCodes.ok;
}

/** What a word means. A file of the name `saved`, or one whose name is a number, is written with its folder: `./saved`. */
async function readSide(context: VerbContext, client: ConsoleClient, typed: string): Promise<ComparedSide> {
  if (typed === "saved" || typed === "draft" || typed === "directory" || typed === "probe") return { kind: typed };
  if (/^[1-9]\d{0,8}$/.test(typed)) return { kind: "revision", number: Number(typed) };
  const { file } = take(await holdFile(client, "handover", typed));
  const { bundle } = await openBundle(context, client, file, ["compare"]);
  return { kind: "bundle", bundle, place: null };
}

function textOf(comparison: Comparison, names: { readonly left: string; readonly right: string }): string {
  const { headings, rows } = comparisonTable(comparison, names);
  return [printable(sumOf(comparison, names)), ...(rows.length === 0 ? [] : [table(headings, rows)]), ...notComparedLines(comparison.notCompared).map(printable)].join("\n");
}
