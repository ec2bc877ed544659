/** Long work on a team's database, and what of it must outlive the page that began it. */
import { useCallback, useRef, useState } from "react";
import { createStore } from "zustand/vanilla";
import type { WorkEvent } from "../../../../shared/contract/progress.ts";
import type { RungResult } from "../../../../shared/model/mail-server.ts";
import type { Result } from "../../../../shared/result.ts";
import { withRung } from "../../../../shared/rules/ladder.ts";
import type { DataPart, Route } from "../../../stores/routes.ts";
import { listWork, type WorkKind } from "../../../stores/running-work.ts";
import { runWork } from "../../../stores/work.ts";

/** The recovery key of a team that was just set up, until its person keeps it on paper: nobody is shown it again. */
export const recoveryKey = createStore<{ readonly shown: { readonly key: string; readonly team: string } | null }>(() => ({ shown: null }));

/** Passwords that a console knew which was taken out, until somebody has seen to them. */
export interface Known {
  readonly label: string;
  readonly secrets: readonly { readonly store: string; readonly secret: string }[];
}
export const knownPasswords = createStore<{ readonly known: Known | null }>(() => ({ known: null }));

export interface Climb {
  readonly running: boolean;
  readonly rungs: readonly RungResult[];
  /** `subject`: what the work is on, for the list of work; `open` asks main. */
  readonly run: <T>(subject: string, open: (signal: AbortSignal) => Promise<AsyncIterable<WorkEvent<T>>>) => Promise<Result<T>>;
  readonly cancel: () => void;
}

/** Work that climbs to a team's database. It is listed, and goes on when the page is left. */
export function useClimb(kind: Extract<WorkKind, "team-test" | "team-set-up" | "team-join">, part: DataPart | null): Climb {
  const [running, setRunning] = useState(false);
  const [rungs, setRungs] = useState<readonly RungResult[]>([]);
  const stop = useRef<AbortController | null>(null);
  const run: Climb["run"] = async (subject, open) => {
    const controller = new AbortController();
    stop.current = controller;
    const route: Route = part === null ? { page: "data" } : { page: "data", part };
    const listed = listWork({ kind, subject, route }, () => controller.abort());
    setRunning(true);
    setRungs([]);
    const result = await runWork(
      open,
      (progress) => {
        listed.progress(progress);
        const { rung } = progress;
        if (rung !== null) setRungs((before) => withRung(before, rung));
      },
      controller.signal,
    );
    listed.end(result.ok ? null : result.fault);
    setRunning(false);
    return result;
  };
  const cancel = useCallback(() => stop.current?.abort(), []);
  return { running, rungs, run, cancel };
}
