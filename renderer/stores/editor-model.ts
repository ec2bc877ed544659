/** What the editor holds in the renderer, and the pure steps between one picture of it and the next. */
import type { Fault, Issue } from "../../shared/fault.ts";
import type { Progress } from "../../shared/contract/progress.ts";
import type { DraftContent, DraftView } from "../../shared/model/draft.ts";
import type { StoreDetail } from "../../shared/model/identity-store.ts";
import type { RungResult, ServerEntry } from "../../shared/model/mail-server.ts";
import type { EditorState as OpenedEditor } from "../../shared/contract/editor.ts";
import type { FieldValue, MessagingView, ProviderDescriptor, ProviderEntry, Tested } from "../../shared/model/messaging.ts";
import type { ProviderChoice } from "../../shared/model/provider-choice.ts";
import type { FormPart } from "../../shared/rules/readiness.ts";

export type Forms = Readonly<Record<string, MessagingView>>;

/** A test or a Sync Again that is running or has ended. */
export interface WorkState {
  readonly kind: "test" | "sync";
  readonly startedAt: number;
  readonly progress: Progress | null;
  /** Rungs in the order they ended. */
  readonly rungs: readonly RungResult[];
  /** Null while it runs. `fault` null: it succeeded. */
  readonly ended: { readonly at: number; readonly fault: Fault | null } | null;
}

export interface EditorState {
  readonly phase: "loading" | "ready" | "failed";
  /** Why the editor could not be opened. */
  readonly openFault: Fault | null;
  readonly store: StoreDetail | null;
  readonly providers: readonly ProviderDescriptor[];
  /** Null before the first save. */
  readonly saved: MessagingView | null;
  /** Null while no provider was chosen. */
  readonly choice: ProviderChoice | null;
  /** One form for each provider tried, by provider id. */
  readonly forms: Forms;
  /** The draft as main last answered it; null when there is none. */
  readonly draft: { readonly baseRevision: number; readonly updatedAt: number; readonly changes: number } | null;
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
  /** Server lists before each priority change, newest last. */
  readonly serverHistory: readonly (readonly ServerEntry[])[];
  readonly test: WorkState | null;
  readonly sync: WorkState | null;
}

export const openingState: EditorState = {
  phase: "loading",
  openFault: null,
  store: null,
  providers: [],
  saved: null,
  choice: null,
  forms: {},
  draft: null,
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

function draftFacts(view: DraftView): NonNullable<EditorState["draft"]> {
  return { baseRevision: view.baseRevision, updatedAt: view.updatedAt, changes: view.changes };
}

/** The state after `editor.open` answered. A draft wins over the saved configuration and is offered. */
export function opened(answer: OpenedEditor): EditorState {
  const { saved, draft } = answer;
  const savedForms: Forms = saved === null ? {} : { [saved.provider]: saved };
  const savedChoice = saved === null ? null : { provider: saved.provider, variant: saved.variant };
  return {
    ...openingState,
    phase: "ready",
    store: answer.store,
    providers: answer.providers,
    saved,
    choice: draft?.choice ?? savedChoice,
    forms: draft === null ? savedForms : { ...savedForms, ...draft.forms },
    draft: draft === null ? null : draftFacts(draft),
    draftOffered: draft !== null && draft.changes > 0,
    issues: draft?.issues ?? [],
    expectedRevision: draft?.baseRevision ?? answer.store.revision,
  };
}

/** A new form of a provider; main fills in the values that its provider suggests. */
export function emptyForm(entry: ProviderEntry): MessagingView {
  return {
    provider: entry.provider,
    variant: entry.variant,
    values: {},
    servers: [],
    syncedAt: null,
    notShown: [],
    complete: true,
    secrets: {},
    certificates: {},
    tested: { state: "untested" },
  };
}

/** Chooses an entry of the drop-down. The provider's form is kept; another variant has not been listed yet. */
export function chosen(state: EditorState, entry: ProviderEntry): EditorState {
  const before = state.forms[entry.provider];
  const form: MessagingView =
    before === undefined
      ? emptyForm(entry)
      : before.variant === entry.variant
        ? before
        : { ...before, variant: entry.variant, syncedAt: null, notShown: [], complete: true, tested: { state: "untested" } };
  return {
    ...state,
    choice: { provider: entry.provider, variant: entry.variant },
    forms: { ...state.forms, [entry.provider]: form },
    issues: [],
    told: [],
    serverHistory: [],
    test: null,
    sync: null,
  };
}

/** Changes the chosen provider's form. Nothing happens while no provider is chosen. */
export function edited(state: EditorState, change: (form: MessagingView) => MessagingView): EditorState {
  const form = currentForm(state);
  if (form === null) return state;
  return { ...state, draftOffered: false, forms: { ...state.forms, [form.provider]: change(form) } };
}

/** Sets one value; the configuration counts as untested, and the field's refusal waits for main's next judgement. */
export function withValue(state: EditorState, field: string, value: FieldValue): EditorState {
  const next = edited(state, (form) => ({ ...form, values: { ...form.values, [field]: value }, tested: { state: "untested" } }));
  return { ...next, issues: next.issues.filter((issue) => !issue.path.includes(field)) };
}

/**
 * What autosave sends: every form that holds something, without secrets; main makes the others from the provider's
 * suggestions. Null while no provider is chosen.
 */
export function draftContent(state: EditorState): DraftContent | null {
  if (state.choice === null) return null;
  const forms = Object.fromEntries(
    Object.entries(state.forms)
      .filter(([, form]) => Object.keys(form.values).length > 0 || form.servers.length > 0)
      .map(([id, { provider, variant, values, servers, syncedAt, notShown, complete }]) => [
      id,
      { provider, variant, values, servers, syncedAt, notShown, complete },
    ]),
  );
  return { choice: state.choice, forms };
}

/** Main's servers where they differ, such as after a change of version; the same objects where they do not. */
function listingOf(answer: MessagingView, local: MessagingView): Pick<MessagingView, "servers" | "syncedAt" | "notShown" | "complete"> {
  const { servers, syncedAt, notShown, complete } = answer;
  const same = JSON.stringify(servers) === JSON.stringify(local.servers);
  return { servers: same ? local.servers : servers, syncedAt, notShown, complete };
}

/**
 * Takes over main's answer to an autosave. What the person typed stays as typed; values main filled in, secrets,
 * certificates and, when nothing was edited meanwhile, the issues and the test result come from the answer.
 */
export function adopted(state: EditorState, view: DraftView, editedMeanwhile: boolean): EditorState {
  const forms: Record<string, MessagingView> = { ...state.forms };
  for (const [id, answer] of Object.entries(view.forms)) {
    const local = forms[id];
    forms[id] =
      local === undefined
        ? answer
        : {
            ...local,
            values: { ...answer.values, ...local.values },
            ...(editedMeanwhile ? {} : listingOf(answer, local)),
            secrets: answer.secrets,
            certificates: answer.certificates,
            tested: editedMeanwhile ? local.tested : answer.tested,
          };
  }
  return { ...state, forms, draft: draftFacts(view), issues: editedMeanwhile ? state.issues : view.issues };
}

/** Takes over a listing: the servers of the synced form are main's now. */
export function listed(state: EditorState, view: DraftView): EditorState {
  const next = adopted(state, view, false);
  const id = view.choice.provider;
  const answer = view.forms[id];
  const local = next.forms[id];
  if (answer === undefined || local === undefined) return next;
  const form = { ...local, servers: answer.servers, syncedAt: answer.syncedAt, notShown: answer.notShown, complete: answer.complete };
  return { ...next, draftOffered: false, serverHistory: [], forms: { ...next.forms, [id]: form } };
}

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

/** Whether something would be lost by discarding the draft. */
export function hasUnsavedChanges(state: EditorState): boolean {
  return (state.draft !== null && state.draft.changes > 0) || state.autosave !== "idle";
}
