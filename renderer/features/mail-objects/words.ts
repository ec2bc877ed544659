/** Codes of the service in words; one that has none is shown as it is. */
import type { MailBatch, RunSummary } from "../../../shared/contract/mail-objects.ts";
import type { Issue } from "../../../shared/fault.ts";
import type { JournalState } from "../../../shared/model/mail-object.ts";
import { formatCount } from "../../text/format.ts";
import { journalStateText } from "../../text/mail-objects.ts";
import { say, sayIfKnown } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";

/** Tells who does not see it that a file was read, and how many of its lines are refused; nothing where none was read. */
export function announceRead(batch: MailBatch | null): void {
  if (batch !== null) announce(say("mail-file.announce-checked", { count: batch.objects, refused: batch.refused }));
}

/** Tells who does not see it that the objects of a file were worked on; nothing where nothing was begun. */
export function announceDone(summary: RunSummary | null): void {
  if (summary !== null) announce(say("mail-file.announce-done", { count: summary.total, states: stateCounts(summary).join(", ") }));
}

/** From what is worst to what is well. */
export const JOURNAL_STATES: readonly JournalState[] = ["half-done", "interrupted", "failed", "planned", "running", "cancelled", "undone", "done"];

/** How many objects of a run are in which state, such as `Done: 498`. */
export function stateCounts({ counts }: RunSummary): readonly string[] {
  return JOURNAL_STATES.flatMap((state) => {
    const number = counts[state] ?? 0;
    return number === 0 ? [] : [say("mail-file.count-of", { state: journalStateText(state), number: formatCount(number) })];
  });
}

/** Why a kind of object cannot be made, or nothing be done with one that was found. */
export function whyNot(why: string): string {
  return sayIfKnown(`mail-objects.why-${why}`) ?? sayIfKnown(`faults.object-refused-${why}`) ?? sayIfKnown(`issues.${why}`) ?? why;
}

/** What an issue is about, as the page calls it. */
export function issueField({ path: [property] }: Issue): string {
  return sayIfKnown(`mail-objects.column-${String(property ?? "")}`) ?? String(property ?? "");
}
