/** What happens to an identity store, told by mail: over which SMTP server, to whom, and the queue in front of it. */
import { isDeepStrictEqual } from "node:util";
import { progress, rungProgress } from "../../shared/contract/progress.ts";
import { fail, succeed, type Fault, type Issue, type Result } from "../../shared/fault.ts";
import type { MailedNotice, NotificationDetail, NotificationSettings } from "../../shared/model/notification-mail.ts";
import { isEnvelopeAddress, isMailed, mailPlace, readNotificationSettings } from "../../shared/rules/notification-mail.ts";
import { textIssue } from "../../shared/rules/plain-text.ts";
import { readTyped } from "../../shared/rules/typed-value.ts";
import { NoticeQueue, type Batch } from "../mail/queue.ts";
import type { Sent } from "../mail/send.ts";
import type { MailContent } from "../ports.ts";
import type { SealedNotifications, SecretReference, StoreDocument, StoredIdentityStore } from "../store/types.ts";
import type { ActivityService } from "./activity.ts";
import { documentChanges } from "./forms.ts";
import { gone, type Foundation, type WorkOptions } from "./rooms.ts";
import { lendingIssue, NOTIFICATION_PASSWORD, openText, sealText, secretState } from "./secrets.ts";

interface Saved {
  readonly revision: number;
  readonly changed: boolean;
}

interface Typed {
  readonly settings: NotificationSettings;
  /** Null keeps the stored one, the empty text clears it. */
  readonly password: string | null;
}

/** One mail that is about to be sent. */
interface Outgoing {
  readonly settings: NotificationSettings;
  readonly password: string | null;
  readonly to: readonly string[];
  readonly content: MailContent;
  readonly key: string;
}

/** Nothing is mailed, or may be: no failure that anybody is told of. */
const SILENT: ReadonlySet<Fault["kind"]> = new Set(["unsupported", "not-found", "cancelled"]);

function refuse(...issues: Issue[]): Result<never> {
  return fail({ kind: "invalid", issues });
}

export class NotificationsService {
  readonly #foundation: Foundation;
  readonly #queue: NoticeQueue;
  readonly #stopHearing: () => void;
  readonly #ending = new AbortController();

  constructor(foundation: Foundation, activity: Pick<ActivityService, "onKept">) {
    const { clock } = foundation.ports;
    this.#foundation = foundation;
    this.#queue = new NoticeQueue({ clock, deliver: (storeId, batch) => this.#deliver(storeId, batch), dropped: (storeId, fault) => this.#tellDropped(storeId, fault) });
    this.#stopHearing = activity.onKept(({ storeId, kind, subject, detail, at }) => {
      // What a server does is told by the console that checks it for the team.
      const isOthers = kind.startsWith("server-") && foundation.store.checks?.leftToOthers() === true;
      if (storeId !== null && !isOthers) this.notify(storeId, { kind, subject, detail, at });
    });
  }

  dispose(): void {
    this.#stopHearing();
    this.#ending.abort();
    this.#queue.dispose();
  }

  get(storeId: string): Result<NotificationDetail> {
    const stored = this.#stored(storeId);
    if (!stored.ok) return stored;
    const { revision, document } = stored.value;
    const reference = document.notifications?.password ?? undefined;
    const password = secretState(this.#foundation.store.vault, NOTIFICATION_PASSWORD, reference, reference);
    return succeed({ settings: document.notifications?.settings ?? null, password, revision });
  }

  /** One revision, or none where nothing changes. Fails with `invalid`, `conflict` and `not-stored`. */
  async save(storeId: string, typed: Typed, expectedRevision: number): Promise<Result<Saved>> {
    const stored = this.#stored(storeId);
    if (!stored.ok) return stored;
    const before = stored.value.document.notifications;
    const read = this.#read(typed, before);
    if (!read.ok) return read;
    const password = await this.#seal(read.value, typed.password, before);
    if (!password.ok) return password;
    return this.#save(stored.value, { ...stored.value.document, notifications: { settings: read.value, password: password.value } }, expectedRevision);
  }

  async clear(storeId: string, expectedRevision: number): Promise<Result<Saved>> {
    const stored = this.#stored(storeId);
    if (!stored.ok) return stored;
    const { notifications, ...document } = stored.value.document;
    if (notifications === undefined) return succeed({ revision: stored.value.revision, changed: false });
    return this.#save(stored.value, document, expectedRevision);
  }

  /** Sends a mail that says nothing but that it came. Fails as sending does, and with `invalid`. */
  async test(storeId: string, typed: Typed, to: string, options: WorkOptions): Promise<Result<null>> {
    const stored = this.#stored(storeId);
    if (!stored.ok) return stored;
    const before = stored.value.document.notifications;
    const address = readTyped(to, "account");
    if (!isEnvelopeAddress(address)) return refuse({ path: ["testTo"], code: address === "" ? "too_small" : "mail-address", facts: { address } });
    // Who is to get what later says nothing of this mail.
    const read = this.#read({ ...typed, settings: { ...typed.settings, to: [address] } }, before);
    if (!read.ok) return read;
    const password = typed.password === null ? this.#open(read.value, before) : succeed(typed.password);
    if (!password.ok) return password;
    const mail = { settings: read.value, password: password.value, to: [address], content: { kind: "test" }, key: crypto.randomUUID() } as const;
    const sent = await this.#send(stored.value, mail, options);
    if (!sent.ok) return sent;
    const [refused] = sent.value.refused;
    return refused === undefined ? succeed(null) : fail(refused.fault);
  }

  /** Mails what happened, where the store has it mailed: together with what else happens, and later where the server asks for it. */
  notify(storeId: string, notice: MailedNotice): void {
    const notifications = this.#foundation.store.identityStores.get(storeId)?.document.notifications;
    if (notifications !== undefined && isMailed(notifications.settings.events, notice)) this.#queue.add(storeId, notice);
  }

  #stored(id: string): Result<StoredIdentityStore> {
    const stored = this.#foundation.store.identityStores.get(id);
    return stored === null ? fail(gone("identity-store")) : succeed(stored);
  }

  /** Settings that can be saved and used, with a password where they need one: the typed one, or the stored one where it is lent. */
  #read({ settings, password }: Typed, before: SealedNotifications | undefined): Result<NotificationSettings> {
    const read = readNotificationSettings(settings);
    const unseen = password === null ? null : textIssue(["password"], password, "secret");
    const issues = [...(read.ok || read.fault.kind !== "invalid" ? [] : read.fault.issues), ...(unseen === null ? [] : [unseen]), ...passwordIssues({ settings: read.ok ? read.value : settings, password }, before)];
    return issues.length === 0 ? read : refuse(...issues);
  }

  async #seal({ account }: NotificationSettings, password: string | null, before: SealedNotifications | undefined): Promise<Result<SecretReference | null>> {
    if (account === null) return succeed(null);
    return password === null ? succeed(before?.password ?? null) : sealText(this.#foundation.store.vault, NOTIFICATION_PASSWORD, password);
  }

  #open({ account }: NotificationSettings, sealed: SealedNotifications | undefined): Result<string | null> {
    return account === null ? succeed(null) : openText(this.#foundation.store.vault, NOTIFICATION_PASSWORD, sealed?.password);
  }

  async #save(stored: StoredIdentityStore, document: StoreDocument, expectedRevision: number): Promise<Result<Saved>> {
    const { store, ports, record, providers } = this.#foundation;
    if (stored.revision === expectedRevision && isDeepStrictEqual(stored.document, document)) return succeed({ revision: stored.revision, changed: false });
    const note = { who: ports.user, at: ports.clock.now(), action: "notifications", changes: documentChanges(providers, stored.document, document), tested: stored.tested } as const;
    const saved = await store.identityStores.save(stored.id, document, expectedRevision, note, "kept");
    if (!saved.ok) return saved;
    const { revision } = saved.value;
    record({ kind: "store-notifications", storeId: stored.id, storeName: document.name, subject: String(revision), detail: null });
    return succeed({ revision, changed: true });
  }

  async #send({ id, document }: StoredIdentityStore, { settings, password, to, content, key }: Outgoing, options: WorkOptions): Promise<Result<Sent>> {
    const { reach, ports } = this.#foundation;
    const ways = reach.of(id);
    if (!ways.ok) return ways;
    const { subject, text } = await ports.mailWords(document.name, content);
    // Loaded when there is something to send.
    const [{ sendMail }, { messageIdOf }] = await Promise.all([import("../mail/send.ts"), import("../mail/message.ts")]);
    options.progress(progress("sending-mail", { detail: settings.host }));
    const account = settings.account === null ? null : { username: settings.account.username, password: password ?? "" };
    const { from } = settings;
    const message = { from, to, subject, text, at: ports.clock.now(), messageId: messageIdOf(key, from) };
    const { resolver, signal } = ways.value;
    return sendMail(settings, account, message, {
      resolver,
      clock: ports.clock,
      signal: AbortSignal.any([signal, options.signal, this.#ending.signal]),
      onRung: (rung) => options.progress(rungProgress(rung)),
    });
  }

  async #deliver(storeId: string, { key, notices, more, to }: Batch): Promise<Result<Sent>> {
    const stored = this.#stored(storeId);
    if (!stored.ok) return stored;
    const { notifications } = stored.value.document;
    if (notifications === undefined) return fail({ kind: "not-found", what: "notifications" });
    const { settings } = notifications;
    const password = this.#open(settings, notifications);
    if (!password.ok) return password;
    const still = to === null ? settings.to : to.filter((address) => settings.to.includes(address));
    if (still.length === 0) return succeed({ accepted: [], refused: [] });
    const mail = { settings, password: password.value, to: still, content: { kind: "notices", notices, more }, key } as const;
    return this.#send(stored.value, mail, { signal: this.#ending.signal, progress: () => undefined });
  }

  #tellDropped(storeId: string, fault: Fault): void {
    if (SILENT.has(fault.kind)) return;
    const { record, store } = this.#foundation;
    const name = store.identityStores.get(storeId)?.document.name ?? null;
    record({ kind: "mail-not-sent", storeId, storeName: name, subject: null, detail: fault.kind === "mail-refused" ? `${fault.kind}-${fault.why}` : fault.kind });
  }
}

/** The password of an account that lacks one, or whose stored one is not lent to where the settings would send it. */
function passwordIssues({ settings, password }: Typed, before: SealedNotifications | undefined): Issue[] {
  if (settings.account === null || (password !== null && password !== "")) return [];
  const missing: Issue = { path: ["password"], code: "required" };
  if (password === "" || before === undefined || before.password === null) return [missing];
  const issue = lendingIssue("password", mailPlace(before.settings), mailPlace(settings));
  return issue === null ? [] : [issue];
}
