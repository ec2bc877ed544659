/** What a fault means to a person: one sentence, the next step, and details for whoever is asked for help. */
import type { Fault, Issue } from "../../shared/fault.ts";
import type { Finding, FindingReason } from "../../shared/model/mail-server.ts";
import { patternErrorSchema } from "../../shared/model/alias.ts";
import { CERTIFICATE_FILE_LIMIT } from "../../shared/rules/file-limits.ts";
import { changeLabel } from "./change.ts";
import { formatCount, formatDate, formatDuration, formatRelative, formatSize, formatTime } from "./format.ts";
import { patternErrorText } from "./pattern-error.ts";
import { policyTitle } from "./policies.ts";
import { fieldWords, providerName } from "./provider.ts";
import { say, sayIfKnown, type TextKey } from "./text.ts";

export interface Explanation {
  readonly sentence: string;
  readonly nextStep: string;
  /** The far side's own words and codes, to copy into a message; null when there is nothing more to say. */
  readonly detail: string | null;
}

function detailOf(...lines: readonly (string | null | undefined | false)[]): string | null {
  const kept = lines.filter((line): line is string => typeof line === "string" && line !== "");
  return kept.length === 0 ? null : kept.join("\n");
}

/** The special sentence for `group-what` where there is one, else the general one. */
function specialOr(group: "not-found" | "unsupported", what: string, general: TextKey, generalNext: TextKey, detail: string | undefined): Explanation {
  const special = sayIfKnown(`faults.${group}-${what}`);
  return {
    sentence: special ?? say(general),
    nextStep: sayIfKnown(`faults.${group}-${what}-next`) ?? say(generalNext),
    detail: detailOf(special === null && what, detail),
  };
}

/** With the fact where there is one and a sentence for it. */
function reachSentence(reason: FindingReason, host: string, detail: string | null): string {
  const withFact = detail === null ? null : sayIfKnown(`faults-reach.${reason}-fact`, { host, detail });
  return capitalise(withFact ?? say(`faults-reach.${reason}`, { host }));
}

/** Explains what was noticed on a rung that passed. */
export function explainFinding({ reason, detail }: Finding, host: string): Pick<Explanation, "sentence" | "nextStep"> {
  return {
    sentence: reachSentence(reason, host, detail),
    nextStep: sayIfKnown(`faults-reach.${reason}-noted`) ?? say(`faults-reach.${reason}-next`, { host }),
  };
}

function explainUnreachable(fault: Extract<Fault, { kind: "unreachable" }>): Explanation {
  const host = fault.host ?? say("ui.the-server");
  return {
    sentence: reachSentence(fault.reason, host, fault.detail ?? null),
    nextStep: nextStepToReach(fault, host),
    detail: detailOf(
      say("faults.detail-step", { rung: say(`rungs.${fault.rung}`) }),
      fault.host,
      fault.detail !== undefined && say("faults.detail-answer", { detail: fault.detail }),
    ),
  };
}

/** Advice about a name or a server that a person chose is none where the console chose it, or where it is the proxy's. */
function nextStepToReach({ rung, reason, chosenByConsole }: Extract<Fault, { kind: "unreachable" }>, host: string): string {
  const isProxyAway = rung === "proxy" && !reason.startsWith("proxy-");
  const ofCloud = chosenByConsole === true ? sayIfKnown(`faults-cloud.${reason}-next`) : null;
  return isProxyAway ? say("faults.proxy-away-next") : (ofCloud ?? say(`faults-reach.${reason}-next`, { host }));
}

function explainForbidden({ needs, detail }: Extract<Fault, { kind: "forbidden" }>): Explanation {
  const textOf = (need: string, end = "") => sayIfKnown(`needs.${need.replaceAll(".", "-")}${end}`);
  const [first] = needs;
  // Nobody is told to grant a right where the far side did not say that one is missing.
  if (first === undefined) return { sentence: say("faults.forbidden-unknown"), nextStep: say("faults.forbidden-unknown-next"), detail: detailOf(detail) };
  return {
    sentence: say("faults.forbidden-needs", { needs: needs.map((need) => textOf(need) ?? need).join(", ") }),
    nextStep: textOf(first, "-next") ?? say("faults.forbidden-next"),
    detail: detailOf(detail),
  };
}

function explainSignIn({ reason, detail, certificate }: Extract<Fault, { kind: "sign-in" }>): Explanation {
  const used = certificate && say("faults.detail-certificate", { thumbprint: certificate.thumbprint, date: formatDate(certificate.notAfter) });
  return { sentence: say(`faults-sign-in.${reason}`), nextStep: say(`faults-sign-in.${reason}-next`), detail: detailOf(detail, used) };
}

function explainThrottled({ until, quota, detail }: Extract<Fault, { kind: "throttled" }>): Explanation {
  const kept = detailOf(detail);
  if (quota === "day") return { sentence: say("faults.throttled-day"), nextStep: say("faults.throttled-day-next"), detail: kept };
  const nextStep = until === null ? say("faults.throttled-next") : say("faults.throttled-until-next", { time: formatTime(until) });
  return { sentence: say("faults.throttled"), nextStep, detail: kept };
}

function explainUnreadable({ what, is, detail, at, most }: Extract<Fault, { kind: "unreadable" }>): Explanation {
  const facts = { line: at?.line ?? 1, most: what === "too-large" ? formatSize(most ?? CERTIFICATE_FILE_LIMIT) : formatCount(most ?? 0) };
  const details = detailOf(detail, at !== undefined && say("faults.detail-place", at));
  if (is !== undefined) return { sentence: say(`other-files.${is}`), nextStep: say(`other-files.${is}-next`), detail: details };
  return { sentence: say(`faults.unreadable-${what}`, facts), nextStep: say(`faults.unreadable-${what}-next`, facts), detail: details };
}

function capitalise(text: string): string {
  return text.charAt(0) === "t" && text.startsWith("the ") ? `T${text.slice(1)}` : text;
}

/** The sentence for one refused field. A certificate's is that of the file alone, an expression's that of the bench. */
export function explainIssue(issue: Issue): string {
  const pattern = issue.code === "pattern-refused" ? patternErrorSchema.safeParse({ words: null, offset: null, ...issue.facts }) : null;
  if (pattern?.success === true) return patternErrorText({ length: Number(issue.facts?.["length"]) }, pattern.data);
  const facts = Object.fromEntries(Object.entries(issue.facts ?? {}).map(([name, value]) => [name, String(value)]));
  const { why = null } = issue.code === "certificate-refused" ? facts : {};
  const ofFile = why === null ? [] : [sayIfKnown(why, facts), sayIfKnown(`${why}-next`, facts)].filter((text) => text !== null);
  if (ofFile.length > 0) return ofFile.join(" ");
  return sayIfKnown(`issues.${issue.code}`, facts) ?? sayIfKnown(`faults.object-refused-${issue.code}`, facts) ?? say("issues.other");
}

/** `messaging.values.domain (Office 365: Domain name; line 7, column 15): …`; what is not known is left out. */
function issueLine(issue: Issue): string {
  const { path, provider, at } = issue;
  const name = (path.findLast((step) => typeof step === "string") ?? "").replace(/^messaging\./, "");
  const field = provider === undefined ? null : fieldWords(provider, name).label;
  const owner = provider === undefined ? null : [providerName(provider), field === name ? null : field].filter((part) => part !== null).join(": ");
  const notes = [owner, at === undefined ? null : say("faults.detail-place", at).toLowerCase()].filter((part) => part !== null);
  const start = [path.join("."), notes.length === 0 ? "" : `(${notes.join("; ")})`].filter((part) => part !== "").join(" ");
  return start === "" ? explainIssue(issue) : `${start}: ${explainIssue(issue)}`;
}

/** Explains any fault. `now` in epoch milliseconds, for relative times. */
export function explain(fault: Fault, now: number = Date.now()): Explanation {
  switch (fault.kind) {
    case "invalid":
      return {
        sentence: say("faults.invalid", { count: fault.issues.length }),
        nextStep: say("faults.invalid-next"),
        detail: detailOf(...fault.issues.map(issueLine)),
      };
    case "wrong-password":
      return {
        sentence: say(`faults.wrong-password-${fault.subject}`, { password: fault.issued ?? "" }),
        nextStep: say(`faults.wrong-password-${fault.subject}-next`),
        detail: null,
      };
    case "sign-in":
      return explainSignIn(fault);
    case "forbidden":
      return explainForbidden(fault);
    case "unreachable":
      return explainUnreachable(fault);
    case "throttled":
      return explainThrottled(fault);
    case "timeout":
      return {
        sentence: say("faults.timeout", { duration: formatDuration(fault.afterMs) }),
        nextStep: say("faults.timeout-next"),
        detail: say("faults.detail-phase", { phase: fault.phase }),
      };
    case "conflict":
      return {
        sentence: say("faults.conflict", { who: fault.by, revision: fault.revision, time: formatRelative(fault.at, now) }),
        nextStep: say("faults.conflict-next"),
        detail: detailOf(...fault.changes.map(changeLabel)),
      };
    case "draft-changed":
      return { sentence: say(`faults.draft-changed-${fault.how}`), nextStep: say("faults.draft-changed-next"), detail: null };
    case "unsaved-work":
      return { sentence: say("faults.unsaved-work"), nextStep: say("faults.unsaved-work-next"), detail: null };
    case "not-found":
      return specialOr("not-found", fault.what, "faults.not-found", "faults.not-found-next", fault.detail);
    case "unsupported":
      return specialOr("unsupported", fault.why, "faults.unsupported", "faults.unsupported-next", fault.detail);
    case "unreadable":
      return explainUnreadable(fault);
    case "object-refused":
      return {
        sentence: say(`faults.object-refused-${fault.why}`),
        nextStep: say(`faults.object-refused-${fault.why}-next`),
        detail: detailOf(...[fault.host, fault.detail].filter((part) => part !== undefined)),
      };
    case "mail-refused":
      return {
        sentence: say(`faults.mail-refused-${fault.why}`),
        nextStep: say(`faults.mail-refused-${fault.why}-next`),
        detail: detailOf(fault.host, ...(fault.recipients ?? []), fault.detail),
      };
    case "not-stored":
      return { sentence: say(`faults.not-stored-${fault.why}`), nextStep: say(`faults.not-stored-${fault.why}-next`), detail: null };
    case "roster-refused":
      return { sentence: say(`faults.roster-refused-${fault.why}`), nextStep: say(`faults.roster-refused-${fault.why}-next`), detail: null };
    case "managed":
      return {
        sentence: say("policies.refused", { policy: policyTitle(fault.policy) }),
        nextStep: fault.contact === "" ? say("policies.refused-next") : say("policies.refused-contact-next", { contact: fault.contact }),
        detail: say("policies.detail-policy", { name: fault.policy }),
      };
    case "cancelled":
      return { sentence: say("faults.cancelled"), nextStep: say("faults.cancelled-next"), detail: null };
    case "no-connection":
      return { sentence: say(`faults.no-connection-${fault.outcome}`), nextStep: say(`faults.no-connection-${fault.outcome}-next`), detail: null };
    case "internal":
    default:
      return { sentence: say("faults.internal"), nextStep: say("faults.internal-next"), detail: say("faults.detail-incident", { incident: fault.incident }) };
  }
}
