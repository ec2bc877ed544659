/** What was done with mail objects in words, for the page, the journal and the command line. */
import type { JournalEntry, JournalState, MailObjectType, MailRequest, MailStep } from "../../shared/model/mail-object.ts";
import type { Fault, Issue } from "../../shared/fault.ts";
import { explain, explainIssue } from "./fault.ts";
import { formatDuration } from "./format.ts";
import { shortReason } from "./health.ts";
import { say, sayIfKnown, type TextKey } from "./text.ts";

export function journalStateText(state: JournalState): string {
  return say(`mail-journal.state-${state}`);
}

export function mailTypeText(type: MailObjectType): string {
  return say(`mail-journal.type-${type}`);
}

/** `The group`, for the beginning of a sentence. */
export function mailNoun(type: MailObjectType): string {
  return say(`mail-journal.noun-${type}`);
}

/** A fault in brackets: the few words of a table where there are any, else its sentence without the full stop. */
function reasonText(fault: Fault): string {
  const short = shortReason(fault);
  return short === say("servers.short-other") ? explain(fault).sentence.replace(/\.$/, "") : short;
}

/** Whoever asks to wait, or has no session left, was reached. */
const isAway = ({ kind }: Fault): boolean => kind === "unreachable" || kind === "timeout";

function whoOf({ kind, server }: MailStep): string {
  if (server !== null) return server;
  return say(kind === "enable" || kind === "disable" ? "mail-journal.who-service" : "mail-journal.who-directory");
}

/** A step as `exa.contoso.lab did it in 240 ms`. `running`: somebody is at it, so that a step without an end still goes on. */
export function stepText(step: MailStep, running = false): string {
  const { kind, outcome, ms } = step;
  const facts = { who: whoOf(step), duration: ms === null ? say("mail-journal.duration-none") : formatDuration(ms) };
  switch (outcome.state) {
    case "started":
      return say(running ? `mail-journal.step-${kind}-started` : "mail-journal.step-unseen", facts);
    case "succeeded":
      return say(outcome.already ? "mail-journal.step-already" : `mail-journal.step-${kind}-succeeded`, facts);
    case "not-reached":
      return say(isAway(outcome.fault) ? "mail-journal.step-not-reached" : "mail-journal.step-not-taken", { ...facts, reason: reasonText(outcome.fault) });
    case "unanswered":
    case "not-seen":
    case "refused":
      return say(`mail-journal.step-${outcome.state}`, { ...facts, reason: reasonText(outcome.fault) });
    case "found":
    case "different":
    case "missing":
    default:
      return say(`mail-journal.step-${outcome.state}`, facts);
  }
}

function entryKey({ state, request }: JournalEntry): TextKey {
  return state === "done" || state === "failed" ? `mail-journal.entry-${state}-${request.action}` : `mail-journal.entry-${state}`;
}

/** What is wrong with a request. A name that is taken is another object's here, not another identity store's. */
export function mailIssueText(issue: Issue): string {
  const facts = Object.fromEntries(Object.entries(issue.facts ?? {}).map(([name, value]) => [name, String(value)]));
  return sayIfKnown(`faults.object-refused-${issue.code}`, facts) ?? explainIssue(issue);
}

/** How far an object has come, in a sentence: `The group is in the directory, but not mail-enabled.` */
export function entrySentence(entry: JournalEntry): string {
  return say(entryKey(entry), { what: mailNoun(entry.request.type) });
}

/** What an object is called, also one that is acted on by its identity alone. */
export function requestName({ name, identity }: MailRequest): string {
  return name === "" ? (identity ?? "") : name;
}

/** Who made the mail part, also where no answer came and only a look showed it; null where nobody did, or nobody knows. */
export function doneBy({ steps }: JournalEntry): string | null {
  const asked = steps.filter(({ kind }) => kind === "enable" || kind === "disable");
  const answered = asked.findLast(({ outcome }) => outcome.state === "succeeded");
  if (answered !== undefined) return answered.server;
  const last = asked.at(-1);
  const isUnseen = last?.outcome.state === "unanswered" || last?.outcome.state === "started";
  return isUnseen && steps.at(-1)?.outcome.state === "found" ? last.server : null;
}

/** An entry as lines of text: what it is, how far it came, each step, the address, and what to do where it is not done. */
export function entryLines(entry: JournalEntry): readonly string[] {
  const { request, state, address, fault, steps } = entry;
  const running = state === "running";
  const reason = fault === null ? null : explain(fault);
  return [
    say("mail-journal.entry-head", { name: requestName(request), type: mailTypeText(request.type), state: journalStateText(state) }),
    entrySentence(entry),
    ...steps.map((step) => say("mail-journal.step-numbered", { number: step.number, step: stepText(step, running) })),
    ...(address === null ? [] : [say("mail-journal.entry-address", { address })]),
    ...(reason === null ? [] : [`${reason.sentence} ${reason.nextStep}`]),
  ];
}
