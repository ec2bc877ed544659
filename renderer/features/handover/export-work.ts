/** Exporting identity stores: it belongs to the window, and who comes back to its page finds what came of it. */
import { createStore } from "zustand/vanilla";
import type { Exported, Protection } from "../../../shared/contract/handover.ts";
import type { BundleSeal } from "../../../shared/model/bundle.ts";
import type { Result } from "../../../shared/result.ts";
import { client } from "../../host/client.ts";
import type { Route } from "../../stores/routes.ts";
import { listWork } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";
import { say } from "../../text/text.ts";
import { bytesOf, download } from "../../ui/download.ts";

/** What is kept of a file that was saved: not the file. */
export type Saved = Omit<Exported, "base64"> & { readonly sealed: BundleSeal };

interface Exporting {
  /** Null while it runs. */
  readonly result: Result<Saved> | null;
}

const EXPORT: Route = { page: "handover" };

export const lastExport = createStore<{ readonly export: Exporting | null }>(() => ({ export: null }));

/** Has these identity stores made into a file and saves it. */
export async function exportStores(storeIds: readonly string[], protection: Protection): Promise<Result<Saved>> {
  const controller = new AbortController();
  const listed = listWork({ kind: "handover-export", subject: say("handover.stores-of", { count: storeIds.length }), route: EXPORT }, () => controller.abort());
  lastExport.setState({ export: { result: null } });
  const made = await runWork((signal) => client().handover.export({ storeIds: [...storeIds], protection }, { signal }), listed.progress, controller.signal);
  const sealed = protection.by === "nothing" ? null : protection.by;
  if (made.ok) download(made.value.fileName, bytesOf(made.value.base64), sealed !== null ? "application/octet-stream" : "application/json");
  const result: Result<Saved> = made.ok ? { ok: true, value: savedOf(made.value, sealed) } : made;
  lastExport.setState({ export: { result } });
  listed.end(result.ok ? null : result.fault);
  return result;
}

function savedOf({ fileName, stores, missing }: Exported, sealed: BundleSeal): Saved {
  return { fileName, stores, missing, sealed };
}

/** Forgets how an export ended that its person has seen. */
export function forgetExport(): void {
  if (lastExport.getState().export?.result !== null) lastExport.setState({ export: null });
}
