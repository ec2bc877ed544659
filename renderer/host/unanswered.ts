/** Why a call has no answer of main's: there is no connection, or it broke off meanwhile. */
import type { Contract } from "../../shared/contract/index.ts";
import type { Fault } from "../../shared/fault.ts";

export type Outcome = Extract<Fault, { kind: "no-connection" }>["outcome"];

/** Thrown by calls in an answer's place. */
export class Unanswered extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(`No connection: ${outcome}`);
    this.name = "Unanswered";
    this.outcome = outcome;
  }
}

/** `stores.watch` and so on: every call there is. */
type CallName<T, Before extends string = ""> = {
  [K in keyof T & string]: T[K] extends { readonly "~orpc": unknown } ? `${Before}${K}` : CallName<T[K], `${Before}${K}.`>;
}[keyof T & string];

/** Calls that leave everything as it is. All others count as changing something, one that is new among them. */
const READINGS: ReadonlySet<string> = new Set<CallName<Contract>>([
  "app.hello",
  "app.alive",
  "app.preferences.get",
  "app.activity.page",
  "app.activity.news",
  "app.network",
  "stores.watch",
  "stores.get",
  "stores.test",
  "stores.findControllers",
  "stores.presentedCertificate",
  "stores.revisions",
  "documents.read",
  "editor.open",
  "editor.review",
  "servers.watch",
  "servers.check",
  "files.receive",
  "files.part",
  "files.readText",
  "files.release",
  "certificates.inspect",
  "subscriptions.list",
  "subscriptions.holder",
  "aliases.evaluate",
  "aliases.judgeList",
  "aliases.listPage",
  "aliases.releaseList",
  "expiry.list",
  "mailObjects.offer",
  "mailObjects.containers",
  "mailObjects.propose",
  "mailObjects.find",
  "mailObjects.plan",
  "mailObjects.readBatch",
  "mailObjects.releaseBatch",
  "mailObjects.rehearse",
  "mailObjects.journal",
  "mailObjects.journalNews",
  "jobs.list",
  "jobs.get",
  "jobs.blank",
  "jobs.check",
  "jobs.sample",
  "jobs.evaluate",
  "jobs.plan",
  "jobs.planned",
  "jobs.release",
  "jobs.runs",
  "jobs.rows",
  "jobs.news",
  "jobs.nextRuns",
  "notifications.get",
  "handover.contents",
  "handover.words",
  "handover.key",
  "handover.shell",
  "handover.export",
  "handover.open",
  "handover.probe",
  "handover.openProbe",
  "handover.release",
  "comparison.compare",
  "data.watch",
  "data.test",
  "data.compare",
  "diagnostics.gather",
  "practice.facts",
  "practice.watch",
]);

/** What is known of a call whose connection broke before it was answered. */
export function outcomeOf(path: readonly string[]): Outcome {
  return READINGS.has(path.join(".")) ? "only-read" : "unknown";
}
