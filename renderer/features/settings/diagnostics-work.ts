/** Gathering diagnostics: it belongs to the window, and who comes back to its page finds what came of it. */
import { createStore } from "zustand/vanilla";
import type { Hello } from "../../../shared/contract/app.ts";
import type { Diagnostics } from "../../../shared/contract/diagnostics.ts";
import type { Result } from "../../../shared/result.ts";
import { client } from "../../host/client.ts";
import { listWork } from "../../stores/running-work.ts";
import { runWork } from "../../stores/work.ts";
import { readmeText } from "../../text/diagnostics.ts";
import { say } from "../../text/text.ts";

interface Gathering {
  /** Whether names are in it as they are. */
  readonly names: boolean;
  /** Null while it runs. */
  readonly result: Result<Diagnostics> | null;
}

export const lastDiagnostics = createStore<{ readonly gathering: Gathering | null }>(() => ({ gathering: null }));

/** Has the files gathered; nothing is saved. Not to be called while it runs. */
export async function gatherDiagnostics(names: boolean, { version }: Hello): Promise<Result<Diagnostics>> {
  const controller = new AbortController();
  const listed = listWork({ kind: "diagnostics", subject: say("diagnostics.subject"), route: { page: "settings" } }, () => controller.abort());
  lastDiagnostics.setState({ gathering: { names, result: null } });
  const readme = readmeText({ names, version, at: Date.now() });
  const result = await runWork((signal) => client().diagnostics.gather({ names, readme }, { signal }), listed.progress, controller.signal);
  lastDiagnostics.setState({ gathering: { names, result } });
  listed.end(result.ok ? null : result.fault);
  return result;
}

/** Forgets what was gathered that its person has seen. */
export function forgetDiagnostics(): void {
  if (lastDiagnostics.getState().gathering?.result !== null) lastDiagnostics.setState({ gathering: null });
}
