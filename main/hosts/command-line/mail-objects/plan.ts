/** What would be done with a file of mail objects, before anything is written. */
import { mailIssueText, mailTypeText } from "../../../../renderer/text/mail-objects.ts";
import { byHandText, deniedText, orderLines, planSteps } from "../../../../renderer/text/mail-plan.ts";
import { say, sayIfKnown } from "../../../../renderer/text/text.ts";
import type { MailBatch } from "../../../../shared/contract/mail-objects.ts";
import type { Issue } from "../../../../shared/fault.ts";
import type { MailPlan } from "../../../../shared/model/mail-plan.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { print, printable, table } from "../output.ts";
import type { VerbContext } from "../verb.ts";
import { withBatch, type ReadBatch } from "./batch.ts";

export function plan(context: VerbContext): Promise<ExitCode> {
  return withBatch(context, ["mail-objects", "plan"], (read) => {
    tellBatch(context, read, () => (context.options["commands"] === true ? commandsText(read.batch) : planText(read.batch)));
    return Promise.resolve(read.batch.refused > 0 ? exitCodes.invalid : exitCodes.ok);
  });
}

/** Prints refused lines, or `text` where there are none. */
export function tellBatch(context: VerbContext, { store, batch }: ReadBatch, text: () => string): void {
  const { fileName, columns, mapping, objects, refused, lines, sample } = batch;
  print(context, { store: store.name, fileName, columns, mapping, objects, refused, lines, plans: sample }, () => (refused > 0 ? refusedText(batch) : text()));
}

/** The field of an issue in the page's words. */
function issueText(issue: Issue): string {
  const field = sayIfKnown(`mail-objects.column-${String(issue.path[0] ?? "")}`);
  return field === null ? mailIssueText(issue) : say("mail-file.issue", { field, issue: mailIssueText(issue) });
}

function refusedText({ lines, refused, objects }: MailBatch): string {
  const rows = lines.flatMap(({ line, name, issues }) => issues.map((issue) => [line, name, issueText(issue)] as const));
  return [
    table([say("mail-file.line"), say("mail-file.name"), say("mail-file.why")], rows),
    "",
    say("mail-file.objects", { count: objects }),
    say("mail-file.refused", { count: refused }),
    ...(refused > lines.length ? [say("mail-file.refused-first", { shown: lines.length })] : []),
  ].join("\n");
}

/** A title with numbered or unnumbered lines below it; nothing without lines. */
function section(title: string, lines: readonly string[], numbered: boolean): readonly string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line, index) => printable(`  ${numbered ? `${index + 1}. ` : ""}${line}`))];
}

function planText({ sample, objects }: MailBatch): string {
  const [first] = sample;
  const rows = sample.map(({ request, dn, address }) => [mailTypeText(request.type), request.name, dn ?? request.container, address ?? say("mail-file.sample-policy")]);
  const titles = [say("mail-objects.type"), say("mail-file.name"), say("mail-file.sample-where"), say("mail-file.sample-address")];
  return [
    table(titles, rows),
    "",
    say("mail-file.objects", { count: objects }),
    ...section(say("mail-objects.plan-steps"), distinct(sample.flatMap(planSteps)), true),
    ...section(say("mail-objects.plan-order"), first === undefined ? [] : orderLines(first), true),
    ...section(say("mail-objects.plan-denied"), first === undefined ? [] : first.denied.map(deniedText), false),
    ...section(say("mail-objects.plan-hand"), distinct(sample.flatMap(({ byHand }) => byHand)).map(byHandText), false),
  ].join("\n");
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** As a script: what stands in it is quoted so that each command is one line of what can be printed. */
function commandsText({ sample }: MailBatch): string {
  return sample.map(({ commands }: MailPlan) => commands).join("\n");
}
