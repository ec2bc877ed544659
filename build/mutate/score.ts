/** How many faults were noticed, by room and by kind, and whether that is enough. */
import type { Edit, Kind } from "./edit.ts";

export interface Verdict {
  readonly room: string;
  readonly edit: Edit;
  /** `stale`: the edit does not apply any more, so that nothing was tried. */
  readonly outcome: "noticed" | "unnoticed" | "stale";
}

export interface Score {
  readonly name: string;
  readonly noticed: number;
  readonly total: number;
  /** The share that must be noticed. */
  readonly demanded: number;
}

/** Of each room; of what is lost, leaked or left behind nothing may go unnoticed. */
const OF_A_ROOM = 0.9;
const OF_A_KIND: Readonly<Partial<Record<Kind, number>>> = { lost: 1, leaked: 1, "left-behind": 1 };

function scoreOf(name: string, verdicts: readonly Verdict[], demanded: number): Score {
  return { name, noticed: verdicts.filter(({ outcome }) => outcome === "noticed").length, total: verdicts.length, demanded };
}

/** One score a room, then one a kind, in the order in which they come. */
export function scores(verdicts: readonly Verdict[]): readonly Score[] {
  const rooms = Map.groupBy(verdicts, ({ room }) => room);
  const kinds = Map.groupBy(verdicts, ({ edit }) => edit.kind);
  return [
    ...[...rooms].map(([room, of]) => scoreOf(room, of, OF_A_ROOM)),
    ...[...kinds].map(([kind, of]) => scoreOf(kind, of, OF_A_KIND[kind] ?? 0)),
  ];
}

export function isEnough({ noticed, total, demanded }: Score): boolean {
  return noticed >= total * demanded;
}

/** The rows of a table, as CONTRIBUTING.md has it. */
export function table(all: readonly Score[]): string {
  const row = (score: Score) => `| ${score.name} | ${score.noticed} of ${score.total} |${isEnough(score) ? "" : ` fewer than ${Math.ceil(score.total * score.demanded)}`}\n`;
  return `| room or kind | noticed |\n|---|---|\n${all.map(row).join("")}`;
}
