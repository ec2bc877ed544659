/** Jobs as a person names them, and the pages of rows that the contract hands out. */
import type { JobSummary } from "../../../../shared/contract/jobs.ts";
import { nameKey } from "../../../../shared/rules/name-key.ts";
import { readTyped } from "../../../../shared/rules/typed-value.ts";
import type { Result } from "../../../../shared/fault.ts";
import { nearest } from "../nearest.ts";
import { findStore, take } from "../take.ts";
import { UsageError, VerbFailure, type ConsoleClient, type VerbContext } from "../verb.ts";

/** The most that the contract hands out at once. */
export const PAGE = 200;

/**
 * The job of that name, ignoring case, in the identity store that `--store` names. Fails with `not-found`; throws {@link UsageError} where
 * several stores have one and none is named.
 */
export async function findJob(client: ConsoleClient, { options }: Pick<VerbContext, "options">, typed: string, topic: readonly string[]): Promise<JobSummary> {
  const { store } = options;
  const storeId = typeof store === "string" ? (await findStore(client, store)).id : null;
  const jobs = take(await client.jobs.list()).filter((job) => storeId === null || job.storeId === storeId);
  const wanted = nameKey(readTyped(typed, "line"));
  const [found, ...others] = jobs.filter(({ name }) => nameKey(name) === wanted);
  if (found === undefined) throw new VerbFailure(notFound(typed, jobs.map(({ name }) => name)));
  if (others.length > 0) throw new UsageError(`several identity stores have a job "${found.name}"; say with --store which is meant: ${[found, ...others].map(({ storeName }) => storeName).join(", ")}`, topic);
  return found;
}

function notFound(typed: string, names: readonly string[]) {
  const near = nearest(typed, names.map((name) => name.toLowerCase()));
  const meant = names.find((name) => name.toLowerCase() === near);
  return meant === undefined ? ({ kind: "not-found", what: "job-name", detail: typed } as const) : ({ kind: "not-found", what: "job-name-near", detail: meant } as const);
}

/** Every row, page after page. */
export async function everyRow<T>(page: (place: { readonly from: number; readonly most: number }) => Promise<Result<{ readonly rows: readonly T[]; readonly total: number }>>): Promise<readonly T[]> {
  const rows: T[] = [];
  for (let total = 1; rows.length < total; ) {
    const next = take(await page({ from: rows.length, most: PAGE }));
    rows.push(...next.rows);
    total = next.rows.length === 0 ? 0 : next.total;
  }
  return rows;
}
