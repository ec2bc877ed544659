/** The editor of one identity store's messaging system: a picture for the screen and the calls that change it. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Fault } from "../../shared/fault.ts";
import { fail, succeed, type Result } from "../../shared/result.ts";
import type { Progress, WorkEvent } from "../../shared/contract/progress.ts";
import type { DraftView, Review } from "../../shared/model/draft.ts";
import type { ServerEntry } from "../../shared/model/mail-server.ts";
import type { FieldValue, ProviderEntry } from "../../shared/model/messaging.ts";
import { withRung } from "../../shared/rules/ladder.ts";
import { formParts, type FormPart } from "../../shared/rules/readiness.ts";
import { ask } from "../host/ask.ts";
import type { ConsoleClient } from "../host/client.ts";
import { whenOpen } from "../host/connection.ts";
import { createAutosave } from "./editor-autosave.ts";
import * as model from "./editor-model.ts";
import { listWork } from "./running-work.ts";
import { runWork } from "./work.ts";

export type EditorClient = Pick<ConsoleClient, "editor" | "stores">;

export interface SaveOutcome {
  readonly revision: number;
  /** The revision that Undo goes back to. */
  readonly previous: number;
}

export interface Editor {
  readonly storeId: string;
  readonly state: StoreApi<model.EditorState>;
  /** Reads everything anew; local work that was not autosaved is autosaved first. */
  open(): Promise<void>;
  /** As `open`, for who comes back to the page: work and its outcome stay. */
  resume(): Promise<void>;
  choose(entry: ProviderEntry): void;
  setValue(field: string, value: FieldValue): void;
  /** Seals a secret; null clears it. */
  setSecret(field: string, value: string | null): Promise<Result<null>>;
  /** Puts a held file (`files.*`) into the draft; null clears it. */
  setCertificate(field: string, file: string | null): Promise<Result<null>>;
  /** Chooses among the certificates of a file, by SHA-256 thumbprint; null leaves it to the console. */
  chooseIdentity(field: string, thumbprint: string | null): Promise<Result<null>>;
  /** Changes ticks or priorities; one step of undo. Answers whether anything changed. */
  editServers(change: (servers: readonly ServerEntry[]) => readonly ServerEntry[]): boolean;
  undoServers(): boolean;
  /** The person has left a part: what it lacks is told from now on. */
  tell(part: FormPart): void;
  /** The person wants to go on with the draft that was offered. */
  continueDraft(): void;
  discardDraft(): Promise<Result<null>>;
  flush(): Promise<void>;
  review(): Promise<Result<Review>>;
  save(expectedRevision?: number): Promise<Result<SaveOutcome>>;
  /** Shows what others saved meanwhile, keeps the draft, and lets the next save follow `revision`. */
  rebase(revision: number): Promise<void>;
  /** Goes back to a revision of the store as a new revision. */
  restore(number: number, expectedRevision: number): Promise<Result<{ readonly revision: number }>>;
  test(): Promise<void>;
  /** Lists the servers anew. Answers what changed by it; null when there is no new list. */
  sync(): Promise<model.ListingNews | null>;
  cancel(kind: "test" | "sync"): void;
  dispose(): void;
}

const UNDO_DEPTH = 50;

const answered = <T>(call: Promise<Result<T>>): Promise<Result<T>> => ask(() => call);

/** Opens nothing yet: call `open`. */
export function createEditor(storeId: string, client: EditorClient, now: () => number = Date.now): Editor {
  const state = createStore<model.EditorState>(() => model.openingState);
  const running = new Map<"test" | "sync", AbortController>();
  const page = new AbortController();
  let edits = 0;

  const autosave = createAutosave(async () => {
    const draft = model.draftContent(state.getState());
    if (draft === null) return true;
    const sent = edits;
    state.setState({ autosave: "saving" });
    const result = await answered(client.editor.saveDraft({ storeId, draft }));
    const edited = edits !== sent;
    state.setState((before) => ({
      ...(result.ok ? model.adopted(before, result.value, edited) : before),
      autosave: edited || !result.ok ? "waiting" : "idle",
      autosaveFault: result.ok ? null : result.fault,
    }));
    return result.ok;
  });

  const change = (step: (before: model.EditorState) => model.EditorState) => {
    edits += 1;
    state.setState((before) => ({ ...step(before), autosave: before.autosave === "saving" ? "saving" : "waiting" }), true);
    autosave.touch();
  };

  const refuse = (fault: Fault, parts: readonly FormPart[]) => state.setState((before) => model.refused(before, fault, parts), true);

  const sealed = (call: (provider: string) => Promise<Result<DraftView>>) =>
    autosave.after(async (): Promise<Result<null>> => {
      const provider = state.getState().choice?.provider;
      if (provider === undefined) return succeed(null);
      const sent = edits;
      const result = afterChange(await answered(call(provider)));
      if (!result.ok) return result;
      state.setState((before) => {
        const next = model.adopted(before, result.value, edits !== sent);
        return { ...next, draftOffered: false };
      }, true);
      return succeed(null);
    });

  const work = async <T>(kind: "test" | "sync", open: (signal: AbortSignal) => Promise<AsyncIterable<WorkEvent<T>>>) => {
    running.get(kind)?.abort();
    const controller = new AbortController();
    running.set(kind, controller);
    const update = (step: (before: model.WorkState) => model.WorkState) => {
      const before = state.getState()[kind];
      if (before === null || running.get(kind) !== controller) return;
      const next = step(before);
      state.setState(kind === "test" ? { test: next } : { sync: next });
    };
    const begun: model.WorkState = { kind, startedAt: now(), progress: null, rungs: [], ended: null };
    state.setState(kind === "test" ? { test: begun } : { sync: begun });
    const subject = state.getState().store?.name ?? "";
    const route = { page: "store", id: storeId, section: "messaging-system" } as const;
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

  const read = async (workOf: (before: model.EditorState) => Pick<model.EditorState, "test" | "sync">) => {
    await autosave.flush();
    const result = await answered(client.editor.open({ storeId }));
    state.setState((before) => ({ ...(result.ok ? model.opened(result.value) : model.notOpened(before, result.fault)), ...workOf(before) }), true);
    if (!result.ok && result.fault.kind === "no-connection") readOnReturn();
  };
  /** A call about the draft, which fails where main could not be given what the form shows. */
  const ofWhatIsShown = async <T>(call: () => Promise<Result<T>>): Promise<Result<T>> => {
    const { autosaveFault } = state.getState();
    return autosaveFault === null ? answered(call()) : fail(autosaveFault);
  };
  /** As soon as main is heard again, for as long as the page stands. */
  const readOnReturn = () => void whenOpen(page.signal).then(editor.resume, () => undefined);
  /** Where nobody knows whether something was changed, what is there is read anew. */
  const afterChange = <T>(result: Result<T>): Result<T> => {
    if (!result.ok && result.fault.kind === "no-connection" && result.fault.outcome === "unknown") readOnReturn();
    return result;
  };

  const editor: Editor = {
    storeId,
    state,
    open: () => read(() => ({ test: null, sync: null })),
    resume: () => read(({ test, sync }) => ({ test, sync })),
    choose(entry) {
      change((before) => model.chosen(before, entry));
      void autosave.flush();
    },
    setValue: (field, value) => change((before) => model.withValue(before, field, value)),
    setSecret: (field, value) => sealed((provider) => client.editor.setSecret({ storeId, provider, field, value })),
    setCertificate: (field, file) => sealed((provider) => client.editor.setCertificate({ storeId, provider, field, file })),
    chooseIdentity: (field, thumbprint) => sealed((provider) => client.editor.chooseIdentity({ storeId, provider, field, thumbprint })),
    editServers(step) {
      const form = model.currentForm(state.getState());
      if (form === null) return false;
      const servers = step(form.servers);
      if (servers.every((entry, index) => entry === form.servers[index])) return false;
      change((before) => ({
        ...model.edited(before, (form) => ({ ...form, servers: [...servers] })),
        serverHistory: [...before.serverHistory, form.servers].slice(-UNDO_DEPTH),
      }));
      return true;
    },
    undoServers() {
      const previous = state.getState().serverHistory.at(-1);
      if (previous === undefined) return false;
      change((before) => ({
        ...model.edited(before, (form) => ({ ...form, servers: [...previous] })),
        serverHistory: before.serverHistory.slice(0, -1),
      }));
      return true;
    },
    tell: (part) => state.setState((before) => model.withTold(before, [part]), true),
    continueDraft: () => state.setState({ draftOffered: false }),
    async discardDraft() {
      autosave.forget();
      // What Sync Again finds would begin a new draft.
      running.get("sync")?.abort();
      const result = afterChange(await autosave.after(() => answered(client.editor.discardDraft({ storeId }))));
      if (result.ok) await editor.open();
      return result;
    },
    flush: () => autosave.flush(),
    async review() {
      const result = await autosave.after(() => ofWhatIsShown(() => client.editor.review({ storeId })));
      if (result.ok) state.setState({ issues: [] });
      else refuse(result.fault, formParts);
      return result;
    },
    async save(expected) {
      const expectedRevision = expected ?? state.getState().expectedRevision;
      const result = afterChange(await autosave.after(() => ofWhatIsShown(() => client.editor.save({ storeId, expectedRevision }))));
      if (!result.ok) {
        refuse(result.fault, formParts);
        return result;
      }
      await editor.open();
      return succeed({ revision: result.value.revision, previous: expectedRevision });
    },
    async rebase(revision) {
      await editor.open();
      state.setState({ expectedRevision: revision, draftOffered: false });
    },
    async restore(number, expectedRevision) {
      const result = afterChange(await answered(client.stores.restore({ id: storeId, number, expectedRevision })));
      if (result.ok) await editor.open();
      return result;
    },
    async test() {
      await autosave.flush();
      const sent = edits;
      const result = await work("test", (signal) => client.editor.test({ storeId }, { signal }));
      if (edits !== sent || (!result.ok && (result.fault.kind === "cancelled" || result.fault.kind === "no-connection"))) return;
      state.setState((before) => model.withTest(before, { state: result.ok ? "passed" : "failed", at: now() }), true);
    },
    async sync() {
      const listing = await autosave.hold(() => work("sync", (signal) => client.editor.sync({ storeId }, { signal })));
      if (!listing.ok) return null;
      const known = model.currentForm(state.getState())?.servers ?? [];
      state.setState((before) => model.listed(before, listing.value), true);
      return model.listingNews(known, model.currentForm(state.getState())?.servers ?? []);
    },
    cancel: (kind) => running.get(kind)?.abort(),
    dispose() {
      page.abort();
      for (const controller of running.values()) controller.abort();
      autosave.dispose();
    },
  };
  return editor;
}
