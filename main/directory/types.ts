/** What a directory is to those who use it: a gateway that opens sessions, and entries that a session finds. */
import type { Result } from "../../shared/fault.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";

/** An entry of the directory: attribute values as text, binary ones as base64, by attribute name in lower case. */
export interface DirectoryEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** A signed-in connection to a domain controller. */
export interface DirectorySession {
  /** The controller that answered. */
  readonly host: string;
  /** rootDSE attributes by name in lower case. */
  readonly rootDse: Readonly<Record<string, readonly string[]>>;
  /** Subtree search; pages and follows ranged attributes. `not-found` when the base does not exist. */
  search(request: {
    readonly base: string;
    readonly filter: string;
    readonly attributes: readonly string[];
    readonly onPage?: (found: number) => void;
  }): Promise<Result<readonly DirectoryEntry[]>>;
  close(): Promise<void>;
}

/** The way to the directory of the identity store the configuration belongs to. */
export interface DirectoryGateway {
  /** Finds a controller for `domain`, connects as the store says, signs in. `onRung` hears each rung as it ends. */
  open(request: {
    readonly domain: string;
    readonly username: string;
    readonly password: string;
    readonly signal: AbortSignal;
    readonly onRung?: (rung: RungResult) => void;
  }): Promise<Result<DirectorySession>>;
}
