/** What the rooms of the store know of the database that they work on. */
import type { Result } from "../../shared/fault.ts";
import type { Steps } from "./steps.ts";

export interface Engine {
  readonly readOnly: boolean;
  /** Takes steps that only read, at once. Throws what the database throws. */
  now<T>(steps: Steps<T>): T;
  /**
   * Takes steps that save something, in one transaction: what they read cannot change before they write. A failed result or
   * an error of the storage undoes everything. Fails with `not-stored`.
   */
  write<T>(steps: () => Steps<Result<T>>): Promise<Result<T>>;
  /** As {@link write}, for what accompanies saves and does not count as one. `wait`: false fails at once when others write. */
  note<T>(steps: () => Steps<Result<T>>, options: { readonly wait: boolean }): Promise<Result<T>>;
}
