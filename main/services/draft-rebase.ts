/** A draft over what was saved since it began: what only one side changed stands, what both did is asked, field by field. */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Change, Difference, DraftSight, Picks, Rebased } from "../../shared/model/draft.ts";
import type { MessagingConfiguration } from "../../shared/model/messaging.ts";
import { choiceValue } from "../../shared/rules/choice-value.ts";
import { change } from "../../shared/rules/change.ts";
import { draftKey } from "../../shared/rules/draft-changes.ts";
import { isNamedAlone } from "../../shared/rules/named-server.ts";
import { normalisePriorities, rankedNames } from "../../shared/rules/priority.ts";
import { nameSummary } from "../../shared/rules/server-changes.ts";
import { threeWay } from "../../shared/rules/three-way.ts";
import type { SealedMessaging, StoredDraft } from "../store/types.ts";
import { changedDraft, isSameMessaging, whatBecameOf, withTouch } from "./draft-meeting.ts";
import type { DraftBook } from "./drafts.ts";
import { formChanges } from "./forms.ts";
import type { Foundation } from "./rooms.ts";
import { draftView } from "./views.ts";

/** The key of ticks and priorities as a whole: an order has no parts that could be put together. */
const SERVERS = "servers.priorities";

/** The changes from one form to another, with ticks and priorities as one; what a listing says is nobody's decision. */
function decisions(foundation: Foundation, before: SealedMessaging | null, after: SealedMessaging): Change[] {
  const { provider } = after.configuration;
  const fields = formChanges(foundation.providers, before, after).filter(({ key }) => !key.startsWith("servers."));
  const [old, next] = [before, after].map((form) => nameSummary(form?.configuration.provider === provider ? rankedNames(form.configuration.servers) : []));
  const [all, others] = [before, after].map((form) => (form?.configuration.provider === provider ? rankedNames(form.configuration.servers).join(" ") : ""));
  return all === others ? fields : [...fields, { key: SERVERS, provider, before: old ?? null, after: next ?? null, secret: false }];
}

/** The newer listing, with the ticks and priorities of `order`, and with the servers that stand there by their name alone. */
function withOrder(listing: MessagingConfiguration, order: MessagingConfiguration): MessagingConfiguration {
  const ticks = new Map(order.servers.map(({ name, ticked, priority }) => [name, { ticked, priority }]));
  const listed = new Set(listing.servers.map(({ name }) => name));
  const named = order.servers.filter((entry) => isNamedAlone(entry) && !listed.has(entry.name));
  return { ...listing, servers: normalisePriorities([...listing.servers, ...named].map((entry) => ({ ...entry, ...(ticks.get(entry.name) ?? { ticked: false, priority: null }) }))) };
}

/** `mine` with the fields that are to be theirs. */
function merged(mine: SealedMessaging, theirs: SealedMessaging, isTheirs: (key: string) => boolean): SealedMessaging {
  const pick = <T>(kind: string, own: Readonly<Record<string, T>>, other: Readonly<Record<string, T>>): Record<string, T> => {
    const names = new Set([...Object.keys(own), ...Object.keys(other)]);
    return Object.fromEntries(
      [...names].flatMap((name) => {
        const value = (isTheirs(`${kind}.${name}`) ? other : own)[name];
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  };
  const { configuration: own } = mine;
  const { configuration: other } = theirs;
  const newer = (other.syncedAt ?? 0) > (own.syncedAt ?? 0) ? other : own;
  const { servers, syncedAt, notShown, complete } = withOrder(newer, isTheirs(SERVERS) ? other : own);
  return {
    configuration: { ...own, values: pick("values", own.values, other.values), servers, syncedAt, notShown, complete },
    secrets: pick("secrets", mine.secrets, theirs.secrets),
    certificates: pick("certificates", mine.certificates, theirs.certificates),
  };
}

/** The draft that follows the newest revision, or what has to be picked first. */
function follow(draft: StoredDraft, parts: { readonly base: SealedMessaging | null; readonly mine: SealedMessaging; readonly theirs: SealedMessaging }, picks: Picks, foundation: Foundation): { readonly draft: StoredDraft; readonly taken: readonly string[]; readonly apart: readonly Change[] } {
  const { base, mine, theirs } = parts;
  const between = decisions(foundation, theirs, mine);
  const choices = change("provider", choiceValue(theirs.configuration), choiceValue(mine.configuration));
  const byThem = decisions(foundation, base, theirs);
  const byMe = decisions(foundation, base, mine);
  if (choices.length > 0) {
    // Fields of two providers cannot be put together: one of the two forms stands.
    const isPicked = picks["provider"] !== undefined;
    if (byThem.length > 0 && byMe.length > 0 && !isPicked) return { draft, taken: [], apart: choices };
    const isTheirs = byMe.length === 0 || picks["provider"] === "theirs";
    if (!isTheirs) return { draft, taken: [], apart: [] };
    const { provider, variant } = theirs.configuration;
    return { draft: { ...draft, choice: { provider, variant }, forms: { ...draft.forms, [provider]: theirs } }, taken: ["provider"], apart: [] };
  }
  const found = threeWay(byMe, byThem, between);
  const { provider } = mine.configuration;
  const pickOf = (key: string) => picks[draftKey(provider, key)];
  const apart = found.apart.filter(({ key }) => pickOf(key) === undefined);
  if (apart.length > 0) return { draft, taken: [], apart };
  const isTheirs = (key: string) => found.theirs.has(key) || pickOf(key) === "theirs";
  const taken = between.flatMap(({ key }) => (isTheirs(key) ? [draftKey(provider, key)] : []));
  return { draft: { ...draft, forms: { ...draft.forms, [provider]: merged(mine, theirs, isTheirs) } }, taken, apart: [] };
}

/**
 * Brings the draft over the newest revision. While something is to be picked nothing is written. Fails with `draft-changed` when
 * the draft is not the one that was seen.
 */
export async function rebaseDraft(foundation: Foundation, drafts: DraftBook, storeId: string, sight: DraftSight, picks: Picks): Promise<Result<Rebased>> {
  const open = drafts.chosen(storeId);
  if (!open.ok) return open;
  const { stored, kept, form } = open.value;
  const { store, ports } = foundation;
  const became = await whatBecameOf(store, stored, kept, sight);
  if (became !== null) return fail(became);
  if (kept === null) return fail({ kind: "not-found", what: "draft" });
  if (kept.version !== sight.draft?.version) return fail(changedDraft(kept));
  const theirs = stored.document.messaging;
  // Nobody picked against what was saved after they were asked.
  const isShown = await isSameMessaging(store, stored, sight.revision, stored.revision);
  const base = (await store.identityStores.revisionDocument(storeId, kept.baseRevision))?.messaging ?? null;
  const next = theirs === null ? { draft: kept, taken: [], apart: [] } : follow(kept, { base, mine: form, theirs }, isShown ? picks : {}, foundation);
  const [last] = await store.identityStores.revisions(storeId, { before: null, most: 1, holds: () => true });
  const over = { revision: stored.revision, by: last?.who ?? "", at: stored.updatedAt };
  const apart = next.apart.map((each): Difference => ({ ...each, by: over.by, at: over.at }));
  if (apart.length > 0) return succeed({ draft: draftView(foundation, stored, kept), apart, over });
  const own = { at: ports.clock.now(), by: ports.user, window: sight.window };
  const touched = next.taken.reduce((draft, key) => withTouch(draft, key, own), next.draft);
  const written = await drafts.write(open.value, { ...touched, baseRevision: stored.revision });
  return written.ok ? succeed({ draft: draftView(foundation, stored, written.value), apart: [], over }) : written;
}
