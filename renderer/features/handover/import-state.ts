/** A handover file from its choice to what came of it. Kept while the page is open, and longer where it is being imported. */
import { createStore } from "zustand/vanilla";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { ComparedStore, ImportedStore, OpenedBundle } from "../../../shared/contract/handover.ts";
import type { Fault } from "../../../shared/fault.ts";
import { fail, type Result } from "../../../shared/result.ts";
import { client } from "../../host/client.ts";
import { isOpen } from "../../stores/navigation.ts";
import type { Route } from "../../stores/routes.ts";
import { runWork } from "../../stores/work.ts";
import { BundleWork, releaseBundle, releaseFile, type BundleBusy } from "./bundle-work.ts";

/** What came of an import, with what the file said of its stores. */
export interface ImportOutcome {
  readonly fileName: string;
  readonly bundle: OpenedBundle;
  readonly stores: readonly ImportedStore[];
}

export interface Import {
  readonly file: HeldFile | null;
  readonly bundle: OpenedBundle | null;
  /** Places of the stores that are to be imported. */
  readonly ticked: readonly number[];
  /** Of those that are here already, places of those that are to be new ones. */
  readonly asNew: readonly number[];
  readonly discardDrafts: boolean;
  readonly busy: BundleBusy | null;
  readonly fault: Fault | null;
  readonly outcome: ImportOutcome | null;
}

export const IMPORT: Route = { page: "handover", way: "import" };

export const noImport: Import = { file: null, bundle: null, ticked: [], asNew: [], discardDrafts: false, busy: null, fault: null, outcome: null };

export const imports = createStore<Import>(() => noImport);

export const mayImport = ({ state }: ComparedStore): boolean => state === "added" || state === "changed";

/** The store that takes one of the file; null makes a new one. */
export const targetOf = ({ match, place }: ComparedStore, asNew: readonly number[]): string | null => (match === null || asNew.includes(place) ? null : match.id);

/** Whether unsaved work here is in the way of what is ticked. */
export function meetsDraft({ bundle, ticked, asNew }: Import): boolean {
  return bundle?.stores.some((store) => ticked.includes(store.place) && store.hasDraft && targetOf(store, asNew) !== null) ?? false;
}

const without = (places: readonly number[], place: number) => places.filter((one) => one !== place);

export function tick(place: number, isTicked: boolean): void {
  imports.setState(({ ticked }) => ({ ticked: isTicked ? [...without(ticked, place), place] : without(ticked, place) }));
}

export function importAsNew(place: number, isNew: boolean): void {
  imports.setState(({ asNew }) => ({ asNew: isNew ? [...without(asNew, place), place] : without(asNew, place) }));
}

const work = new BundleWork(IMPORT, (busy) => imports.setState(busy === null ? { busy } : { busy, fault: null }));

/** Who cancelled knows. */
const toldOf = (fault: Fault): Fault | null => (fault.kind === "cancelled" ? null : fault);

const isApplying = () => imports.getState().busy === "applying";

/** Brings the browser's file to main. */
export async function sendBundle(file: File): Promise<Result<HeldFile>> {
  if (isApplying()) return fail({ kind: "cancelled" });
  return work.send(file);
}

/** Takes over a file that main holds; null when the person cancelled. The one before goes, with what was opened of it. Answers whether there is a new one. */
export function takeBundle(held: Result<HeldFile | null>): boolean {
  if (!held.ok) {
    imports.setState({ fault: toldOf(held.fault) });
    return false;
  }
  const { value } = held;
  if (value === null) return false;
  if (isApplying() || !isOpen(IMPORT)) {
    releaseFile(value);
    return false;
  }
  removeBundle();
  imports.setState({ file: value });
  return true;
}

/** Forgets the file, what was opened of it and what came of it, here and in main. */
export function removeBundle(): void {
  if (isApplying()) return;
  work.stop();
  const { file, bundle } = imports.getState();
  if (file !== null) releaseFile(file);
  if (bundle !== null) releaseBundle(bundle);
  imports.setState(noImport);
}

/** Opens the file and compares it with what is here; a passphrase of null is none. */
export async function openBundle(passphrase: string | null): Promise<Result<OpenedBundle>> {
  const { file, bundle: before } = imports.getState();
  if (file === null || isApplying()) return fail({ kind: "cancelled" });
  const answer = await work.open(file, passphrase);
  if (answer.ok) {
    if (before !== null) releaseBundle(before);
    const ticked = answer.value.stores.filter(mayImport).map(({ place }) => place);
    imports.setState({ ...noImport, file, bundle: answer.value, ticked });
  } else if (toldOf(answer.fault) !== null) {
    const isGone = answer.fault.kind === "not-found" && answer.fault.what === "file";
    imports.setState({ fault: answer.fault, ...(isGone ? { file: null } : {}) });
  }
  return answer;
}

/** Imports what is ticked. Goes on when the page is left. */
export async function applyBundle(): Promise<Result<readonly ImportedStore[]>> {
  const now = imports.getState();
  const { file, bundle, ticked, asNew } = now;
  if (file === null || bundle === null || now.busy !== null) return fail({ kind: "cancelled" });
  const stores = bundle.stores.filter(({ place }) => ticked.includes(place)).map((store) => ({ place: store.place, storeId: targetOf(store, asNew) }));
  const discardDrafts = now.discardDrafts && meetsDraft(now);
  const answer = await work.listed<readonly ImportedStore[]>({
    kind: "handover-import",
    subject: file.name,
    busy: "applying",
    run: (tell, abort) => runWork((signal) => client().handover.apply({ bundle: bundle.bundle, stores, discardDrafts }, { signal }), tell, abort),
    giveBack: () => {},
  });
  if (answer.ok) {
    releaseFile(file);
    releaseBundle(bundle);
    imports.setState({ ...noImport, outcome: { fileName: file.name, bundle, stores: answer.value } });
    return answer;
  }
  // What was compared is no longer so where some of it may have been imported, and main may have let go of it.
  const isStale = answer.fault.kind === "cancelled" || answer.fault.kind === "no-connection";
  const isGone = answer.fault.kind === "not-found" && answer.fault.what === "bundle";
  if (isStale) releaseBundle(bundle);
  imports.setState({ fault: answer.fault, ...(isStale || isGone ? { bundle: null } : {}) });
  if (!isOpen(IMPORT)) {
    removeBundle();
    // Whoever comes back to see why finds it.
    imports.setState({ fault: answer.fault });
  }
  return answer;
}
