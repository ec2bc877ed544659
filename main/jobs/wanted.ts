/** What the rows of a source want: each row's values by target, and which rows stand for one object twice. */
import type { Evaluated } from "../../shared/contract/jobs.ts";
import type { Issue } from "../../shared/fault.ts";
import type { Job, JobTarget } from "../../shared/model/job.ts";
import type { MailRequest } from "../../shared/model/mail-object.ts";

/** A row with what the mapping made of it. */
export interface WantedRow {
  readonly row: number;
  /** As it is compared; blank where the row has none. */
  readonly key: string;
  readonly name: string;
  readonly values: Readonly<Partial<Record<JobTarget, string>>>;
  readonly issues: readonly Issue[];
}

/** Rows count from 1. */
export function wantedRows(job: Job, evaluated: readonly (readonly Evaluated[])[]): WantedRow[] {
  return evaluated.map((made, index) => {
    const values: Partial<Record<JobTarget, string>> = {};
    for (const { target, value } of made) if (value !== null) values[target] = value;
    const key = (values[job.key] ?? "").trim();
    return { row: index + 1, key, name: (values.name ?? "").trim() || key, values, issues: made.flatMap(({ issue }) => (issue === null ? [] : [issue])) };
  });
}

/** Directories compare names and addresses without case. */
export function keyOf(text: string): string {
  return text.trim().toLowerCase();
}

/** Keys that more than one row has, as {@link keyOf} writes them. */
export function keysTwice(rows: readonly WantedRow[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { key } of rows) {
    const compared = keyOf(key);
    if (compared === "") continue;
    if (seen.has(compared)) twice.add(compared);
    seen.add(compared);
  }
  return twice;
}

/** Whether a row is one that no run touches. */
export function isProtected({ values, key }: WantedRow, protectedNames: ReadonlySet<string>): boolean {
  return [key, values.accountName, values.address, values.alias, values.name].some((value) => value !== undefined && protectedNames.has(keyOf(value)));
}

/** A blank value leaves a property to the provider, as one that is not mapped does. */
function propertyOf(values: WantedRow["values"], target: JobTarget): string | null {
  const value = (values[target] ?? "").trim();
  return value === "" ? null : value;
}

/** What is asked for a row. `identity` is the object that is there; null makes a new one. */
export function requestOf(job: Job, { values }: WantedRow, identity: string | null): MailRequest {
  return {
    action: identity === null ? "create" : "enable",
    type: job.type,
    name: (values.name ?? "").trim(),
    container: propertyOf(values, "container"),
    identity,
    alias: (values.alias ?? "").trim(),
    address: propertyOf(values, "address"),
    externalAddress: propertyOf(values, "externalAddress"),
    accountName: propertyOf(values, "accountName"),
  };
}

/** Part numbers that a row names: between commas, semicolons, bars, blanks or line ends, as lists are written in cells. */
export function productsOf({ values }: WantedRow): string[] {
  return [...new Set((values.subscriptions ?? "").split(/[\s,;|]+/).filter((name) => name !== "").map((name) => name.toUpperCase()))];
}
