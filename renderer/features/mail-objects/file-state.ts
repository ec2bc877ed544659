/** A file of mail objects from its lines to its result. Kept while the console is open: its work goes on when the page is left. */
import { createStore } from "zustand/vanilla";
import { progress } from "../../../shared/contract/progress.ts";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { ColumnMapping, MailBatch, RunSummary } from "../../../shared/contract/mail-objects.ts";
import type { Fault } from "../../../shared/fault.ts";
import { fail, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { holdFile } from "../../host/send-file.ts";
import type { Route } from "../../stores/routes.ts";
import { listWork, type WorkKind } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";
import { forgottenRun, wholeRun } from "./after-cancel.ts";
import { rememberMapping, rememberedMapping } from "./remembered-mapping.ts";

/** What came of a file that was applied. */
export interface FileRun {
  readonly fileName: string;
  /** Null while it runs, and where nobody knows how it went on. */
  readonly summary: RunSummary | null;
  readonly running: boolean;
}

export interface MailFile {
  readonly file: HeldFile | null;
  /** Where lines without a container go. */
  readonly container: string;
  readonly batch: MailBatch | null;
  /** The container that the batch was read with: its lines go there, whatever is shown since. */
  readonly readInto: string;
  /** Changed since the batch was read: what was read is no longer what is shown. */
  readonly mapping: ColumnMapping | null;
  readonly fault: Fault | null;
  /** For new users without one in the file; empty from when they are begun. */
  readonly password: string;
  readonly run: FileRun | null;
}

export const noFile: MailFile = { file: null, container: "", batch: null, readInto: "", mapping: null, fault: null, password: "", run: null };

export const mailFiles = createStore<{ readonly byStore: ReadonlyMap<string, MailFile> }>(() => ({ byStore: new Map() }));

export const fileOf = (storeId: string): MailFile => mailFiles.getState().byStore.get(storeId) ?? noFile;

export function changeFile(storeId: string, change: Partial<MailFile>): void {
  mailFiles.setState(({ byStore }) => ({ byStore: new Map(byStore).set(storeId, { ...(byStore.get(storeId) ?? noFile), ...change }) }));
}

/** Whether objects of a file are being done: meanwhile no other file is taken, because that would end them. */
export const isBusy = ({ run }: MailFile): boolean => run?.running === true;

/** Whether what was read is no longer what is shown. */
export const isStale = ({ batch, mapping, container, readInto }: MailFile): boolean =>
  batch !== null && (container.trim() !== readInto || JSON.stringify(mapping) !== JSON.stringify(batch.mapping));

const running = new Map<string, AbortController>();

/** Lists work of a store's file. Work that is begun meanwhile ends it. */
async function listed<T>(
  storeId: string,
  kind: WorkKind,
  subject: string,
  route: Route,
  work: (tell: ReturnType<typeof listWork>, signal: AbortSignal) => Promise<Result<T>>,
): Promise<Result<T>> {
  running.get(storeId)?.abort();
  const mine = new AbortController();
  running.set(storeId, mine);
  const entry = listWork({ kind, subject, route }, () => mine.abort());
  const result = await work(entry, mine.signal);
  entry.end(result.ok ? null : result.fault);
  // What was overtaken has nothing more to say.
  return running.get(storeId) === mine ? result : fail({ kind: "cancelled" });
}

/** Fails with `cancelled` while a file is being done. */
export async function sendMailFile(storeId: string, route: Route, file: File): Promise<Result<HeldFile>> {
  if (isBusy(fileOf(storeId))) return fail({ kind: "cancelled" });
  return listed(storeId, "upload", file.name, route, (entry, signal) =>
    holdFile(file, "mail-objects", { signal, onSent: (done) => entry.progress(progress("transfer", { done, total: file.size })) }),
  );
}

/** Takes over a file that main holds; null when the person cancelled. What was there before goes, unless it is being done. Answers what was read of it. */
export async function takeMailFile(storeId: string, route: Route, held: Result<HeldFile | null>): Promise<MailBatch | null> {
  if (!held.ok) {
    if (held.fault.kind !== "cancelled") changeFile(storeId, { fault: held.fault });
    return null;
  }
  const { value } = held;
  if (value === null) return null;
  if (isBusy(fileOf(storeId))) {
    void ask(() => client().files.release({ file: value.file }));
    return null;
  }
  const { container } = fileOf(storeId);
  removeMailFile(storeId);
  // A first password was meant for the users of the file before.
  changeFile(storeId, { file: value, container });
  return readMailFile(storeId, route);
}

/** Forgets the file and what was read, here and in main. What was applied stays in the journal. */
export function removeMailFile(storeId: string): void {
  if (isBusy(fileOf(storeId))) return;
  running.get(storeId)?.abort();
  const { file, batch } = fileOf(storeId);
  if (file !== null) void ask(() => client().files.release({ file: file.file }));
  if (batch !== null) void ask(() => client().mailObjects.releaseBatch({ batch: batch.batch }));
  changeFile(storeId, noFile);
}

/** Reads the whole file and checks each of its lines. Answers the new batch; null where there is none. */
export async function readMailFile(storeId: string, route: Route): Promise<MailBatch | null> {
  const now = fileOf(storeId);
  const { file, container, batch: before, mapping } = now;
  if (file === null || isBusy(now)) return null;
  if (before !== null) void ask(() => client().mailObjects.releaseBatch({ batch: before.batch }));
  const readInto = container.trim();
  changeFile(storeId, { batch: null, fault: null, run: null });
  const read = (given: ColumnMapping | null, against: boolean, signal: AbortSignal, entry: ReturnType<typeof listWork>) =>
    runWork(
      (abort) => client().mailObjects.readBatch({ storeId, file: file.file, mapping: given, container: readInto === "" ? null : readInto, ask: against }, { signal: abort }),
      entry.progress,
      signal,
    );
  const answer = await listed(storeId, "mail-read", file.name, route, async (entry, signal) => {
    if (mapping !== null) return read(mapping, true, signal, entry);
    const guessed = await read(null, true, signal, entry);
    const remembered = guessed.ok ? rememberedMapping(guessed.value) : null;
    if (!guessed.ok || remembered === null) return guessed;
    void ask(() => client().mailObjects.releaseBatch({ batch: guessed.value.batch }));
    return read(remembered, true, signal, entry);
  });
  if (!answer.ok) {
    if (answer.fault.kind !== "cancelled") changeFile(storeId, { fault: answer.fault });
    return null;
  }
  if (mapping !== null) await rememberMapping(mapping);
  changeFile(storeId, { batch: answer.value, readInto, mapping: answer.value.mapping });
  return answer.value;
}

/**
 * Does every object of the file. Answers what came of it, also where it was cancelled between two objects; null where nothing was begun.
 * What was refused before the first object leaves the file and what was read of it as they are: what was missing can be mended.
 */
export async function applyMailFile(storeId: string, route: Route): Promise<RunSummary | null> {
  const now = fileOf(storeId);
  const { file, batch, password } = now;
  if (batch === null || isBusy(now)) return null;
  const { fileName } = batch;
  changeFile(storeId, { fault: null, run: { fileName, summary: null, running: true } });
  const begun = () => {
    if (file !== null) void ask(() => client().files.release({ file: file.file }));
    void ask(() => client().mailObjects.releaseBatch({ batch: batch.batch }));
    // The run has its first passwords from here on.
    changeFile(storeId, { batch: null, file: null, password: "" });
  };
  return work({ storeId, route, fileName, begun }, (signal) => client().mailObjects.applyBatch({ storeId, batch: batch.batch, password: password === "" ? null : password }, { signal }));
}

/** Goes on with what was not begun or is half done. */
export async function resumeMailFile(storeId: string, route: Route, password: string | null): Promise<RunSummary | null> {
  const { run } = fileOf(storeId);
  if (run === null || run.summary === null || run.running) return null;
  const { summary, fileName } = run;
  changeFile(storeId, { fault: null, run: { ...run, running: true } });
  return work({ storeId, route, fileName, begun: () => {} }, (signal) => client().mailObjects.resume({ run: summary.run, entry: null, password }, { signal }));
}

type Open = Parameters<typeof runWork<RunSummary>>[0];

interface FileWork {
  readonly storeId: string;
  readonly route: Route;
  readonly fileName: string;
  /** Called once, as soon as main has begun. */
  readonly begun: () => void;
}

async function work({ storeId, route, fileName, begun }: FileWork, open: Open): Promise<RunSummary | null> {
  let run: string | null = null;
  const begin = (id: string | null) => {
    if (run === null) begun();
    run = id;
  };
  const done = await listed(storeId, "mail-file", fileName, route, (entry, signal) =>
    runWork(
      open,
      (event) => {
        if (event.step === "run-begun") begin(event.detail);
        // Each step is told; what counts objects moves the bar.
        if (event.total !== null) entry.progress(event);
      },
      signal,
    ),
  );
  // Whoever cancels hears no event any more, but may hear the end.
  if (done.ok) begin(done.value.run);
  const before = fileOf(storeId).run?.summary ?? null;
  // Whoever goes on hears of what was left alone, and whoever ends a call hears no more of it: the journal has all of the file.
  const whole = done.ok ? before && (await wholeRun(done.value.run)) : run && (await forgottenRun(run));
  const summary = whole ?? (done.ok ? done.value : before);
  const fault = done.ok || done.fault.kind === "cancelled" ? null : done.fault;
  changeFile(storeId, { fault, run: summary === null ? null : { fileName, summary, running: false } });
  return summary;
}
