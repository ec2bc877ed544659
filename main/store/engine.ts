/** What is read apart from stores and drafts, and only once there is something new in it. */
export type Edition = "journal" | "jobRuns" | "probes" | "sightings";

/** What the rooms of the store know of the database that they work on. */
import type { Result } from "../../shared/fault.ts";
import type { Steps } from "./steps.ts";
import type { StoreRows } from "./store-reading.ts";

export interface Engine {
  readonly readOnly: boolean;
  /** What this engine says in words of its own. */
  readonly words: {
    /** Asks for a `number` that no draft has had for its version, and no run for its last change. */
    readonly nextVersion: string;
    /** Finds an identity store by an id that a deleted one keeps; null where nothing is kept of it. */
    readonly deletedStore: string | null;
    /** The database's own time as an expression, in milliseconds since 1970. */
    readonly nowMs: string;
  };
  /** Takes steps that only read what every console holds, at once: the newest revisions, drafts, keys, and secrets that those refer to. Throws what the database throws. */
  now<T>(steps: Steps<T>): T;
  /** What `now` would answer of every identity store, where it has just come and nobody has had it yet; null where it is to be asked for. */
  arrived(): StoreRows | null;
  /** Who else has a draft of a store, and when each was last changed. */
  editing(storeId: string): readonly { readonly who: string; readonly at: number }[];
  /** Another text after every change of it. */
  editionOf(what: Edition): string;
  /** Takes steps that only read, as of one moment, history and events too. Rejects with what the database throws. */
  read<T>(steps: () => Steps<T>): Promise<T>;
  /**
   * Takes steps that save something, in one transaction: what they read cannot change before they write. A failed result or
   * an error of the storage undoes everything. `storeId`: all that it changes is that identity store and its draft, where it is one.
   * Fails with `not-stored`.
   */
  write<T>(steps: () => Steps<Result<T>>, storeId?: string): Promise<Result<T>>;
  /** As {@link write}, for the journal and runs of jobs: what must not change before they write, the steps lock themselves, by a row that they change first. */
  record<T>(steps: () => Steps<Result<T>>): Promise<Result<T>>;
  /** As {@link write}, for what accompanies saves and does not count as one. `wait`: false fails at once when others write. */
  note<T>(steps: () => Steps<Result<T>>, options: { readonly wait: boolean }): Promise<Result<T>>;
}
