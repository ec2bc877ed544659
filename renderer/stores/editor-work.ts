/** The editor's long work: a test and a Sync Again, each shown while it runs and once at a time. */
import type { StoreApi } from "zustand/vanilla";
import type { Fault } from "../../shared/fault.ts";
import type { Progress, WorkEvent } from "../../shared/contract/progress.ts";
import type { Result } from "../../shared/result.ts";
import { withRung } from "../../shared/rules/ladder.ts";
import type { FormPart } from "../../shared/rules/readiness.ts";
import type { EditorClient } from "./editor.ts";
import { answered } from "./editor-draft.ts";
import * as model from "./editor-model.ts";
import type { Route } from "./routes.ts";
import { listWork } from "./running-work.ts";
import { runWork } from "./work.ts";

interface WorkRoom {
  readonly storeId: string;
  /** Where it is shown. */
  readonly route: Route;
  readonly client: EditorClient;
  readonly state: StoreApi<model.EditorState>;
  readonly now: () => number;
  readonly flush: () => Promise<void>;
  /** Reads what is there anew, where nobody knows whether a call changed it. */
  readonly afterChange: <T>(result: Result<T>) => Result<T>;
  readonly refuse: (fault: Fault, parts: readonly FormPart[]) => void;
}

export interface EditorWork {
  test(): Promise<void>;
  /** Answers what changed by it; null when there is no new list. */
  sync(): Promise<model.ListingNews | null>;
  cancel(kind: "test" | "sync"): void;
  dispose(): void;
}

export function createEditorWork({ storeId, route, client, state, now, flush, afterChange, refuse }: WorkRoom): EditorWork {
  const running = new Map<"test" | "sync", AbortController>();

  const run = async <T>(kind: "test" | "sync", open: (signal: AbortSignal) => Promise<AsyncIterable<WorkEvent<T>>>) => {
    running.get(kind)?.abort();
    const controller = new AbortController();
    running.set(kind, controller);
    const update = (step: (before: model.WorkState) => model.WorkState) => {
      const before = state.getState()[kind];
      if (before === null || running.get(kind) !== controller) return;
      const next = step(before);
      state.setState(kind === "test" ? { test: next } : { sync: next });
    };
    const begun: model.WorkState = { kind, startedAt: now(), progress: null, rungs: [], outdated: false, ended: null };
    state.setState(kind === "test" ? { test: begun } : { sync: begun });
    const subject = state.getState().store?.name ?? "";
    const listed = listWork({ kind: kind === "test" ? "messaging-test" : kind, subject, route }, () => controller.abort(), now);
    const hear = (progress: Progress) => {
      listed.progress(progress);
      update((before) => ({
        ...before,
        progress,
        rungs: progress.rung === null ? before.rungs : withRung(before.rungs, progress.rung),
      }));
    };
    const result = afterChange(await runWork<T>(open, hear, controller.signal));
    listed.end(result.ok ? null : result.fault);
    update((before) => ({ ...before, ended: { at: now(), fault: result.ok ? null : result.fault } }));
    if (!result.ok) refuse(result.fault, ["connection"]);
    return result;
  };

  return {
    async test() {
      await flush();
      const result = await run("test", (signal) => client.editor.test({ storeId }, { signal }));
      const isOutdated = state.getState().test?.outdated ?? true;
      if (isOutdated || (!result.ok && (result.fault.kind === "cancelled" || result.fault.kind === "no-connection"))) return;
      state.setState((before) => model.withTest(before, { state: result.ok ? "passed" : "failed", at: now() }), true);
    },
    async sync() {
      await flush();
      const listing = await run("sync", (signal) => client.editor.sync({ storeId }, { signal }));
      if (!listing.ok) return null;
      const known = model.currentForm(state.getState())?.servers ?? [];
      state.setState((before) => ({ ...answered(before, { draft: listing.value, whole: true, refused: [] }, { changes: [], over: null, besides: /^servers\./ }), draftOffered: false, serverHistory: [] }), true);
      return model.listingNews(known, model.currentForm(state.getState())?.servers ?? []);
    },
    cancel: (kind) => running.get(kind)?.abort(),
    dispose() {
      for (const controller of running.values()) controller.abort();
    },
  };
}
