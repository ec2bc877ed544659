/** Sets a messaging configuration as a person would in the editor: draft, secrets, certificates, save. */
import path from "node:path";
import { CERTIFICATE_FILE_LIMIT } from "../../../shared/model/certificate.ts";
import type { ServerEntry } from "../../../shared/model/mail-server.ts";
import type { MessagingConfiguration } from "../../../shared/model/messaging.ts";
import { readLimited } from "../shared/read-limited.ts";
import type { MessagingDocument } from "./store-document.ts";
import { take } from "./take.ts";
import { VerbFailure, type ConsoleClient } from "./verb.ts";

export interface MessagingChange {
  readonly document: MessagingDocument;
  /** By field name. The empty text clears. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Unsaved work of a person is thrown away instead of refused. */
  readonly discardDraft: boolean;
}

/** Saves the change as one revision and answers its number. Fails with `unsaved-work` when a draft is in the way. */
export async function applyMessaging(client: ConsoleClient, storeId: string, change: MessagingChange): Promise<number> {
  const { document, secrets, discardDraft } = change;
  const state = take(await client.editor.open({ storeId }));
  if (state.draft !== null) {
    if (!discardDraft) throw new VerbFailure({ kind: "unsaved-work" });
    take(await client.editor.discardDraft({ storeId }));
  }
  const saved = state.saved?.provider === document.provider ? state.saved : null;
  const configuration: MessagingConfiguration = {
    provider: document.provider,
    variant: document.variant,
    values: { ...saved?.values, ...document.values },
    servers: document.servers === undefined ? (saved?.servers ?? []) : mergeServers(saved?.servers ?? [], document.servers),
    syncedAt: saved?.syncedAt ?? null,
    notShown: saved?.notShown ?? [],
    complete: saved?.complete ?? true,
  };
  const choice = { provider: document.provider, variant: document.variant };
  take(await client.editor.saveDraft({ storeId, draft: { choice, forms: { [document.provider]: configuration } } }));
  try {
    for (const [field, value] of secrets) {
      take(await client.editor.setSecret({ storeId, provider: document.provider, field, value: value === "" ? null : value }));
    }
    for (const [field, file] of Object.entries(document.certificates)) {
      take(await client.editor.setCertificate({ storeId, provider: document.provider, field, file: await hold(client, file) }));
    }
    return take(await client.editor.save({ storeId, expectedRevision: state.store.revision })).revision;
  } catch (error) {
    // Nobody sees a draft that the command line left behind, but it would stand in the next one's way.
    await client.editor.discardDraft({ storeId });
    throw error;
  }
}

/** Ticks by name and priority; what the document does not name stays listed, unticked. Priorities become gapless. */
export function mergeServers(listed: readonly ServerEntry[], wanted: NonNullable<MessagingDocument["servers"]>): ServerEntry[] {
  const ticked = wanted
    .flatMap(({ name, priority }) => (priority === null ? [] : [{ name, priority }]))
    .toSorted((one, other) => one.priority - other.priority)
    .map(({ name }) => name);
  const known = new Map(listed.map((entry) => [entry.name, entry]));
  const names = new Set([...known.keys(), ...wanted.map(({ name }) => name)]);
  return [...names].map((name) => {
    const place = ticked.indexOf(name);
    const entry = known.get(name) ?? { name, version: null, build: null, roles: [], site: null, vanished: false };
    return { ...entry, ticked: place !== -1, priority: place === -1 ? null : place + 1 };
  });
}

async function hold(client: ConsoleClient, file: string): Promise<string> {
  const bytes = take(await readLimited(file, CERTIFICATE_FILE_LIMIT));
  if (bytes.length > CERTIFICATE_FILE_LIMIT) throw new VerbFailure({ kind: "unreadable", what: "too-large", detail: file });
  return take(await client.files.upload({ name: path.basename(file), base64: Buffer.from(bytes).toString("base64") })).file;
}
