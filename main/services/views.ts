/** What the renderer sees of stores, configurations and drafts: states of secrets, never their values. */
import type { DraftView } from "../../shared/model/draft.ts";
import type { StoreDetail } from "../../shared/model/identity-store.ts";
import type { MessagingView, Tested } from "../../shared/model/messaging.ts";
import type { SealedMessaging, StoredDraft, StoredIdentityStore } from "../store/types.ts";
import { findProvider, formChanges, formIssues } from "./forms.ts";
import type { Foundation } from "./rooms.ts";
import { certificateState, DIRECTORY_PASSWORD, purposeOf, secretState } from "./secrets.ts";

/** A form as the editor shows it; `saved` tells "changed" from "set". */
export function messagingView(foundation: Foundation, form: SealedMessaging, saved: SealedMessaging | null, tested: Tested): MessagingView {
  const { provider } = form.configuration;
  const { vault } = foundation.store;
  const same = saved?.configuration.provider === provider ? saved : null;
  const fields = findProvider(foundation.providers, provider)?.descriptor.fields ?? [];
  const secrets: MessagingView["secrets"] = {};
  const certificates: MessagingView["certificates"] = {};
  for (const { kind, name } of fields) {
    const purpose = purposeOf(provider, name);
    if (kind === "secret") secrets[name] = secretState(vault, purpose, form.secrets[name], same?.secrets[name]);
    if (kind === "certificate") certificates[name] = certificateState(vault, purpose, form.certificates[name], same?.certificates[name]);
  }
  return { ...form.configuration, secrets, certificates, tested };
}

/**
 * A draft with the number of fields that differ from what is saved, and what keeps it from being saved. Of its forms all, or
 * those alone that are `wanted`.
 */
export function draftView(foundation: Foundation, stored: StoredIdentityStore, draft: StoredDraft, wanted: ReadonlySet<string> | null = null): DraftView {
  const saved = stored.document.messaging;
  const forms = Object.entries(draft.forms).filter(([id]) => wanted?.has(id) ?? true).map(([id, form]) => {
    const tested: Tested = id === draft.choice.provider ? draft.tested : { state: "untested" };
    return [id, messagingView(foundation, form, saved, tested)] as const;
  });
  const chosen = draft.forms[draft.choice.provider];
  return {
    id: draft.id,
    version: draft.version,
    choice: draft.choice,
    tested: draft.tested,
    forms: Object.fromEntries(forms),
    baseRevision: draft.baseRevision,
    updatedAt: draft.updatedAt,
    changes: chosen === undefined ? 0 : formChanges(foundation.providers, saved, chosen).length,
    issues: chosen === undefined ? [] : formIssues(foundation, chosen, stored.document.connection),
  };
}

/** A store with its connection. */
export function storeDetail(foundation: Foundation, stored: StoredIdentityStore): StoreDetail {
  const { name, connection, directoryPassword } = stored.document;
  const reference = directoryPassword ?? undefined;
  return {
    id: stored.id,
    name,
    connection,
    directoryPassword: secretState(foundation.store.vault, DIRECTORY_PASSWORD, reference, reference),
    revision: stored.revision,
  };
}
