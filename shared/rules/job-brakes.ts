/** What holds a run of a job before its first write. */
import { limitedActions, type JobBrakes, type JobLimit, type LimitedAction } from "../model/job.ts";
import type { Halt, PlannedRow, SeatNeed } from "../model/job-plan.ts";

/** So many keys of a halt are named. */
const NAMED = 20;

type JudgedRow = Pick<PlannedRow, "action" | "why" | "key" | "licences">;

export interface BrakedPlan {
  readonly rows: readonly JudgedRow[];
  /** Rows of the source at the last run that was applied; null where none was. */
  readonly lastRows: number | null;
  readonly seats: readonly SeatNeed[];
  /** What an administrator allows any job, by action; an action that is not named has no such limit. */
  readonly managed: Readonly<Partial<Record<LimitedAction, number>>>;
}

/** Whether a row counts towards the limit of an action: licences beside a new object count as licences too. */
function counts({ action, licences }: JudgedRow, limited: LimitedAction): boolean {
  if (limited === "license") return (licences?.give.length ?? 0) > 0;
  if (limited === "unlicense") return (licences?.take.length ?? 0) > 0;
  return action === limited;
}

/** How many objects a limit lets through of so many rows; null for any number. The lower of both holds. */
export function mostOf({ count, percent }: JobLimit, rows: number): number | null {
  const share = percent === null ? Infinity : Math.floor((rows * percent) / 100);
  const most = Math.min(count ?? Infinity, share);
  return most === Infinity ? null : most;
}

function twice(rows: readonly JudgedRow[], why: "twice-in-source" | "twice-in-destination"): Halt[] {
  const found = rows.filter((row) => row.why === why);
  return found.length === 0 ? [] : [{ kind: why, keys: [...new Set(found.map(({ key }) => key))].slice(0, NAMED), rows: found.length }];
}

/** A source that is empty or shrank, keys that do not tell objects apart, rows that cannot be done, limits, seats: in this order, every one that holds. */
export function haltsOf(brakes: JobBrakes, { rows, lastRows, seats, managed }: BrakedPlan): Halt[] {
  // Whoever is back has no row of the source.
  const total = rows.filter(({ action }) => action !== "return").length;
  // Nothing else can be said of an answer without rows.
  if (total === 0) return [{ kind: "source-empty" }];
  const lost = lastRows === null || lastRows === 0 ? 0 : ((lastRows - total) / lastRows) * 100;
  const refused = rows.filter(({ action }) => action === "refused").length;
  return [
    ...(lastRows !== null && brakes.shrink !== null && lost >= brakes.shrink ? [{ kind: "source-shrank" as const, before: lastRows, now: total, most: brakes.shrink }] : []),
    ...twice(rows, "twice-in-source"),
    ...twice(rows, "twice-in-destination"),
    ...(refused === 0 ? [] : [{ kind: "rows-refused" as const, rows: refused }]),
    ...limitedActions.flatMap((action): Halt[] => {
      const limit = brakes.limits[action];
      const count = rows.filter((row) => counts(row, action)).length;
      const most = mostOf(limit, total);
      const allowed = managed[action];
      return [
        ...(most === null || count <= most ? [] : [{ kind: "over-limit" as const, action, count, most, percent: limit.percent }]),
        ...(allowed === undefined || count <= allowed ? [] : [{ kind: "over-managed-limit" as const, action, count, most: allowed }]),
      ];
    }),
    ...seats.flatMap(({ partNumber, needed, free }): Halt[] => (needed <= free ? [] : [{ kind: "no-seats", product: partNumber, needed, free }])),
  ];
}
