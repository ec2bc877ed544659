/** What was seen of servers and directories, as the store keeps it beside the saves. */
import type { Result } from "../../shared/fault.ts";
import type { Sighting } from "../../shared/model/comparison.ts";
import type { Probed } from "../../shared/model/mail-server.ts";

/** What a carry-in probe said of a server. */
export interface StoredProbe {
  readonly storeId: string;
  /** Of the configuration that the probe was made from. */
  readonly provider: string;
  readonly server: string;
  readonly probed: Probed;
}

export interface Probes {
  /** Another text after every change. */
  newest(): string;
  /** The best word of each server. Rejects with what the database throws. */
  all(): Promise<readonly StoredProbe[]>;
  /** Keeps what takes the place of what is there (`takesPlace`), all in one transaction; answers of how many servers. Fails with `not-stored`. */
  put(found: readonly StoredProbe[]): Promise<Result<number>>;
}

/** What was last seen of each store's directory and servers, by identity store. */
export interface Sightings {
  /** Another text after every change. */
  newest(): string;
  /** At least what changed after the change of that number, 0 for all, and the number of the last one. Rejects with what the database throws. */
  read(since: number): Promise<{ readonly sightings: ReadonlyMap<string, Sighting>; readonly last: number }>;
  /**
   * Keeps what `edit` makes of what stands there, in one transaction: another console may have looked, or have taken something for granted.
   * Null leaves it; of a store that is gone nothing is kept. Answers what stands there then. Fails with `not-stored`.
   */
  change(storeId: string, edit: (before: Sighting | null) => Sighting | null): Promise<Result<Sighting | null>>;
}
