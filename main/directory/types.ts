/** What a directory is to those who use it: a gateway that opens sessions, and entries that a session finds. */
import type { Issue, Result } from "../../shared/fault.ts";
import type { DirectoryObject, FoundObject, MailRequest } from "../../shared/model/mail-object.ts";
import type { Container } from "../../shared/model/mail-plan.ts";
import type { Completeness, RungResult } from "../../shared/model/mail-server.ts";

/** An entry of the directory: attribute values as text, binary ones as base64, by attribute name in lower case. */
export interface DirectoryEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** A search of a subtree, or of the entries right below the base. */
export interface DirectorySearch {
  readonly base: string;
  readonly scope?: "one";
  readonly filter: string;
  readonly attributes: readonly string[];
}

/**
 * Entries page by page; the next page is asked for when it is wanted, and leaving the loop gives the rest up. Ends with
 * whether that was everything, or with why it ended early: `not-found` when the base does not exist.
 */
export type SearchStream = AsyncGenerator<readonly DirectoryEntry[], Result<Completeness>, void>;

/** Values of an attribute as they are written: text as UTF-8, or octets. */
export type AttributeValues = readonly (string | Uint8Array)[];
export type Attributes = Readonly<Record<string, AttributeValues>>;

/** One part of a change of an entry (RFC 4511, 4.6). `replace` without values takes the attribute away. */
export interface AttributeChange {
  readonly how: "add" | "delete" | "replace";
  readonly attribute: string;
  readonly values: AttributeValues;
}

/**
 * A signed-in connection to a domain controller. What it writes fails with `object-refused`, `forbidden`, `unsupported`
 * (`directory-answer`); with `unreachable`, `timeout` or `cancelled` it is not known whether it was done.
 */
export interface DirectorySession {
  /** The controller that answered. */
  readonly host: string;
  /** rootDSE attributes by name in lower case. */
  readonly rootDse: Readonly<Record<string, readonly string[]>>;
  /** Pages and follows ranged attributes. One search at a time. */
  search(search: DirectorySearch): SearchStream;
  /** One entry; null where there is none. */
  read(dn: string, attributes: readonly string[]): Promise<Result<DirectoryEntry | null>>;
  add(dn: string, attributes: Attributes): Promise<Result<null>>;
  modify(dn: string, changes: readonly AttributeChange[]): Promise<Result<null>>;
  /** Removes an entry without children. */
  remove(dn: string): Promise<Result<null>>;
  close(): Promise<void>;
}

/**
 * The objects of a directory, for whoever makes mail objects of them: all of it at one domain controller. Opened for one piece of work.
 */
export interface DirectoryObjects {
  /** The controller that everything is asked of; null for a cloud. */
  readonly controller: string | null;
  /** Containers and organisational units right below one; null for the domain. Fails with `object-refused: container-missing`. */
  containers(parent: string | null): Promise<Result<readonly Container[]>>;
  /** At most 50 whose name, address, alias or account name begins with the text, or whose distinguished name or one address it is. */
  find(text: string): Promise<Result<{ readonly objects: readonly FoundObject[]; readonly more: boolean }>>;
  /**
   * As {@link DirectoryObjects.find}, but only what has the text as its name, address, alias or account name: whoever is not among them
   * is not there, unless there are `more`.
   */
  called(text: string): Promise<Result<{ readonly objects: readonly FoundObject[]; readonly more: boolean }>>;
  /** What the directory has in the way of a request: a name, account name, alias or address that is taken, a container that is not there. Paths are a request's properties. */
  conflicts(request: MailRequest, address: string | null): Promise<Result<readonly Issue[]>>;
  /** The name that a new object gets; null for a cloud. */
  nameOf(request: MailRequest): string | null;
  /**
   * Makes the object of a `create` request, with further attributes; users with a password are enabled and must change it when they
   * first sign in. What is already in its place is `object-refused: name-taken`.
   */
  create(request: MailRequest, details: { readonly password: string | null; readonly attributes: Attributes }): Promise<Result<DirectoryObject>>;
  /** The object that a `create` request would have made, where it stands; null where it does not. */
  locate(request: MailRequest): Promise<Result<DirectoryObject | null>>;
  /** Attributes of an object, by its identity; null where it is gone. */
  read(object: DirectoryObject, attributes: readonly string[]): Promise<Result<DirectoryEntry | null>>;
  modify(object: DirectoryObject, changes: readonly AttributeChange[]): Promise<Result<null>>;
  /** Removes the object, if it is still the one with this `guid`; one that is gone is no failure. */
  remove(object: DirectoryObject): Promise<Result<null>>;
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
    /** The one controller to go to, as `host` or `host:port`; absent where any will do. */
    readonly controller?: string;
    readonly signal: AbortSignal;
    readonly onTrying?: (host: string) => void;
    readonly onRung?: (rung: RungResult) => void;
  }): Promise<Result<DirectorySession>>;
}
