/** What was noticed on a rung that passed: in a few words, and whether it asks anything of a person. */
import type { CheckResult, Finding, FindingReason } from "../../shared/model/mail-server.ts";
import { say, sayIfKnown } from "./text.ts";

/** What will break something before long, or is no longer safe. The rest is usual on servers that work well. */
const PRESSING: ReadonlySet<FindingReason> = new Set([
  "certificate-expired",
  "certificate-issuer-expired",
  "certificate-revoked",
  "certificate-weak-key",
  "certificate-weak-signature",
  "tls-outdated",
]);

/** Characters of a fact that a table cell has room for: a cloud's own words may be many. */
const FACT_LENGTH = 100;

function shortFact(detail: string): string {
  const [line = ""] = detail.split("\n");
  return line.length <= FACT_LENGTH ? line : `${line.slice(0, FACT_LENGTH - 1).trimEnd()}…`;
}

/** A reason in a few words, with the fact behind it where there is one and words for it. */
export function reachWords(reason: FindingReason, detail: string | null): string {
  const words = detail === null ? null : sayIfKnown(`servers.short-${reason}-fact`, { detail: shortFact(detail) });
  return words ?? say(`servers.short-${reason}`);
}

/** What was noticed, such as `certificate for another name (mail.contoso.lab)`. */
export function findingWords({ reason, detail }: Finding): string {
  return reachWords(reason, detail);
}

/** What the last check of a server noticed without failing. */
export function findingsOf(check: Pick<CheckResult, "rungs"> | null | undefined): readonly Finding[] {
  return (check?.rungs ?? []).flatMap(({ outcome }) => (outcome.state === "finding" ? outcome.findings : []));
}

/** All of that in the few words a table cell has room for, what presses first; null when nothing was noticed. */
export function findingSummary(findings: readonly Finding[]): string | null {
  const [first = findings[0]] = findings.filter((finding) => arePressing([finding]));
  if (first === undefined) return null;
  const finding = say(`servers.short-${first.reason}`);
  return findings.length === 1 ? finding : say("servers.finding-and-more", { finding, count: findings.length - 1 });
}

/** Whether any of them is to be mended soon. */
export function arePressing(findings: readonly Finding[]): boolean {
  return findings.some(({ reason }) => PRESSING.has(reason));
}
