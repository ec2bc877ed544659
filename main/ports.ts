/** What a host supplies to the services: everything that differs between Electron, loopback, the command line and tests. */
import type { Preferences, KeyProtection } from "../shared/contract/app.ts";
import type { FilePurpose } from "../shared/contract/files.ts";
import type { PracticeComponent, PracticeFacts } from "../shared/contract/practice.ts";
import type { Result } from "../shared/fault.ts";
import type { MailedNotice } from "../shared/model/notification-mail.ts";
import type { Managed } from "../shared/model/policy.ts";
import type { OpenRemoteShell } from "./powershell/types.ts";

/** Time, replaceable in tests. */
export interface Clock {
  /** Epoch milliseconds: for moments people read. It jumps when somebody sets the clock. */
  now(): number;
  /** Milliseconds since some moment, on a clock that nobody can set: for durations. */
  elapsed(): number;
  /**
   * Calls back after `ms`, whatever number that is: weeks are waited for, a moment that has passed is now, and what is not
   * a number never comes. The returned function cancels. Timers do not keep the process alive.
   */
  after(ms: number, callback: () => void): () => void;
  /** A number in [0, 1), for jitter and the random first server. */
  random(): number;
}

/** A host and port as the product names it, and where to connect for it. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** A web proxy on the way to the clouds. */
export interface WebProxy extends Endpoint {
  /** Whether the proxy itself is spoken to over TLS. */
  readonly secure: boolean;
  /** Gives the value of Proxy-Authorization, a secret: behind a function, so that nothing writes it down by accident. Null without credentials. */
  readonly authorization: (() => string) | null;
}

/**
 * The web proxy for a host of a cloud; null for the direct way. Fails with `unsupported` (`proxy-setting`,
 * `proxy-variable`) where what is set is no proxy's address. Directory and mail servers are never reached through it.
 */
export type ProxyFinder = (host: string) => Result<WebProxy | null>;

export interface ServiceRecord extends Endpoint {
  readonly priority: number;
  readonly weight: number;
}

/**
 * Names to addresses. Practice organisation and lab map names, SRV records and well-known ports to loopback here and
 * nowhere else, as curl's `--connect-to` does.
 */
export interface NameResolver {
  /** SRV records in RFC 2782 order. `server` asks that DNS server (`address` or `address:port`) instead of the system's. */
  service(name: string, options: { readonly server: string | null; readonly signal: AbortSignal }): Promise<Result<readonly ServiceRecord[]>>;
  /** Where to connect for a host and port: addresses in the order to try and the port to use. */
  connectTo(
    host: string,
    port: number,
    options: { readonly server: string | null; readonly signal: AbortSignal },
  ): Promise<Result<readonly { readonly address: string; readonly port: number }[]>>;
  /** Certificate authorities (PEM) that this host trusts besides the system's: the practice organisation's own. */
  readonly authorities: readonly string[];
}

/** The machine's own network. */
export interface MachineNetwork {
  /** Names of the interfaces that are up and have an address beyond loopback and link-local. */
  interfaces(): readonly string[];
}

/** Fields must hold no secret; the logger redacts what looks like one all the same. */
export interface Logger {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** A file of the log: its lines as they were written, without what looks like a secret; a line that is no JSON is a text. */
export interface LogFile {
  /** Such as `loopback.1`: which host wrote it, and how many files ago. */
  readonly name: string;
  readonly lines: readonly unknown[];
  /** Its beginning was left out. */
  readonly cut: boolean;
}

/** One way in which the platform protects the vault's random keys. It may fail at one time and work at another. */
export interface KeyWrapping {
  readonly protection: KeyProtection;
  /** Fails with `unreadable: secret-unreadable` when the platform refuses. */
  wrap(key: Uint8Array): Promise<Result<Uint8Array>>;
  unwrap(wrapped: Uint8Array): Promise<Result<Uint8Array>>;
}

export interface PreferencesPort {
  get(): Preferences;
  set(change: Partial<Preferences>): Promise<Preferences>;
}

/** The native file picker; absent where files arrive as uploads. */
export interface FilePicker {
  /** Null when the person cancelled. Reads at most the limit plus one byte. */
  pick(purpose: FilePurpose): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array } | null>>;
}

/** How a PowerShell is found: null where this machine has none. Looked for once at start. */
export interface PowerShellLocation {
  readonly executable: string;
  readonly edition: "Desktop" | "Core";
}

/** A PowerShell that can open sessions on Exchange's servers, or what stands in its place in the practice organisation. */
export interface RemotingLocation extends PowerShellLocation {
  /** Come before the shell's own arguments: a program that runs the stand-in. */
  readonly leading?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Carries the scripts out in this process, where the practice organisation can start no program for it. */
  readonly inProcess?: OpenRemoteShell;
}

/** What a mail is about: a try, or what happened, with how much more there was than is listed. */
export type MailContent = { readonly kind: "test" } | { readonly kind: "notices"; readonly notices: readonly MailedNotice[]; readonly more: number };

/** The words of a mail about an identity store. A host has the sentences; main has none. */
export type MailWords = (storeName: string, content: MailContent) => Promise<{ readonly subject: string; readonly text: string }>;

export interface Ports {
  readonly host: "electron" | "loopback" | "command-line";
  readonly version: string;
  /** Absolute path; created when missing. */
  readonly dataDirectory: string;
  /** Who saves, for revisions: `DOMAIN\user` or the login name. */
  readonly user: string;
  readonly clock: Clock;
  readonly resolver: NameResolver;
  readonly proxy: ProxyFinder;
  readonly network: MachineNetwork;
  readonly logger: Logger;
  /** What all hosts of this data folder logged, the newest part of it; the file that was written last comes first. */
  readonly readLog: () => Promise<readonly LogFile[]>;
  /** Every way this kind of host knows, best first, also those that do not work at the moment. */
  readonly keyWrapping: readonly KeyWrapping[];
  /** With what is managed in place of what was saved. */
  readonly preferences: PreferencesPort;
  /** What an administrator decides on this computer. */
  readonly managed: Managed;
  readonly filePicker: FilePicker | null;
  readonly mailWords: MailWords;
  readonly powershell: PowerShellLocation | null;
  /** Null where this machine cannot: remoting to Exchange goes over WSMan, which exists on Windows alone. */
  readonly remoting: RemotingLocation | null;
  /** Opens the practice organisation beside this one. Null where it is already the practice organisation. */
  readonly openPractice: (() => Promise<Result<{ readonly url: string | null }>>) | null;
  /** A code that lets one further page in, within half a minute. Absent where pages are not let in by codes. */
  readonly invite?: () => string;
  /** Opens the console's data anew behind the same pages, a moment after this returns. Absent where the process ends after what it was asked. */
  readonly reopen?: () => void;
  /** The practice organisation this app belongs to, for its drawer. Null in real use. */
  readonly practice: PracticePort | null;
}

/** The drawer's view of the practice organisation. Implemented in main/practice, handed in by the host. */
export interface PracticePort {
  facts(): PracticeFacts;
  components(): readonly PracticeComponent[];
  /** Calls back after any change; the returned function unsubscribes. */
  onChange(callback: () => void): () => void;
  run(verb: string, target: string | null, argument: string | null): Promise<Result<null>>;
}
