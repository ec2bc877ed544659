/** What the store keeps, and the operations on it. Implemented over SQLite in this room; services know only this file. */
import type { Fault, Result } from "../../shared/fault.ts";
import type { CertificateSummary } from "../../shared/model/certificate.ts";
import type { Change, Revision } from "../../shared/model/draft.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import type { Job } from "../../shared/model/job.ts";
import type { DirectoryObject, JournalEntry, JournalState, MailRequest, MailStep } from "../../shared/model/mail-object.ts";
import type { MessagingConfiguration, Tested } from "../../shared/model/messaging.ts";
import type { NotificationSettings } from "../../shared/model/notification-mail.ts";
import type { ProviderChoice } from "../../shared/model/provider-choice.ts";
import type { JournalPage, JournalQuestion } from "../../shared/contract/mail-objects.ts";
import type { ActivityEvent, ActivityQuestion } from "../../shared/contract/activity.ts";
import type { KeyProtection } from "../../shared/contract/app.ts";
import type { JobRuns } from "./job-history.ts";
import type { StoresAndProviders } from "./job-providers.ts";
import type { Probes, Sightings } from "./seen.ts";
import type { Team } from "./team/types.ts";
import type { RevisionRow } from "./revision-rows.ts";
import type { SecretPlace } from "../../shared/rules/lending.ts";

export type { JobDue, JobDueState, JobRowChange, JobRowsQuestion, JobRunEnd, JobRuns, JobRunsQuestion, NewJobRun } from "./job-history.ts";
export type { Probes, Sightings, StoredProbe } from "./seen.ts";
export type { OwnKey } from "./own-key.ts";
export type { Team, TeamAtHome, TeamEntrance, TeamHome, TeamSettings } from "./team/types.ts";

/** Points to a sealed secret. Secrets are immutable: a new value is a new reference. */
export interface SecretReference {
  readonly id: string;
  readonly at: number;
  /** Where it may travel, decided when it was saved; absent while it is only in a draft, and where nothing chooses its way. */
  readonly place?: SecretPlace | undefined;
}

export interface CertificateReference {
  readonly secret: SecretReference;
  readonly fileName: string;
  /** Null when it does not open. */
  readonly summary: CertificateSummary | null;
  /** Why it does not open; null where it does. */
  readonly fault: Fault | null;
  /** SHA-256 thumbprint of the certificate that a person chose among several. */
  readonly identity: string | null;
}

/** A configuration with its secrets by reference. */
export interface SealedMessaging {
  readonly configuration: MessagingConfiguration;
  readonly secrets: Readonly<Record<string, SecretReference>>;
  readonly certificates: Readonly<Record<string, CertificateReference>>;
}

/** How notices are mailed, with the password of the SMTP server's account by reference. */
export interface SealedNotifications {
  readonly settings: NotificationSettings;
  readonly password: SecretReference | null;
}

/** Everything a revision of an identity store holds. */
export interface StoreDocument {
  readonly name: string;
  readonly connection: StoreConnection;
  readonly directoryPassword: SecretReference | null;
  readonly messaging: SealedMessaging | null;
  /** Synchronize jobs that write to it; absent for none. */
  readonly jobs?: readonly Job[] | undefined;
  /** Absent where nothing is mailed. */
  readonly notifications?: SealedNotifications | undefined;
  /** Of a job's own messaging provider the job, and the identity store that it writes to; absent for an identity store. */
  readonly providerFor?: { readonly store: string; readonly job: string } | undefined;
}

export interface StoredIdentityStore {
  readonly id: string;
  readonly revision: number;
  readonly document: StoreDocument;
  readonly tested: Tested;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Who last changed a part of a draft: the `window` tells two pages of one person apart. */
export interface DraftTouch {
  /** The version that was changed. */
  readonly after: number;
  readonly at: number;
  readonly by: string;
  readonly window: string;
}

/** Unsaved work: one for each store in a file, one for each store and account in a team's database. `forms` is keyed by provider id. */
export interface StoredDraft {
  /** The same for as long as the draft lives. Empty where an earlier version began it. */
  readonly id: string;
  /** 0 until it is stored. */
  readonly version: number;
  /** By the key of what was changed (`shared/rules/draft-changes.ts`). */
  readonly touched: Readonly<Record<string, DraftTouch>>;
  readonly choice: ProviderChoice;
  readonly forms: Readonly<Record<string, SealedMessaging>>;
  readonly baseRevision: number;
  readonly tested: Tested;
  readonly updatedAt: number;
}

/** Who did what, for the revision. */
export interface SaveNote {
  readonly who: string;
  readonly at: number;
  readonly action: "created" | "saved" | "renamed" | "connection" | "restored" | "duplicated" | "imported" | "applied" | "job" | "notifications";
  readonly restoredFrom?: number;
  readonly changes: readonly Change[];
  readonly tested: Tested;
}

export interface IdentityStores {
  list(): readonly StoredIdentityStore[];
  get(id: string): StoredIdentityStore | null;
  /** `id`: one that was made for it, and that no store has. Fails with `invalid` (code `name-taken`, path `name`) when another store has the name, ignoring case. */
  create(document: StoreDocument, note: SaveNote, id?: string): Promise<Result<{ readonly id: string }>>;
  /**
   * The draft has its fate in the same transaction. Fails with `conflict` when `expectedRevision` is not the newest, with
   * `draft-changed` when the draft is not the expected one.
   */
  save(id: string, document: StoreDocument, expectedRevision: number, note: SaveNote, draft: DraftFate): Promise<Result<{ readonly revision: number }>>;
  remove(id: string): Promise<Result<null>>;
  /** Newest first, from the one before `before` on: at most so many of those that hold what is asked for. All where nothing is said. */
  revisions(id: string, asked?: { readonly before: number | null; readonly most: number; readonly holds: (revision: Revision) => boolean }): Promise<readonly Revision[]>;
  revisionDocument(id: string, number: number): Promise<StoreDocument | null>;
}

/** What a save does to the draft: keep it, drop it, or drop it if it is in this version, where null expects that there is none. */
export type DraftFate = "kept" | "dropped" | { readonly version: number | null };

export interface Drafts {
  get(storeId: string): StoredDraft | null;
  /** The version alone; null when there is no draft. */
  version(storeId: string): number | null;
  /** Who else has a draft of the store, and when each was last changed, in milliseconds since 1970. Nobody, where all share one. */
  editing(storeId: string): readonly { readonly who: string; readonly at: number }[];
  /**
   * Stores what was made of `draft.version`, and answers it with the version it has now. Compares and writes in one
   * transaction: fails with `draft-changed` when what is stored is in another version, or gone.
   */
  put(storeId: string, draft: StoredDraft): Promise<Result<StoredDraft>>;
  /** Fails with `draft-changed` when the draft is in another version; a draft that is gone is no failure. */
  remove(storeId: string, version: number): Promise<Result<null>>;
}

export interface Vault {
  /** How new secrets are protected; null while the platform protects none. */
  readonly protection: KeyProtection | null;
  /** Seals bytes for a purpose (`directory-password`, `messaging/exchange/password`); the purpose is bound into the seal. Fails with `not-stored`. */
  seal(purpose: string, plain: Uint8Array): Promise<Result<SecretReference>>;
  /** Fails with `unreadable: secret-unreadable`; never throws, never wipes. A console of a team holds what a store or a draft refers to: another secret does not open there. */
  open(purpose: string, reference: SecretReference): Result<Uint8Array>;
  /** As {@link open} for many, those of old revisions too: what opens, by id. Rejects with what the database throws. */
  openAll(secrets: readonly { readonly id: string; readonly purpose: string }[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Seals what was sealed elsewhere under the ids it had there, all in one transaction; what is here already stays. Fails with `not-stored`. */
  adopt(secrets: readonly { readonly id: string; readonly purpose: string; readonly plain: Uint8Array }[]): Promise<Result<null>>;
}

/** A revision as it is stored; JSON still as text, so that nothing of it is lost on the way, and the document read as well. */
export interface RevisionRecord extends Omit<RevisionRow, "storeId"> {
  readonly decoded: StoreDocument;
}

/** An identity store with all its revisions, oldest first. */
export interface WholeStore {
  readonly id: string;
  readonly revisions: readonly RevisionRecord[];
}

export interface StoreHistories {
  /** Every revision, oldest first; half a history is not moved. Fails with `unreadable: database-damaged` and with `roster-refused`. */
  read(id: string): Promise<Result<readonly RevisionRecord[]>>;
  /** Takes stores in with their ids, all of them or none, a job's own provider behind its identity store; one whose id a deleted store keeps gets another one. Answers the ids by those they had. Fails with `invalid` (`name-taken`), and with `unsupported: store-is-there`. */
  adopt(stores: readonly WholeStore[]): Promise<Result<ReadonlyMap<string, string>>>;
}

export interface ActivityLog {
  /** Keeps an event; it is written a moment later. With `once`, unless one with the same text was ever kept. Answers whether it is one that is kept. */
  append(event: Omit<ActivityEvent, "id">, once?: string): boolean;
  /**
   * Events that hold what is asked for, newest first, and what the next page comes before. Those still to be written are on
   * the first page; what of them does not fit there follows once it is written.
   */
  page(question: ActivityQuestion): Promise<{ readonly events: readonly ActivityEvent[]; readonly next: string | null }>;
  /** The id of the newest event; empty while there is none. */
  newest(): string;
}

/** A run as it is begun: its objects in their order. */
export interface NewRun {
  readonly storeId: string;
  readonly storeName: string;
  readonly at: number;
  readonly by: string;
  readonly provider: ProviderChoice;
  readonly requests: readonly MailRequest[];
  /** One that was made for it; absent where nobody has to know it before. */
  readonly id?: string;
}

/** How far an object has come; what is absent stays as it is. */
export interface EntryChange {
  readonly state: JournalState;
  readonly object?: DirectoryObject | null;
  readonly address?: string | null;
  readonly fault?: Fault | null;
}

/**
 * What is done with mail objects, each step before it happens and after: one row an object, a row a step. What is written here is on
 * the disk when the promise fulfils. Writes fail with `not-stored`, and with `not-found: run` once another process has taken the run.
 * A step that is told again just as it was is stored already; another one in its place throws. Beyond 100,000 entries the oldest finished
 * runs go when a store is opened, never so that fewer than 10,000 entries are left; what is not finished never goes.
 */
export interface Journal {
  /** Keeps a run with its objects as `planned`, and takes it for this process. Answers the run's id and the entries' ids in their order. */
  begin(run: NewRun): Promise<Result<{ readonly run: string; readonly entries: readonly string[] }>>;
  /** Takes a run that nobody is at any more. Fails with `unsupported: run-under-way` while somebody is, with `not-found: run`. */
  take(run: string): Promise<Result<null>>;
  /** Says that this process is still at it; whoever says nothing for half a minute is not. */
  hold(run: string): Promise<Result<null>>;
  /** Lets others take it. */
  release(run: string): Promise<Result<null>>;
  /** Before a step: it is kept as `started`, and its object as `running`. */
  begun(entry: string, step: Pick<MailStep, "number" | "kind" | "server" | "at">): Promise<Result<null>>;
  /** After a step, and what it made of the object, in one transaction. */
  ended(entry: string, step: Pick<MailStep, "number" | "ms" | "outcome">, change: EntryChange): Promise<Result<null>>;
  /** Changes an object without a step. */
  change(entry: string, change: EntryChange): Promise<Result<null>>;
  /** Newest first. An entry whose run nobody is at is `interrupted` where it was `running`. */
  page(question: JournalQuestion): Promise<JournalPage>;
  /** All entries of a run in their order; empty where there is none. */
  run(run: string): Promise<readonly JournalEntry[]>;
  entry(id: string): Promise<JournalEntry | null>;
  /** Changes with every write of this process, and within a second with those of others. */
  newest(): string;
}

/** What another console's check found. */
export interface FoundResult {
  /** As it was told to {@link SharedChecks.found}. */
  readonly key: string;
  /** How long ago, milliseconds, by the database's clock. */
  readonly ageMs: number;
  readonly content: string;
}

/** Checks of servers that one console of a team makes for all. */
export interface SharedChecks {
  /** Whether another console makes them now. */
  leftToOthers(): boolean;
  /** Tells what others found, and when it changed who checks. Answers how to hear no more of it. */
  follow(callbacks: { results(found: readonly FoundResult[]): void; roles(): void }): () => void;
  /** Tells the others, if this console is the one that checks. */
  found(key: string, content: string): void;
}

/** Identity stores that nothing is asked for from this computer; kept in its file, whatever the console works on. */
export interface PrepareOnly {
  has(storeId: string): boolean;
  /** What is so already stays so. Fails with `not-stored`. */
  set(storeId: string, on: boolean): Promise<Result<null>>;
  /** Calls back after a change of the file by this process or, within a second, by another one. */
  onChange(callback: () => void): () => void;
}

export interface Store {
  readonly identityStores: StoresAndProviders;
  readonly sightings: Sightings;
  readonly drafts: Drafts;
  readonly vault: Vault;
  readonly histories: StoreHistories;
  readonly activity: ActivityLog;
  readonly journal: Journal;
  readonly jobRuns: JobRuns;
  readonly probes: Probes;
  /** Null where it is a file. */
  readonly team: Team | null;
  /** Null where every console checks for itself. */
  readonly checks: SharedChecks | null;
  readonly notice: "restored-from-backup" | "read-only-newer" | null;
  /** The fault of a read that threw, such as a disk that failed; null for a bug. */
  faultOf(error: unknown): Fault | null;
  /** Calls back after a change by this process or, within a second, by another one. */
  onChange(callback: () => void): () => void;
  /** Writes what is still gathered, then lets go of the database; once, however often it is called. */
  close(): Promise<void>;
}
