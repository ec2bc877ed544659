/** A list of names on the alias bench, from the file to its result. Kept while the console is open: its work goes on when the page is left. */
import { createStore } from "zustand/vanilla";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { Fault } from "../../../shared/fault.ts";
import type { AliasListSummary, AliasRule } from "../../../shared/model/alias-list.ts";
import { fail, succeed, type Result } from "../../../shared/result.ts";
import { progress } from "../../../shared/contract/progress.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { holdFile } from "../../host/send-file.ts";
import { listWork, type WorkKind } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";

/** A result with what it is the result of. */
export interface JudgedFile {
  readonly fileName: string;
  readonly rule: AliasRule;
  readonly column: string;
  readonly summary: AliasListSummary;
}

interface AliasList {
  /** What main holds; null while there is no list. */
  readonly file: HeldFile | null;
  /** The column of a CSV; empty for the usual one. */
  readonly column: string;
  readonly fault: Fault | null;
  readonly judged: JudgedFile | null;
}

const empty: AliasList = { file: null, column: "", fault: null, judged: null };

export const aliasList = createStore<AliasList>(() => empty);

let running: AbortController | null = null;

/** Lists work of this page in the header. Work that is begun meanwhile ends it. */
async function listed<T>(
  kind: WorkKind,
  subject: string,
  work: (tell: ReturnType<typeof listWork>, signal: AbortSignal) => Promise<Result<T>>,
): Promise<Result<T>> {
  running?.abort();
  const mine = (running = new AbortController());
  const entry = listWork({ kind, subject, route: { page: "alias-bench" } }, () => mine.abort());
  const result = await work(entry, mine.signal);
  entry.end(result.ok ? null : result.fault);
  // What was overtaken has nothing more to say.
  return running === mine ? result : fail({ kind: "cancelled" });
}

/** Sends a file of the browser's to main. */
export function sendList(file: File): Promise<Result<HeldFile>> {
  return listed("upload", file.name, (entry, signal) =>
    holdFile(file, "aliases", { signal, onSent: (done) => entry.progress(progress("transfer", { done, total: file.size })) }),
  );
}

/** Takes over a file that main holds; null when the person cancelled. The list before it, with its result, goes. */
export function takeList(held: Result<HeldFile | null>): void {
  if (held.ok && held.value === null) return;
  if (!held.ok) {
    if (held.fault.kind !== "cancelled") aliasList.setState({ fault: held.fault });
    return;
  }
  removeList();
  aliasList.setState({ file: held.value });
}

/** Forgets the list and its result, here and in main. */
export function removeList(): void {
  running?.abort();
  const { file, judged } = aliasList.getState();
  if (file !== null) void ask(() => client().files.release({ file: file.file }));
  if (judged !== null) void ask(() => client().aliases.releaseList({ list: judged.summary.list }));
  aliasList.setState(empty);
}

export function nameColumn(column: string): void {
  aliasList.setState({ column, fault: null });
}

/** Judges the list by a rule. Answers whether there is a new result. */
export async function judgeList(rule: AliasRule): Promise<boolean> {
  const { file, column, judged: before } = aliasList.getState();
  if (file === null) return false;
  aliasList.setState({ fault: null, judged: null });
  if (before !== null) void ask(() => client().aliases.releaseList({ list: before.summary.list }));
  const question = { file: file.file, column: column.trim() === "" ? null : column.trim(), rule };
  const judged = await listed("alias-list", file.name, (entry, signal) =>
    runWork((abort) => client().aliases.judgeList(question, { signal: abort }), (event) => entry.progress(event), signal),
  );
  if (judged.ok) aliasList.setState({ judged: { fileName: file.name, rule, column, summary: judged.value } });
  // Who cancelled knows: nothing is said about it.
  else if (judged.fault.kind !== "cancelled") aliasList.setState({ fault: judged.fault });
  return judged.ok;
}

/** Gathers the pieces of the result's file, a page at a time. Fails as pages do, and with `cancelled`. */
export function writeResult(
  { fileName, summary }: JudgedFile,
  pieceOf: (from: number, signal: AbortSignal) => Promise<Result<{ readonly text: string; readonly next: number | null }>>,
): Promise<Result<readonly string[]>> {
  return listed("alias-result", fileName, async (entry, signal) => {
    const pieces: string[] = [];
    for (let from: number | null = 0; from !== null; ) {
      const piece = await pieceOf(from, signal);
      if (!piece.ok) return piece;
      pieces.push(piece.value.text);
      from = piece.value.next;
      entry.progress(progress("writing-result", { done: from ?? summary.names, total: summary.names }));
    }
    return succeed(pieces);
  });
}
