/** Lists of names judged by an alias rule: judged once, then held for a while, and asked for a page at a time. */
import { randomUUID } from "node:crypto";
import { progress } from "../../shared/contract/progress.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { AliasListFilter, AliasListPage, AliasListRow, AliasListSummary, AliasRule } from "../../shared/model/alias-list.ts";
import type { Clock } from "../ports.ts";
import type { JudgedList, NameList } from "../aliases/listed.ts";
import type { FileHolder } from "./files.ts";
import { gone, type AliasBench, type WorkOptions } from "./rooms.ts";

/** Milliseconds a judged list is held after the last look at it, and how many are; the oldest goes first. */
export const LIST_HOLD_MS = 60 * 60 * 1000;
export const LISTS_HELD = 4;

interface Held {
  readonly named: NameList;
  readonly judged: JudgedList;
  cancel: () => void;
}

export interface ListQuestion {
  readonly list: string;
  readonly filter: AliasListFilter;
  /** Without case; empty for every name. */
  readonly search: string;
  readonly from: number;
  readonly most: number;
}

export class AliasLists {
  readonly #aliases: AliasBench;
  readonly #clock: Clock;
  readonly #files: FileHolder;
  readonly #held = new Map<string, Held>();

  constructor(aliases: AliasBench, clock: Clock, files: FileHolder) {
    this.#aliases = aliases;
    this.#clock = clock;
    this.#files = files;
  }

  /** Reads a held file and judges its names. Fails as the file (`not-found`), its reading (`unreadable`) and `cancelled` do. */
  async judge(file: string, column: string | null, rule: AliasRule, options: WorkOptions): Promise<Result<AliasListSummary>> {
    const { signal } = options;
    const held = this.#files.read(file);
    if (!held.ok) return held;
    const { name: fileName, bytes } = held.value;
    const onRead = (done: number) => options.progress(progress("reading-list", { done, total: bytes.length }));
    const named = await this.#aliases.readNames(bytes, { fileName, column, signal, onRead });
    if (!named.ok) return named;
    const total = named.value.names.length;
    const onJudged = (done: number) => options.progress(progress("judging-names", { done, total }));
    const judged = await this.#aliases.judgeNames(named.value.names, rule, { signal, onJudged });
    return judged.ok ? succeed(this.#hold(named.value, judged.value)) : judged;
  }

  /** At most so many rows from a place on, and where the next page begins. Fails with `not-found` when the list's time is over. */
  page({ list, filter, search, from, most }: ListQuestion): Result<AliasListPage> {
    const held = this.#held.get(list);
    if (held === undefined) return fail(gone("alias-list"));
    this.#keep(list, held);
    const wanted = search.trim().toLowerCase();
    const { names } = held.named;
    const rows: AliasListRow[] = [];
    for (let index = from; index < names.length; index += 1) {
      if (!isAsked(held.judged, index, filter) || !(names[index] ?? "").toLowerCase().includes(wanted)) continue;
      if (rows.length === most) return succeed({ rows, next: index });
      rows.push(rowOf(held, index));
    }
    return succeed({ rows, next: null });
  }

  /** Forgets a list, which may be gone already. */
  release(list: string): void {
    this.#held.get(list)?.cancel();
    this.#held.delete(list);
  }

  dispose(): void {
    for (const list of this.#held.keys()) this.release(list);
  }

  #hold(named: NameList, judged: JudgedList): AliasListSummary {
    const [oldest] = this.#held.keys();
    if (this.#held.size >= LISTS_HELD && oldest !== undefined) this.release(oldest);
    const list = randomUUID();
    const held: Held = { named, judged, cancel: () => {} };
    this.#held.set(list, held);
    this.#keep(list, held);
    const { engine, patternError, unanchored, differences, stoppedAt, verdicts } = judged;
    return {
      list,
      column: named.column,
      engine,
      patternError,
      unanchored,
      differences: [...differences],
      stoppedAt: stoppedAt === null ? null : (named.lines[stoppedAt] ?? null),
      names: named.names.length,
      outcomes: { ...verdicts.outcomes },
      addressIssues: [...verdicts.addressIssues].map(([issue, count]) => ({ issue, count })),
      duplicates: verdicts.duplicates,
    };
  }

  /** Its time begins anew. */
  #keep(list: string, held: Held): void {
    held.cancel();
    held.cancel = this.#clock.after(LIST_HOLD_MS, () => this.release(list));
  }
}

function isAsked({ verdicts }: JudgedList, index: number, filter: AliasListFilter): boolean {
  if (filter === "all") return true;
  return filter === "duplicate" ? verdicts.sameAs(index) !== null : verdicts.outcome(index) === filter;
}

function rowOf({ named, judged }: Held, index: number): AliasListRow {
  const first = judged.verdicts.sameAs(index);
  return { ...judged.verdicts.verdict(index), line: named.lines[index] ?? 0, sameAs: first === null ? null : (named.lines[first] ?? null) };
}
