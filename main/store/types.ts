/** What the store keeps, and the operations on it. Implemented over SQLite in this room; services know only this file. */
import type { Fault, Result } from "../../shared/fault.ts";
import type { CertificateSummary } from "../../shared/model/certificate.ts";
import type { Change, Revision } from "../../shared/model/draft.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import type { MessagingConfiguration, Tested } from "../../shared/model/messaging.ts";
import type { ProviderChoice } from "../../shared/model/provider-choice.ts";
import type { ActivityEvent, ActivityQuestion } from "../../shared/contract/activity.ts";
import type { KeyProtection } from "../../shared/contract/app.ts";
import type { SecretPlace } from "../../shared/rules/lending.ts";

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

/** Everything a revision of an identity store holds. */
export interface StoreDocument {
  readonly name: string;
  readonly connection: StoreConnection;
  readonly directoryPassword: SecretReference | null;
  readonly messaging: SealedMessaging | null;
}

export interface StoredIdentityStore {
  readonly id: string;
  readonly revision: number;
  readonly document: StoreDocument;
  readonly tested: Tested;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Unsaved work. `forms` is keyed by provider id. */
export interface StoredDraft {
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
  readonly action: "created" | "saved" | "renamed" | "connection" | "restored" | "duplicated" | "imported" | "applied";
  readonly restoredFrom?: number;
  readonly changes: readonly Change[];
  readonly tested: Tested;
}

export interface IdentityStores {
  list(): readonly StoredIdentityStore[];
  get(id: string): StoredIdentityStore | null;
  /** Fails with `invalid` (code `name-taken`, path `name`) when another store has the name, ignoring case. */
  create(document: StoreDocument, note: SaveNote): Result<{ readonly id: string }>;
  /** Fails with `conflict` when `expectedRevision` is not the newest. The draft, when `dropDraft`, goes in the same transaction. */
  save(id: string, document: StoreDocument, expectedRevision: number, note: SaveNote, dropDraft: boolean): Result<{ readonly revision: number }>;
  remove(id: string): Result<null>;
  /** Newest first, from the one before `before` on: at most so many of those that hold what is asked for. All where nothing is said. */
  revisions(id: string, asked?: { readonly before: number | null; readonly most: number; readonly holds: (revision: Revision) => boolean }): readonly Revision[];
  revisionDocument(id: string, number: number): StoreDocument | null;
}

export interface Drafts {
  get(storeId: string): StoredDraft | null;
  put(storeId: string, draft: StoredDraft): Result<null>;
  remove(storeId: string): Result<null>;
}

export interface Vault {
  /** How new secrets are protected; null while the platform protects none. */
  readonly protection: KeyProtection | null;
  /** Seals bytes for a purpose (`directory-password`, `messaging/exchange/password`); the purpose is bound into the seal. Fails with `not-stored`. */
  seal(purpose: string, plain: Uint8Array): Result<SecretReference>;
  /** Fails with `unreadable: secret-unreadable`; never throws, never wipes. */
  open(purpose: string, reference: SecretReference): Result<Uint8Array>;
}

export interface ActivityLog {
  /** Keeps an event; it is written a moment later. With `once`, unless one with the same text was ever kept. */
  append(event: Omit<ActivityEvent, "id">, once?: string): void;
  /**
   * Events that hold what is asked for, newest first, and what the next page comes before. Those still to be written are on
   * the first page; what of them does not fit there follows once it is written.
   */
  page(question: ActivityQuestion): { readonly events: readonly ActivityEvent[]; readonly next: string | null };
  /** The id of the newest event; empty while there is none. */
  newest(): string;
}

export interface Store {
  readonly identityStores: IdentityStores;
  readonly drafts: Drafts;
  readonly vault: Vault;
  readonly activity: ActivityLog;
  readonly notice: "restored-from-backup" | "read-only-newer" | null;
  /** The fault of a read that threw, such as a disk that failed; null for a bug. */
  faultOf(error: unknown): Fault | null;
  /** Calls back after a change by this process or, within a second, by another one. */
  onChange(callback: () => void): () => void;
  close(): void;
}
