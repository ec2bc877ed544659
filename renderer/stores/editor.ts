/** The editor of one identity store's messaging system: a picture for the screen and the calls that change it. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Fault } from "../../shared/fault.ts";
import { fail, succeed, type Result } from "../../shared/result.ts";
import type { DraftMark, DraftSight, Picks, Review } from "../../shared/model/draft.ts";
import type { FieldValue, ProviderEntry } from "../../shared/model/messaging.ts";
import { formParts, type FormPart } from "../../shared/rules/readiness.ts";
import { ask } from "../host/ask.ts";
import type { ConsoleClient } from "../host/client.ts";
import { createAutosave } from "./editor-autosave.ts";
import * as drafts from "./editor-draft.ts";
import * as model from "./editor-model.ts";
import { createHeldEntries } from "./editor-held.ts";
import { createReturn } from "./editor-return.ts";
import { createSealing } from "./editor-sealed.ts";
import { createUnansweredCalls, isUnanswered, withoutGiven } from "./editor-unanswered.ts";
import { createEditorWork } from "./editor-work.ts";

export type EditorClient = Pick<ConsoleClient, "editor" | "stores">;

export interface Editor {
  readonly storeId: string;
  readonly state: StoreApi<model.EditorState>;
  /** Reads everything anew; local work that was not autosaved is autosaved first. Work and what came of it stay. */
  open(): Promise<void>;
  choose(entry: ProviderEntry): void;
  setValue(field: string, value: FieldValue): void;
  /** Seals a secret; null clears it. */
  setSecret(field: string, value: string | null): Promise<Result<null>>;
  /** Puts a held file (`files.*`) into the draft; null clears it. */
  setCertificate(field: string, file: string | null): Promise<Result<null>>;
  /** Chooses among the certificates of a file, by SHA-256 thumbprint; null leaves it to the console. */
  chooseIdentity(field: string, thumbprint: string | null): Promise<Result<null>>;
  /** Gives a server a priority or takes its tick; one step of undo. Answers whether anything changed. */
  moveServer(name: string, to: model.ServerChange["to"]): boolean;
  undoServers(): boolean;
  /** The person has left a part: what it lacks is told from now on. */
  tell(part: FormPart): void;
  /** The person wants to go on with the draft that was offered. */
  continueDraft(): void;
  discardDraft(): Promise<Result<null>>;
  flush(): Promise<void>;
  /** Takes in what others did, when the revision or the draft's version is not the one that is shown. */
  hear(news: { readonly revision: number; readonly draftVersion: number | null }): void;
  /** Puts the question of what is to be settled on the screen, or away. */
  question(isAsked: boolean): void;
  /** Settles it: which side stands, by the key of the difference. */
  settle(picks: Picks): Promise<Result<null>>;
  /** What is said of others is read. */
  dismiss(): void;
  review(): Promise<Result<Review>>;
  /** Saves what was reviewed last. */
  save(): Promise<Result<model.SaveOutcome>>;
  /** Goes back to a revision of the store as a new revision. */
  restore(number: number, expectedRevision: number): Promise<Result<{ readonly revision: number }>>;
  test(): Promise<void>;
  /** Lists the servers anew. Answers what changed by it; null when there is no new list. */
  sync(): Promise<model.ListingNews | null>;
  cancel(kind: "test" | "sync"): void;
  dispose(): void;
}

const answered = <T>(call: Promise<Result<T>>): Promise<Result<T>> => ask(() => call);

/** Opens nothing yet: call `open`. */
export function createEditor(storeId: string, client: EditorClient, { now = Date.now, window = crypto.randomUUID(), route = model.pageOf(storeId) }: model.EditorPlace = {}): Editor {
  const state = createStore<model.EditorState>(() => model.openingState);
  const held = createHeldEntries();
  const unanswered = createUnansweredCalls();
  /** What was reviewed last; undefined before any review. */
  let reviewed: DraftMark | null | undefined;
  let latest: { readonly revision: number; readonly draftVersion: number | null } | null = null;

  const markOf = ({ draft }: model.EditorState): DraftMark | null => (draft === null ? null : { id: draft.id, version: draft.version });
  const sight = (): DraftSight => {
    const shown = state.getState();
    return { window, revision: shown.store?.revision ?? 0, draft: markOf(shown) };
  };
  const update = (step: (before: model.EditorState) => model.EditorState) => state.setState(step, true);
  const refuse = (fault: Fault, parts: readonly FormPart[]) => update((before) => model.refused(before, fault, parts));

  /** Reads everything anew; the caller has its turn. */
  const read = async (why: model.Meeting["why"] | null = null): Promise<boolean> => {
    const result = await answered(client.editor.open({ storeId }));
    if (!result.ok) {
      update((before) => model.notOpened(before, result.fault));
      if (result.fault.kind === "no-connection") readOnReturn();
      return false;
    }
    const own = unanswered.ownEnd(result.value);
    if (own?.isAnswered === false) held.clear();
    update((before) => (why === null || own !== null ? drafts.opened(result.value, own?.isAnswered === false ? withoutGiven(before, own) : before) : drafts.afterGone(before, result.value, why, held.differences())));
    return true;
  };
  const { soon: readOnReturn, afterChange, dispose: stay } = createReturn(() => editor.open());
  /** A call about the draft, which fails where main could not be given what the form shows. */
  const ofWhatIsShown = async <T>(call: () => Promise<Result<T>>): Promise<Result<T>> => {
    const { autosaveFault } = state.getState();
    return autosaveFault === null ? answered(call()) : fail(autosaveFault);
  };

  /** Others saved or discarded the draft that was shown: what was entered here stays, and what stands now is read. */
  const met = async (fault: Fault): Promise<boolean> => {
    if (fault.kind !== "draft-changed" || fault.how === "changed") return false;
    // Where nothing was shown yet, nothing of it is gone.
    return read(state.getState().store === null ? null : fault);
  };

  const autosave = createAutosave(async () => {
    const before = state.getState();
    const sent = drafts.sendable(before);
    if (sent.length === 0) return true;
    const seen = sight();
    state.setState({ autosave: "saving" });
    const result = await answered(client.editor.change({ storeId, sight: seen, changes: [...sent] }));
    if (!result.ok && (await met(result.fault))) return true;
    update((shown) => {
      const next = result.ok ? drafts.answered(shown, result.value, { changes: sent, over: seen.draft, isOwn: unanswered.isOwn }) : shown;
      return { ...next, autosave: drafts.sendable(next).length > 0 ? "waiting" : "idle", autosaveFault: result.ok ? null : result.fault };
    });
    unanswered.changes(result, sent);
    return result.ok;
  });

  /** Calls in turn with everything else, after what was entered is in the draft. */
  const inTurn = <T>(call: () => Promise<Result<T>>): Promise<Result<T>> =>
    autosave.after(async () => {
      const result = await answered(call());
      if (!result.ok) await met(result.fault);
      return result;
    });

  const look = () =>
    inTurn(async () => {
      const seen = sight();
      const result = await client.editor.change({ storeId, sight: seen, changes: [] });
      if (!result.ok) return result;
      update((before) => drafts.answered(before, result.value, { changes: [], over: seen.draft, isOwn: unanswered.isOwn }));
      unanswered.changes(result, []);
      if (latest !== null && latest.revision > (state.getState().store?.revision ?? 0)) await read();
      return succeed(null);
    });

  const isNews = () => {
    const { phase, store, draft } = state.getState();
    if (phase !== "ready" || latest === null) return false;
    const isOther = latest.draftVersion === null ? draft !== null : latest.draftVersion > (draft?.version ?? 0);
    return isOther || latest.revision > (store?.revision ?? 0);
  };

  const change = (step: (before: model.EditorState) => model.EditorState): boolean => {
    const before = state.getState();
    const next = step(before);
    if (next === before) return false;
    state.setState({ ...next, autosave: before.autosave === "saving" ? "saving" : "waiting" }, true);
    autosave.touch();
    return true;
  };

  const sealed = createSealing({ storeId, held, unanswered, shown: () => state.getState(), sight, update, inTurn: (task) => autosave.after(task), ask: async (call) => afterChange(await answered(call)), met });

  /** Puts the draft over what others saved. What both changed is asked; what else they changed is in the draft then. */
  const rebase = async (why: Extract<model.Meeting["why"], { kind: "conflict" }>, picks: Picks): Promise<Result<null>> => {
    let seen = sight();
    const result = await inTurn(() => {
      seen = { ...sight(), revision: why.revision };
      return client.editor.rebase({ storeId, sight: seen, picks });
    });
    if (!result.ok) return afterChange(result);
    const { draft, apart, over } = result.value;
    const isSettled = apart.length === 0 && Object.keys(picks).length > 0;
    update((before) => ({
      ...drafts.answered(before, { draft, whole: true, refused: [] }, { changes: [], over: seen.draft }),
      elsewhere: [],
      meeting: isSettled ? null : { why: { ...why, ...over }, differences: [...apart, ...held.differences()], again: [], isAsked: true },
    }));
    if (apart.length === 0) await autosave.after(() => read());
    if (isSettled) await held.enterAgain(picks);
    return succeed(null);
  };

  const work = createEditorWork({ storeId, route, client, state, now, flush: () => autosave.flush(), refuse, afterChange });

  const editor: Editor = {
    storeId,
    state,
    open: () => autosave.after(async () => void (await read())),
    choose(entry) {
      change((before) => drafts.chosen(before, entry));
      void autosave.flush();
    },
    setValue: (field, value) => void change((before) => drafts.withValue(before, field, value)),
    setSecret: (field, value) => sealed(`secrets.${field}`, value !== null, (address) => client.editor.setSecret({ ...address, field, value })),
    setCertificate: (field, file) => sealed(`certificates.${field}`, file !== null, (address) => client.editor.setCertificate({ ...address, field, file })),
    chooseIdentity: (field, thumbprint) => sealed(`certificates.${field}`, true, (address) => client.editor.chooseIdentity({ ...address, field, thumbprint })),
    moveServer: (name, to) => change((before) => drafts.withServer(before, name, to)),
    undoServers: () => change(drafts.undone),
    tell: (part) => update((before) => model.withTold(before, [part])),
    continueDraft: () => state.setState({ draftOffered: false }),
    async discardDraft() {
      // Whether what was entered last is in a draft shows in the answer to it.
      if (isUnanswered(state.getState().autosaveFault)) await autosave.flush();
      const before = state.getState();
      autosave.forget();
      // What Sync Again finds would begin a new draft.
      work.cancel("sync");
      const result = await autosave.after(async () => {
        const now = state.getState();
        if (now.autosaveFault !== null && isUnanswered(now.autosaveFault)) return fail(now.autosaveFault);
        // What another window did in the meantime was not before the person's eyes.
        const { draft } = now.elsewhere.length > before.elsewhere.length ? before : now;
        const discarded = draft === null ? succeed(null) : afterChange(await answered(client.editor.discardDraft({ storeId, version: draft.version })));
        if (draft !== null) unanswered.end(discarded, { id: draft.id, revision: now.store?.revision ?? 0, given: before.pending });
        if (!discarded.ok) return discarded;
        held.clear();
        update((before) => ({ ...before, pending: [], meeting: null, draft: null, told: [], test: model.outdated(before.test) }));
        await read();
        return discarded;
      });
      if (result.ok) return result;
      autosave.touch();
      await look();
      return result;
    },
    flush: () => autosave.flush(),
    hear(news) {
      latest = news;
      if (isNews()) void autosave.flush().then(async () => void (isNews() && (await look())));
    },
    question: (isAsked) => update((before) => (before.meeting === null ? before : { ...before, meeting: { ...before.meeting, isAsked } })),
    async settle(picks) {
      const why = state.getState().meeting?.why;
      if (why?.kind === "conflict") return rebase(why, picks);
      update((before) => drafts.settled(before, picks));
      autosave.touch();
      await autosave.flush();
      await held.enterAgain(picks);
      return succeed(null);
    },
    dismiss: () => update((before) => ({ ...before, elsewhere: [], meeting: model.isUnsettled(before) ? before.meeting : null })),
    async review() {
      const result = await inTurn(() => ofWhatIsShown(() => client.editor.review({ storeId })));
      if (result.ok) {
        reviewed = result.value.draft;
        state.setState({ issues: [] });
      } else refuse(result.fault, formParts);
      return result;
    },
    async save() {
      const { expectedRevision } = state.getState();
      const result = await autosave.after(async (): Promise<Result<model.SaveOutcome>> => {
        // Not before: what was entered right before, and a review that was under way, had their turn by now.
        const draft = reviewed === undefined ? markOf(state.getState()) : reviewed;
        const saved = afterChange(await ofWhatIsShown(() => client.editor.save({ storeId, expectedRevision, draft })));
        if (draft !== null) unanswered.end(saved, { id: draft.id, revision: saved.ok ? saved.value.revision : expectedRevision + 1, given: [] });
        if (!saved.ok) {
          await met(saved.fault);
          return saved;
        }
        update((before) => ({ ...before, draft: null, told: [] }));
        await read();
        return succeed({ revision: saved.value.revision, changed: saved.value.changed, previous: expectedRevision });
      });
      if (result.ok) return result;
      refuse(result.fault, formParts);
      if (result.fault.kind === "draft-changed" && result.fault.how === "changed") await look();
      if (result.fault.kind === "conflict") await rebase(result.fault, {});
      return result;
    },
    restore: (number, expectedRevision) =>
      autosave.after(async () => {
        const result = afterChange(await answered(client.stores.restore({ id: storeId, number, expectedRevision })));
        if (!result.ok) return result;
        update((before) => ({ ...before, test: model.outdated(before.test) }));
        await read();
        return result;
      }),
    async test() {
      const { draft } = state.getState();
      await work.test();
      if (draft !== null) await look();
    },
    sync: () => work.sync(),
    cancel: (kind) => work.cancel(kind),
    dispose() {
      stay();
      work.dispose();
      autosave.dispose();
    },
  };
  return editor;
}
