/** What the editor holds in the renderer, and the pure steps between one picture of it and the next. */
import type { Changed, Fault, Issue } from "../../shared/fault.ts";
import type { Progress } from "../../shared/contract/progress.ts";
import type { Difference, DraftChange, DraftMark } from "../../shared/model/draft.ts";
import type { StoreDetail } from "../../shared/model/identity-store.ts";
import type { RungResult, ServerEntry } from "../../shared/model/mail-server.ts";
import type { MessagingView, ProviderDescriptor, Tested } from "../../shared/model/messaging.ts";
import type { ProviderChoice } from "../../shared/model/provider-choice.ts";
import type { FormPart } from "../../shared/rules/readiness.ts";
import type { Route } from "./routes.ts";

export type ServerChange = Extract<DraftChange, { kind: "server" }>;
export type Forms = Readonly<Record<string, MessagingView>>;

/** What stands in the page: the choice, and one form for each provider tried, by provider id. */
export interface Shown {
  /** Null while no provider was chosen. */
  readonly choice: ProviderChoice | null;
  readonly forms: Forms;
}

/** Others were at the same: why, and what is to be settled. While it is not, nothing typed here is given up. */
export interface Meeting {
  readonly why: Extract<Fault, { kind: "draft-changed" | "conflict" }>;
  readonly differences: readonly Difference[];
  /** Secrets and files that went with a draft which another window discarded: this page has kept none, and they are to be entered again. */
  readonly again: readonly Changed[];
  /** The question is on the screen. */
  readonly isAsked: boolean;
}

/** A test or a Sync Again that is running or has ended. */
export interface WorkState {
  readonly kind: "test" | "sync";
  readonly startedAt: number;
  readonly progress: Progress | null;
  /** Rungs in the order they ended. */
  readonly rungs: readonly RungResult[];
  /** What is tested was changed since it began: whatever comes of it says nothing about the form as it stands. */
  readonly outdated: boolean;
  /** Null while it runs. `fault` null: it succeeded. */
  readonly ended: { readonly at: number; readonly fault: Fault | null } | null;
}

export interface EditorState extends Shown {
  readonly phase: "loading" | "ready" | "failed";
  /** Why the editor could not be opened. */
  readonly openFault: Fault | null;
  readonly store: StoreDetail | null;
  readonly providers: readonly ProviderDescriptor[];
  /** Null before the first save. */
  readonly saved: MessagingView | null;
  /** As main last answered it; `choice` and `forms` are this with `pending` on top. */
  readonly known: Shown;
  /** The draft as main last answered it; null when there is none. */
  readonly draft: (DraftMark & { readonly baseRevision: number; readonly updatedAt: number; readonly changes: number }) | null;
  /** Entered here and not yet in the draft, oldest first. */
  readonly pending: readonly DraftChange[];
  /** What this page has put into the draft, oldest first: it can be offered again when another window discards it. */
  readonly entered: readonly DraftChange[];
  /** Secrets and files that this page has put into the draft, by their keys. */
  readonly sealed: readonly Changed[];
  readonly meeting: Meeting | null;
  /** What another window last changed under the person's eyes; empty once they go on. */
  readonly elsewhere: readonly Changed[];
  /** A draft was found when the page opened and the person has not yet said what to do with it. */
  readonly draftOffered: boolean;
  /** The revision a save expects to be the newest. */
  readonly expectedRevision: number;
  readonly autosave: "idle" | "waiting" | "saving";
  readonly autosaveFault: Fault | null;
  /** What keeps the chosen form from being saved, as main last judged it. */
  readonly issues: readonly Issue[];
  /** Parts whose issues the person is told beside the fields: those that were left, and all after an attempt to save. */
  readonly told: readonly FormPart[];
  /** The way back of each change of a server, newest last. */
  readonly serverHistory: readonly ServerChange[];
  readonly test: WorkState | null;
  readonly sync: WorkState | null;
}

export interface SaveOutcome {
  readonly revision: number;
  /** False where there was nothing to save. */
  readonly changed: boolean;
  /** The revision that Undo goes back to. */
  readonly previous: number;
}

/** Where and when an editor is at work. */
export interface EditorPlace {
  readonly now?: () => number;
  /** Tells those who change the draft apart. */
  readonly window?: string;
  /** Where what it works on is shown; an identity store's page where nothing is said. */
  readonly route?: Route;
}

/** The page of an identity store's provider. */
export function pageOf(storeId: string): Route {
  return { page: "store", id: storeId, section: "messaging-system" };
}

export const openingState: EditorState = {
  phase: "loading",
  openFault: null,
  store: null,
  providers: [],
  saved: null,
  choice: null,
  forms: {},
  known: { choice: null, forms: {} },
  draft: null,
  pending: [],
  entered: [],
  sealed: [],
  meeting: null,
  elsewhere: [],
  draftOffered: false,
  expectedRevision: 0,
  autosave: "idle",
  autosaveFault: null,
  issues: [],
  told: [],
  serverHistory: [],
  test: null,
  sync: null,
};

/** What a listing changed: servers that were not there before, and those that are there no longer. */
export interface ListingNews {
  readonly added: number;
  readonly gone: number;
}

export function listingNews(before: readonly ServerEntry[], after: readonly ServerEntry[]): ListingNews {
  const present = (servers: readonly ServerEntry[]) => servers.filter(({ vanished }) => !vanished).map(({ name }) => name);
  const lacking = (names: readonly string[], others: ReadonlySet<string>) => names.filter((name) => !others.has(name)).length;
  const [old, now] = [present(before), present(after)];
  return { added: lacking(now, new Set(old)), gone: lacking(old, new Set(now)) };
}

/** Tells the person from now on what is wrong with these parts. */
export function withTold(state: EditorState, parts: readonly FormPart[]): EditorState {
  return parts.every((part) => state.told.includes(part)) ? state : { ...state, told: [...new Set([...state.told, ...parts])] };
}

/** After a failed look at main: what the form holds stays, with what was typed since. */
export function notOpened(state: EditorState, fault: Fault): EditorState {
  return state.phase === "ready" ? { ...state, openFault: fault } : { ...openingState, phase: "failed", openFault: fault };
}

/** Takes over the issues of a refusal and tells them. Any other fault says nothing about the form. */
export function refused(state: EditorState, fault: Fault, parts: readonly FormPart[]): EditorState {
  return fault.kind === "invalid" ? { ...withTold(state, parts), issues: fault.issues } : state;
}

/** A running test that says nothing about the form any more goes on; one that has ended is gone. */
export function outdated(test: WorkState | null): WorkState | null {
  return test === null || test.ended !== null ? null : { ...test, outdated: true };
}

/** Remembers how the form was tested, without counting as a change. */
export function withTest(state: EditorState, tested: Tested): EditorState {
  const form = currentForm(state);
  return form === null ? state : { ...state, forms: { ...state.forms, [form.provider]: { ...form, tested } } };
}

/** The form of the chosen provider; null while none is chosen. */
export function currentForm(state: EditorState): MessagingView | null {
  return state.choice === null ? null : (state.forms[state.choice.provider] ?? null);
}

/** The descriptor of the chosen provider; null while none is chosen or the store's kind lacks it. */
export function currentDescriptor(state: EditorState): ProviderDescriptor | null {
  return state.providers.find((provider) => provider.id === state.choice?.provider) ?? null;
}

/** Whether the person has a question to answer before the draft is whole. */
export function isUnsettled({ meeting }: EditorState): boolean {
  return meeting !== null && meeting.differences.length > 0;
}

/** Whether something would be lost by discarding the draft. */
export function hasUnsavedChanges(state: EditorState): boolean {
  return (state.draft !== null && state.draft.changes > 0) || state.autosave !== "idle" || state.pending.length > 0;
}
