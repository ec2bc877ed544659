/** The result of a carry-in probe from its choice to what was kept of it, for as long as the page is open. */
import { createStore } from "zustand/vanilla";
import type { HeldFile } from "../../../shared/contract/files.ts";
import type { OpenedProbe } from "../../../shared/contract/handover.ts";
import { progress } from "../../../shared/contract/progress.ts";
import type { Fault } from "../../../shared/fault.ts";
import { fail, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { holdFile } from "../../host/send-file.ts";
import { isOpen } from "../../stores/navigation.ts";
import type { Route } from "../../stores/routes.ts";
import { listWork } from "../../stores/running-work.ts";

export interface ProbeImport {
  readonly file: HeldFile | null;
  readonly probe: OpenedProbe | null;
  /** Of how many servers its word was kept; null before that. */
  readonly kept: number | null;
  readonly fault: Fault | null;
}

const PROBE: Route = { page: "handover", way: "probe" };

export const noProbe: ProbeImport = { file: null, probe: null, kept: null, fault: null };

export const probeImport = createStore<ProbeImport>(() => noProbe);

const releaseFile = ({ file }: HeldFile) => void ask(() => client().files.release({ file }));

let sending: AbortController | null = null;

/** Brings the browser's file to main. A newer file ends it, and so does leaving the page: it fails with `cancelled` then. */
export async function sendProbe(file: File): Promise<Result<HeldFile>> {
  sending?.abort();
  const mine = new AbortController();
  sending = mine;
  const entry = listWork({ kind: "upload", subject: file.name, route: PROBE }, () => mine.abort());
  const sent = await holdFile(file, "probe", { signal: mine.signal, onSent: (done) => entry.progress(progress("transfer", { done, total: file.size })) });
  entry.end(sent.ok ? null : sent.fault);
  if (sending === mine) {
    sending = null;
    return sent;
  }
  if (sent.ok) releaseFile(sent.value);
  return fail({ kind: "cancelled" });
}

/** Forgets the file and what it says, here and in main. */
export function removeProbe(): void {
  sending?.abort();
  sending = null;
  const { file } = probeImport.getState();
  if (file !== null) releaseFile(file);
  probeImport.setState(noProbe);
}

function refuse(fault: Fault): null {
  removeProbe();
  probeImport.setState({ fault });
  return null;
}

/** Takes over a file that main holds, and reads it; the one before goes. Null where there is nothing to show of it, or a newer one came meanwhile. */
export async function takeProbe(held: Result<HeldFile | null>): Promise<OpenedProbe | null> {
  // Who cancelled knows, and a newer file has nothing to do with it.
  if (!held.ok) return held.fault.kind === "cancelled" ? null : refuse(held.fault);
  const file = held.value;
  if (file === null) return null;
  if (!isOpen(PROBE)) {
    releaseFile(file);
    return null;
  }
  removeProbe();
  probeImport.setState({ file });
  const read = await ask(() => client().handover.openProbe({ file: file.file }));
  if (probeImport.getState().file !== file) return null;
  if (!read.ok) return refuse(read.fault);
  probeImport.setState({ probe: read.value });
  return read.value;
}

/** Keeps what is news in the file. Answers of how many servers; null where nothing was kept, or another file is shown by then. */
export async function keepProbe(): Promise<number | null> {
  const { file } = probeImport.getState();
  if (file === null) return null;
  const kept = await ask(() => client().handover.applyProbe({ file: file.file }));
  if (probeImport.getState().file !== file) return null;
  if (kept.ok) probeImport.setState({ kept: kept.value.kept, fault: null });
  else if (kept.fault.kind === "not-found" && kept.fault.what === "file") refuse(kept.fault);
  else probeImport.setState({ fault: kept.fault });
  return kept.ok ? kept.value.kept : null;
}
