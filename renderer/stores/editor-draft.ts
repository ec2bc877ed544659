/** The draft in the page: what main last answered, what was entered on top of it, and what both come to. */
import type { Changed } from "../../shared/fault.ts";
import type { EditorState as OpenedEditor } from "../../shared/contract/editor.ts";
import type { Difference, DraftAnswer, DraftChange, DraftMark, DraftView, Picks } from "../../shared/model/draft.ts";
import type { FieldValue, MessagingView } from "../../shared/model/messaging.ts";
import type { ProviderChoice } from "../../shared/model/provider-choice.ts";
import { choiceValue } from "../../shared/rules/choice-value.ts";
import { changedForm, changeKey, draftKey, isSameValue, serverStep, type ServerPlace, type ServerStep } from "../../shared/rules/draft-changes.ts";
import { valueText } from "../../shared/rules/changes.ts";
import { rankedNames } from "../../shared/rules/priority.ts";
import { priorityOf } from "../../shared/rules/server-changes.ts";
import { currentForm, openingState, outdated, type EditorState, type Forms, type Meeting, type ServerChange, type Shown } from "./editor-model.ts";

const UNTESTED = { state: "untested" } as const;
const UNDO_DEPTH = 50;

/** A new form of a provider; main fills in the values that its provider suggests. */
export function emptyForm({ provider, variant }: ProviderChoice): MessagingView {
  return { provider, variant, values: {}, servers: [], syncedAt: null, notShown: [], complete: true, secrets: {}, certificates: {}, tested: UNTESTED };
}

function chosenForm(before: MessagingView | undefined, choice: ProviderChoice): MessagingView {
  if (before === undefined) return emptyForm(choice);
  if (before.variant === choice.variant) return before;
  return { ...before, variant: choice.variant, servers: [], syncedAt: null, notShown: [], complete: true, tested: UNTESTED };
}

/** What stands in the page after one more change. */
function withChange(shown: Shown, change: DraftChange): Shown {
  if (change.kind === "choice") {
    const choice = { provider: change.provider, variant: change.variant };
    return { choice, forms: { ...shown.forms, [choice.provider]: chosenForm(shown.forms[choice.provider], choice) } };
  }
  const form = changedForm(shown.forms[change.provider] ?? emptyForm({ provider: change.provider, variant: null }), change);
  return { ...shown, forms: { ...shown.forms, [change.provider]: change.kind === "value" ? { ...form, tested: UNTESTED } : form } };
}

function draftFacts({ id, version, baseRevision, updatedAt, changes }: DraftView): NonNullable<EditorState["draft"]> {
  return { id, version, baseRevision, updatedAt, changes };
}

/** What main answers of a draft, over what is saved. */
function shownBy(draft: DraftView | null, saved: MessagingView | null): Shown {
  const forms: Forms = saved === null ? {} : { [saved.provider]: saved };
  if (draft === null) return { choice: saved === null ? null : { provider: saved.provider, variant: saved.variant }, forms };
  return { choice: draft.choice, forms: { ...forms, ...draft.forms } };
}

/** The picture with `pending` on top of what is known. */
function onTop(known: Shown, pending: readonly DraftChange[]): Pick<EditorState, "known" | "choice" | "forms" | "pending"> {
  const { choice, forms } = pending.reduce(withChange, known);
  return { known, choice, forms, pending };
}

/** The state after `editor.open` answered. A draft wins over the saved configuration; one that was not begun here is offered. */
export function opened(answer: OpenedEditor, before: EditorState): EditorState {
  const { saved, draft } = answer;
  const isSame = draft !== null && draft.id === before.draft?.id;
  return {
    ...openingState,
    ...onTop(shownBy(draft, saved), before.pending),
    phase: "ready",
    store: answer.store,
    providers: answer.providers,
    saved,
    draft: draft === null ? null : draftFacts(draft),
    draftOffered: draft !== null && draft.changes > 0 && !isSame && before.pending.length === 0,
    entered: isSame ? before.entered : [],
    sealed: isSame ? before.sealed : [],
    meeting: upToDate(before.meeting, shownBy(draft, saved), before.pending),
    issues: draft?.issues ?? [],
    told: before.told,
    test: before.test,
    sync: before.sync,
    serverHistory: isSame ? before.serverHistory : [],
    expectedRevision: draft?.baseRevision ?? answer.store.revision,
  };
}

/** The version over which something is entered now, if nothing was entered before about the same. */
function seenOf(state: EditorState, key: string): number {
  return state.pending.find((change) => changeKey(change) === key)?.seen ?? state.draft?.version ?? 0;
}

/** Takes one more change in. Of two values of one field the later one counts. */
function entered(state: EditorState, change: DraftChange): EditorState {
  const key = changeKey(change);
  const others = change.kind === "server" ? state.pending : state.pending.filter((other) => changeKey(other) !== key);
  const meeting = state.meeting === null ? null : { ...state.meeting, differences: state.meeting.differences.map((each) => withMine(each, key, change)) };
  return { ...state, ...withChange(state, change), pending: [...others, change], meeting, draftOffered: false };
}

/** A difference shows what one has typed since. */
function withMine(difference: Difference, key: string, change: DraftChange): Difference {
  if (change.kind !== "value" || draftKey(difference.provider, difference.key) !== key) return difference;
  return { ...difference, after: valueText(change.value) };
}

/** Chooses an entry of the drop-down. The provider's form is kept; another variant has not been listed yet. */
export function chosen(state: EditorState, { provider, variant }: ProviderChoice): EditorState {
  const next = entered(state, { kind: "choice", provider, variant, seen: seenOf(state, "provider") });
  return { ...next, issues: [], told: [], serverHistory: [], test: null, sync: null };
}

/** Sets one value; the configuration counts as untested, and the field's refusal waits for main's next judgement. */
export function withValue(state: EditorState, field: string, value: FieldValue): EditorState {
  const provider = state.choice?.provider;
  if (provider === undefined) return state;
  const seen = seenOf(state, draftKey(provider, `values.${field}`));
  const next = entered(state, { kind: "value", provider, field, value, seen });
  return { ...next, test: outdated(next.test), issues: next.issues.filter((issue) => !issue.path.includes(field)) };
}

/** What puts a server back where it was. One that was taken out of the list comes in again behind the others. */
function wayBack({ before, after }: ServerStep): ServerPlace {
  if (before === undefined) return "unnamed";
  return after === undefined ? "named" : (before.priority ?? "none");
}

/** Gives a server a priority, takes its tick, or names one that is not listed. The same state where that changes nothing. */
export function withServer(state: EditorState, name: string, to: ServerPlace): EditorState {
  const form = currentForm(state);
  if (form === null) return state;
  const step = serverStep(form.servers, name, to);
  if (typeof step === "string") return state;
  const { provider } = form;
  const seen = seenOf(state, draftKey(provider, `servers.${name}.priority`));
  const back: ServerChange = { kind: "server", provider, name, to: wayBack(step), seen };
  const next = entered(state, { kind: "server", provider, name, to, seen });
  return { ...next, serverHistory: [...state.serverHistory, back].slice(-UNDO_DEPTH) };
}

/**
 * Goes one change of a server back, over whatever else others did to the list. It counts as entered when the change was: one who
 * has moved the same server since is not written over.
 */
export function undone(state: EditorState): EditorState {
  const back = state.serverHistory.at(-1);
  return back === undefined ? state : { ...entered(state, back), serverHistory: state.serverHistory.slice(0, -1) };
}

function isRefused(state: Pick<EditorState, "meeting">, change: DraftChange): boolean {
  return state.meeting?.differences.some((each) => draftKey(each.provider, each.key) === changeKey(change)) ?? false;
}

/** What may go to main: everything entered that waits for no answer of the person. */
export function sendable(state: EditorState): readonly DraftChange[] {
  return state.pending.filter((change) => !isRefused(state, change));
}

/** The way the chosen form differs from what it was, as keys. */
function changedKeys(before: Shown, after: Shown): readonly Changed[] {
  const provider = after.choice?.provider ?? null;
  if (provider === null) return [];
  if (before.choice !== null && after.choice !== null && choiceValue(before.choice) !== choiceValue(after.choice)) return [{ key: "provider", provider: null }];
  const [old, next] = [before.forms[provider], after.forms[provider]];
  if (old === undefined || next === undefined || old === next) return [];
  const differ = <T>(kind: string, one: Readonly<Record<string, T>>, other: Readonly<Record<string, T>>) =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name])).map((name) => ({ key: `${kind}.${name}`, provider }));
  const order = rankedNames(old.servers).join(" ") === rankedNames(next.servers).join(" ") ? [] : [{ key: "servers.priorities", provider }];
  return [...differ("values", old.values, next.values), ...differ("secrets", old.secrets, next.secrets), ...differ("certificates", old.certificates, next.certificates), ...order];
}

/** Rows of servers that say the same keep their objects, so that they are not drawn again. */
function sameObjects({ choice, forms }: Shown, before: Forms): Shown {
  const kept = Object.entries(forms).map(([id, form]) => {
    const entries = new Map(before[id]?.servers.map((entry) => [entry.name, entry]));
    const servers = form.servers.map((entry) => {
      const old = entries.get(entry.name);
      return old !== undefined && JSON.stringify(old) === JSON.stringify(entry) ? old : entry;
    });
    return [id, { ...form, servers }] as const;
  });
  return { choice, forms: Object.fromEntries(kept) };
}

/** What was sent, over which draft, and what of it main may have changed besides: that is no news from another window. */
export interface Sent {
  readonly changes: readonly DraftChange[];
  readonly over: DraftMark | null;
  readonly besides?: RegExp;
  /** What of it this page has done earlier, without an answer. */
  readonly isOwn?: (changed: Changed, known: Shown) => boolean;
}

/** What is known now, with the objects of before wherever they say the same. */
function knownBy(answer: DraftAnswer & { readonly draft: DraftView }, before: EditorState, made: readonly DraftChange[], isLast: boolean): Shown {
  const { draft, whole } = answer;
  if (whole) return sameObjects(shownBy(draft, before.saved), before.known.forms);
  const mine = isLast ? { choice: before.choice, forms: before.forms } : made.reduce(withChange, before.known);
  const form = mine.forms[draft.choice.provider];
  const tested = form === undefined ? {} : { [draft.choice.provider]: { ...form, tested: draft.tested } };
  return { choice: draft.choice, forms: { ...mine.forms, ...tested, ...draft.forms } };
}

/**
 * Takes over main's answer to what was sent. What was typed meanwhile stays on top; what was refused waits for the person. An
 * answer that is older than what is known already only says what was made.
 */
export function answered(state: EditorState, answer: DraftAnswer, { changes: sent, over, besides, isOwn }: Sent): EditorState {
  const refused = new Set(answer.refused.map((each) => draftKey(each.provider, each.key)));
  const gone = new Set(answer.refused.map((each) => draftKey(each.provider, each.key.replace(/\.listed$/, ".priority"))));
  const made = sent.filter((change) => !gone.has(changeKey(change)));
  const pending = state.pending.filter((change) => !sent.includes(change) || refused.has(changeKey(change)));
  const told = { ...state, meeting: withRefused(state.meeting, answer.refused), entered: [...state.entered.filter((change) => change.kind === "server" || !made.some((other) => changeKey(other) === changeKey(change))), ...made] };
  const { draft } = answer;
  if (draft === null || (state.draft?.id === draft.id && draft.version < state.draft.version)) return { ...told, ...onTop(state.known, pending) };
  // Without all forms it goes on from what was sent to it, and from nothing else.
  if (!answer.whole && (state.draft?.version ?? 0) !== (over?.version ?? 0)) return { ...told, ...onTop(state.known, pending) };
  const known = knownBy({ ...answer, draft }, state, made, pending.length === 0 && answer.refused.length === 0);
  const news = answer.whole ? changedKeys(made.reduce(withChange, state.known), known) : [];
  const elsewhere = news.filter(({ key, provider }) => !refused.has(draftKey(provider, key)) && besides?.test(key) !== true && isOwn?.({ key, provider }, known) !== true);
  return {
    ...told,
    ...onTop(known, pending),
    draft: draftFacts(draft),
    expectedRevision: draft.baseRevision,
    issues: pending.length === 0 ? draft.issues : state.issues,
    meeting: upToDate(told.meeting, known, pending),
    elsewhere: [...state.elsewhere.filter((old) => !elsewhere.some((news) => isOf(news, old))), ...elsewhere],
    test: elsewhere.some(({ key }) => !key.startsWith("servers.")) ? outdated(state.test) : state.test,
  };
}

const isOf = (one: Changed, other: Changed) => one.key === other.key && one.provider === other.provider;

/**
 * What is asked, with theirs as it stands now: nobody chooses against something that is no longer there. What both have come to
 * the same in is no question any more.
 */
function upToDate(meeting: Meeting | null, known: Shown, pending: readonly DraftChange[]): Meeting | null {
  if (meeting === null) return null;
  const differences = meeting.differences.flatMap((each): Difference[] => {
    const mine = pending.findLast((change) => changeKey(change) === draftKey(each.provider, each.key));
    if (mine === undefined) return [each];
    const now = apart(known, mine);
    if (now === null) return [];
    return now.before === each.before ? [{ ...each, after: now.after }] : [now];
  });
  return differences.length === 0 && meeting.differences.length > 0 ? null : { ...meeting, differences };
}

function withRefused(meeting: Meeting | null, refused: readonly Difference[]): Meeting | null {
  const [first] = refused;
  if (first === undefined) return meeting;
  const why = { kind: "draft-changed", how: "changed", by: first.by, at: first.at, revision: null } as const;
  const others = meeting?.differences.filter((each) => !refused.some((other) => isOf(other, each))) ?? [];
  return { why: meeting?.why ?? why, differences: [...others, ...refused], again: meeting?.again ?? [], isAsked: meeting?.isAsked ?? false };
}

/** One's own change against what stands now; null where both say the same. */
export function apart(shown: Shown, change: DraftChange): Difference | null {
  const nobody = { secret: false, by: null, at: null };
  if (change.kind === "choice") {
    const [before, after] = [shown.choice === null ? null : choiceValue(shown.choice), choiceValue(change)];
    return before === after ? null : { key: "provider", provider: null, before, after, ...nobody };
  }
  const form = shown.forms[change.provider];
  if (change.kind === "value") {
    const before = form?.values[change.field];
    return isSameValue(before, change.value) ? null : { key: `values.${change.field}`, provider: change.provider, before: valueText(before), after: valueText(change.value), ...nobody };
  }
  const step = form === undefined ? "impossible" : serverStep(form.servers, change.name, change.to);
  if (step === "nothing") return null;
  if (step === "impossible") return { key: `servers.${change.name}.listed`, provider: change.provider, before: "vanished", after: "listed", ...nobody };
  const [before, after] = [priorityOf(step.before), priorityOf(step.after)];
  return before === after ? null : { key: `servers.${change.name}.priority`, provider: change.provider, before, after, ...nobody };
}

/**
 * The draft that was shown is gone. What was entered here is kept and offered, over what stands now: what no save took over, or
 * everything when the draft was discarded. `lost` are secrets and files, which the page has not kept.
 */
export function afterGone(before: EditorState, answer: OpenedEditor, why: Meeting["why"], lost: readonly Difference[]): EditorState {
  const isDiscarded = why.kind === "draft-changed" && why.how === "discarded";
  const kept = [...(isDiscarded ? before.entered : []), ...before.pending];
  const last = kept.filter((change, index) => kept.findLastIndex((other) => changeKey(other) === changeKey(change)) === index);
  const shown = shownBy(answer.draft, answer.saved);
  const differences = last.flatMap((change) => apart(shown, change) ?? []);
  const pending = last.filter((change) => differences.some((each) => draftKey(each.provider, each.key) === changeKey(change)));
  return opened(answer, { ...before, pending, entered: [], serverHistory: [], test: outdated(before.test), meeting: { why, differences: [...differences, ...lost], again: isDiscarded ? before.sealed.filter((each) => !lost.some((held) => isOf(held, each))) : [], isAsked: false } });
}

/** Settles what was asked: theirs is taken over what was typed here, mine is entered anew over what stands now. */
export function settled(state: EditorState, picks: Picks): EditorState {
  const pending = state.pending.flatMap((change) => {
    if (!isRefused(state, change)) return [change];
    return picks[changeKey(change)] === "theirs" ? [] : [{ ...change, seen: state.draft?.version ?? 0 }];
  });
  return { ...state, meeting: null, ...onTop(state.known, pending) };
}

