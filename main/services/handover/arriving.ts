/** What a store of a bundle makes of one that is here, or of none. Nothing is written. */
import { type Issue } from "../../../shared/fault.ts";
import type { BundledStore } from "../../../shared/model/bundle.ts";
import type { Change } from "../../../shared/model/draft.ts";
import type { StoreConnection } from "../../../shared/model/identity-store.ts";
import { DIRECTORY_SECRET, messagingSecret, type WrittenMessaging } from "../../../shared/model/written-document.ts";
import { readConnection } from "../../../shared/rules/connection.ts";
import { textIssue } from "../../../shared/rules/plain-text.ts";
import type { SealedMessaging, StoreDocument } from "../../store/types.ts";
import { planMessaging } from "../document-messaging.ts";
import type { PlannedDocument } from "../document-sealing.ts";
import { messagingSecrets, planDirectoryPassword } from "../document-secrets.ts";
import { documentChanges, findProvider, knownValues } from "../forms.ts";
import { PendingSecrets } from "../pending-secrets.ts";
import type { Foundation } from "../rooms.ts";

export interface Arrival {
  readonly planned: PlannedDocument;
  readonly changes: readonly Change[];
  /** Secrets that are to be entered before it can be used, by name. */
  readonly missing: readonly string[];
  /** What else is wrong. With any, it is not imported. */
  readonly issues: readonly Issue[];
}

export async function planArrival(foundation: Foundation, before: StoreDocument | null, carried: BundledStore): Promise<Arrival> {
  const { store, providers } = foundation;
  const pending = new PendingSecrets();
  const read = readConnection(carried.connection);
  const connection = read.ok ? read.value : carried.connection;
  const kindIssue: Issue[] = before !== null && before.connection.kind !== connection.kind ? [{ path: ["connection", "kind"], code: "kind-is-fixed" }] : [];
  const named = textIssue(["name"], carried.name);
  const blank: StoreDocument = { name: carried.name, connection, directoryPassword: null, messaging: null };
  const directory = planDirectoryPassword({ vault: store.vault, pending }, before ?? blank, connection, carried.secrets[DIRECTORY_SECRET] ?? undefined);
  const messaging = await planForm(foundation, before, { carried, connection }, pending);
  const all = [...(read.ok || read.fault.kind !== "invalid" ? [] : read.fault.issues), ...kindIssue, ...(named === null ? [] : [named]), ...directory.issues, ...messaging.issues];
  // A store that works here would lose the password it signs in with: only a new one waits for it.
  const lacking = (issue: Issue) => (before !== null && directory.issues.includes(issue) ? null : lackingSecret(issue, carried));
  const lacks = all.flatMap((issue) => lacking(issue) ?? []);
  const ownIsMissing = carried.secrets[DIRECTORY_SECRET] === null && directory.reference === null;
  const document = { ...before, name: carried.name, connection, directoryPassword: directory.reference, messaging: messaging.form };
  return {
    planned: { document, pending, isFormJudged: carried.messaging !== null },
    changes: documentChanges(providers, before, document),
    missing: [...new Set([...(ownIsMissing ? [DIRECTORY_SECRET] : []), ...lacks])],
    issues: all.filter((issue) => lacking(issue) === null),
  };
}

interface Carried {
  readonly carried: BundledStore;
  readonly connection: StoreConnection;
}

/** The form of the bundle, with the secrets that are here where it brings none. */
async function planForm(foundation: Foundation, before: StoreDocument | null, { carried, connection }: Carried, pending: PendingSecrets): Promise<{ readonly form: SealedMessaging | null; readonly issues: readonly Issue[] }> {
  const { messaging, certificates, secrets } = carried;
  const here = before?.messaging ?? null;
  if (messaging === null) return { form: here, issues: [] };
  const same = here?.configuration.provider === messaging.provider ? here : null;
  const provider = findProvider(foundation.providers, messaging.provider);
  const sent = Object.entries(certificates).flatMap(([field, { base64, identity }]) => (base64 === null ? [] : [[field, { file: field, thumbprint: identity }] as const]));
  const written: WrittenMessaging = {
    provider: messaging.provider,
    variant: messaging.variant,
    values: provider === null ? {} : knownValues(provider, messaging.values),
    ...(provider?.descriptor.servers === "none" ? {} : { servers: messaging.servers.map(({ name, priority }) => ({ name, priority })) }),
    certificates: Object.fromEntries(sent),
  };
  const saved = { configuration: messaging, secrets: same?.secrets ?? {}, certificates: same?.certificates ?? {} };
  const texts = Object.fromEntries(Object.entries(secrets).flatMap(([name, text]) => (text === null ? [] : [[name, text]])));
  const file = (field: string) => {
    const certificate = certificates[field];
    return certificate?.base64 === undefined || certificate.base64 === null ? null : { name: certificate.fileName, bytes: Buffer.from(certificate.base64, "base64") };
  };
  return planMessaging(foundation, { written, saved, connection, given: { secrets: messagingSecrets(texts), file } }, pending);
}

function isNotLent({ code }: Issue): boolean {
  return code.startsWith("enter-again-");
}

/** The secret or certificate that an issue is about, where entering it is all there is to do; null for every other issue. */
function lackingSecret(issue: Issue, { secrets, certificates }: BundledStore): string | null {
  const { path, code } = issue;
  const [room, , field] = path;
  if (isNotLent(issue) || code === "secret-missing") return String(path.at(-1));
  if (room !== "messaging" || path[1] !== "certificates") return null;
  // A file without the password that opens it cannot be read either.
  const isIncomplete = Object.values(secrets).includes(null) || certificates[String(field)]?.base64 === null;
  return code === "required" || code === "nothing-stored" || isIncomplete ? messagingSecret(String(field)) : null;
}
