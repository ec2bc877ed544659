/** Plans and rehearsals in words, for the page and the command line. */
import type { MailPlan, Rehearsal } from "../../shared/model/mail-plan.ts";
import { explain } from "./fault.ts";
import { formatDuration } from "./format.ts";
import { say, sayIfKnown } from "./text.ts";

/** Servers as they are tried, those that are offline after all others. */
export function orderLines({ order, last }: Pick<MailPlan, "order" | "last">): readonly string[] {
  const first = order.filter((server) => !last.includes(server));
  return [
    ...first.map((server, index) => say(index === 0 ? "mail-objects.plan-first" : "mail-objects.plan-then", { server })),
    ...last.map((server) => say("mail-objects.plan-last", { server })),
  ];
}

/** What happens, from the first step to the last. */
export function planSteps({ steps }: Pick<MailPlan, "steps">): readonly string[] {
  return steps.map(({ kind, where }) => say(`mail-objects.plan-${kind}-${where}`));
}

/** What the account may not do at a server. */
export function deniedText({ server, fault }: MailPlan["denied"][number]): string {
  return say("mail-objects.plan-denied-at", { server, reason: explain(fault).sentence });
}

/** What is left to do by hand; a code without words is shown as it is. */
export function byHandText(code: string): string {
  return sayIfKnown(`mail-objects.hand-${code}`) ?? say("mail-objects.hand-other", { code });
}

function moveText({ kind, server, outcome }: Rehearsal["moves"][number]): string {
  const words = sayIfKnown(`mail-objects.rehearsed-${outcome}`) ?? outcome;
  if (kind === "create") return say("mail-objects.rehearsed-create", { outcome: words });
  if (kind === "look" || server === null) return say("mail-objects.rehearsed-look", { outcome: words });
  return say("mail-objects.rehearsed-ask", { server, outcome: words });
}

/** The moves of a rehearsal, each with the time that it may take. */
export function rehearsedMoves({ moves }: Rehearsal): readonly string[] {
  return moves.map((move) => say("mail-objects.rehearsed-move", { move: moveText(move), duration: formatDuration(move.ms) }));
}

/** How a rehearsal ends, in a sentence. */
export function rehearsalEnd({ end, by, moves }: Rehearsal): string {
  const duration = formatDuration(moves.reduce((sum, { ms }) => sum + ms, 0));
  if (end !== "done") return say(`mail-objects.rehearsal-${end}`, { duration });
  return by === null ? say("mail-objects.rehearsal-done-service", { duration }) : say("mail-objects.rehearsal-done", { server: by, duration });
}
