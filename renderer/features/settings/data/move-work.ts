/** Moving everything: it belongs to the window, and who comes back to its page finds what came of it. */
import { createStore } from "zustand/vanilla";
import type { DataState, MoveReport } from "../../../../shared/model/team.ts";
import type { Result } from "../../../../shared/result.ts";
import { client } from "../../../host/client.ts";
import { listWork } from "../../../stores/running-work.ts";
import { runWork } from "../../../stores/work.ts";

export interface Move {
  readonly from: DataState["kind"];
  /** Null while it runs. */
  readonly result: Result<MoveReport> | null;
}

export const lastMove = createStore<{ readonly move: Move | null }>(() => ({ move: null }));

/** Moves everything of `from` into the other place, `subject` in words. */
export async function moveEverything(from: DataState["kind"], subject: string): Promise<Result<MoveReport>> {
  const controller = new AbortController();
  const listed = listWork({ kind: "move", subject, route: { page: "data", part: "move" } }, () => controller.abort());
  lastMove.setState({ move: { from, result: null } });
  const result = await runWork((signal) => client().data.move({ from }, { signal }), listed.progress, controller.signal);
  lastMove.setState({ move: { from, result } });
  listed.end(result.ok ? null : result.fault);
  return result;
}
