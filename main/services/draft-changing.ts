/** Changes of a draft, made one by one: each is held against what others changed since it was entered. */
import type { Difference, DraftChange, DraftSight } from "../../shared/model/draft.ts";
import { choiceValue } from "../../shared/rules/choice-value.ts";
import { valueText } from "../../shared/rules/changes.ts";
import { changedForm, changeKey, draftKey, isSameValue, serverStep, type FieldChange } from "../../shared/rules/draft-changes.ts";
import { parseServerName } from "../../shared/rules/named-server.ts";
import { priorityOf } from "../../shared/rules/server-changes.ts";
import type { DraftTouch, SealedMessaging, StoredDraft } from "../store/types.ts";
import { changedBy, withTouch } from "./draft-meeting.ts";
import type { OpenDraft } from "./drafts.ts";
import { findProvider, newForm, readValues, valueNames } from "./forms.ts";
import type { Foundation } from "./rooms.ts";

export interface Changed {
  readonly draft: StoredDraft;
  /** Forms of which more was made than the changes alone say. */
  readonly touched: ReadonlySet<string>;
  readonly refused: readonly Difference[];
}

/** What a change would do: nothing, something, or something that is no longer possible. */
type Step = { readonly form: SealedMessaging; readonly before: string | null; readonly after: string | null } | "nothing" | "impossible";

function stepOf(form: SealedMessaging, change: FieldChange): Step {
  const { configuration } = form;
  const made = (before: string | null, after: string | null): Step => ({ form: { ...form, configuration: changedForm(configuration, change) }, before, after });
  if (change.kind === "value") {
    const before = configuration.values[change.field];
    return isSameValue(before, change.value) ? "nothing" : made(valueText(before), valueText(change.value));
  }
  const step = serverStep(configuration.servers, change.name, change.to);
  return typeof step === "string" ? step : made(priorityOf(step.before), priorityOf(step.after));
}

/** A page names servers as they are listed, and of providers that have several. */
function isServerOf(provider: ReturnType<typeof findProvider>, { name, to }: Extract<FieldChange, { kind: "server" }>): boolean {
  if (to !== "named") return true;
  const read = parseServerName(name);
  return provider?.descriptor.servers === "priority" && read.ok && read.value === name;
}

function difference(key: string, provider: string | null, before: string | null, after: string | null, touch: DraftTouch | null): Difference {
  return { key, provider, before, after, secret: false, by: touch?.by ?? null, at: touch?.at ?? null };
}

/** Makes the changes in their order. One that stands against another window's is refused, with both values. */
export function changeDraft({ providers, ports }: Foundation, { stored, draft: from }: OpenDraft, sight: DraftSight, changes: readonly DraftChange[]): Changed {
  const touched = new Set<string>();
  const refused: Difference[] = [];
  const own = { at: ports.clock.now(), by: ports.user, window: sight.window };

  const choose = (draft: StoredDraft, { provider, variant, seen }: Extract<DraftChange, { kind: "choice" }>): StoredDraft => {
    touched.add(provider);
    const [theirs, mine] = [choiceValue(draft.choice), choiceValue({ provider, variant })];
    if (theirs === mine) return draft;
    const other = changedBy(draft, "provider", sight.window, seen);
    if (other === null) return withTouch({ ...draft, choice: { provider, variant } }, "provider", own);
    refused.push(difference("provider", null, theirs, mine, other));
    return draft;
  };

  const enter = (draft: StoredDraft, typed: FieldChange): StoredDraft => {
    const provider = findProvider(providers, typed.provider);
    const isField = typed.kind === "server" ? isServerOf(provider, typed) : provider?.descriptor.fields.flatMap(valueNames).includes(typed.field) === true;
    if (provider === null || !isField) {
      touched.add(typed.provider);
      return draft;
    }
    // The page keeps what was typed as it was typed: a blank may be followed by a word.
    const change = typed.kind === "server" ? typed : { ...typed, value: readValues(provider.descriptor, { [typed.field]: typed.value })[typed.field] ?? null };
    const known = draft.forms[change.provider];
    if (known === undefined) touched.add(change.provider);
    const variant = draft.choice.provider === change.provider ? draft.choice.variant : (provider.descriptor.entries[0]?.variant ?? null);
    const step = stepOf(known ?? newForm(provider, variant, stored.document.connection), change);
    if (step === "nothing") return draft;
    if (step === "impossible") {
      if (change.kind === "server") refused.push(difference(`servers.${change.name}.listed`, change.provider, "vanished", "listed", null));
      return draft;
    }
    const key = changeKey(change);
    const other = changedBy(draft, key, sight.window, change.seen);
    if (other === null) return withTouch({ ...draft, forms: { ...draft.forms, [change.provider]: step.form } }, key, own);
    refused.push(difference(key.slice(draftKey(change.provider, "").length), change.provider, step.before, step.after, other));
    return draft;
  };

  const draft = changes.reduce((made, change) => (change.kind === "choice" ? choose(made, change) : enter(made, change)), from);
  return { draft, touched, refused };
}
