/** What a directory is to those who use it: a gateway that opens sessions, and entries that a session finds. */
import type { Result } from "../../shared/fault.ts";
import type { Completeness, RungResult } from "../../shared/model/mail-server.ts";

/** An entry of the directory: attribute values as text, binary ones as base64, by attribute name in lower case. */
export interface DirectoryEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** A subtree search. */
export interface DirectorySearch {
  readonly base: string;
  readonly filter: string;
  readonly attributes: readonly string[];
}

/**
 * Entries page by page; the next page is asked for when it is wanted, and leaving the loop gives the rest up. Ends with
 * whether that was everything, or with why it ended early: `not-found` when the base does not exist.
 */
export type SearchStream = AsyncGenerator<readonly DirectoryEntry[], Result<Completeness>, void>;

/** A signed-in connection to a domain controller. */
export interface DirectorySession {
  /** The controller that answered. */
  readonly host: string;
  /** rootDSE attributes by name in lower case. */
  readonly rootDse: Readonly<Record<string, readonly string[]>>;
  /** Pages and follows ranged attributes. One search at a time. */
  search(search: DirectorySearch): SearchStream;
  close(): Promise<void>;
}

/** The way to the directory of the identity store the configuration belongs to. */
export interface DirectoryGateway {
  /**
   * Finds a controller for `domain`, connects as the store says, signs in. `onTrying` hears the name of each controller
   * as it is tried, `onRung` each rung of the one that was reached; a further one's begin with its first rung again.
   */
  open(request: {
    readonly domain: string;
    readonly username: string;
    readonly password: string;
    readonly signal: AbortSignal;
    readonly onTrying?: (host: string) => void;
    readonly onRung?: (rung: RungResult) => void;
  }): Promise<Result<DirectorySession>>;
}
