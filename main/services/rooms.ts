/** What the services need from other rooms; handed in by app.ts. */
import type { PresentedCertificate } from "../../shared/contract/stores.ts";
import type { Progress } from "../../shared/contract/progress.ts";
import type { ActivityEvent } from "../../shared/contract/activity.ts";
import type { Fault, Result } from "../../shared/fault.ts";
import type { AliasAnswer, AliasQuestion, PatternError } from "../../shared/model/alias.ts";
import type { AliasRule } from "../../shared/model/alias-list.ts";
import type { CertificateInspection } from "../../shared/model/certificate.ts";
import type { ActiveDirectoryConnection, EntraConnection, LdapSecurity } from "../../shared/model/identity-store.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import type { Clock, Logger, NameResolver, Ports, ProxyFinder } from "../ports.ts";
import type { JudgedList, NameList } from "../aliases/listed.ts";
import type { OpenedCertificate } from "../certificates/opened.ts";
import type { DirectoryGateway, DirectoryObjects } from "../directory/types.ts";
import type { AnyProvider } from "../providers/provider.ts";
import type { Expressions } from "../jobs/expressions.ts";
import type { Sealing } from "../handover/sealing.ts";
import type { OwnKey, PrepareOnly, Store, TeamEntrance } from "../store/types.ts";
import type { Reach } from "./reach.ts";

export interface DirectoryDependencies {
  readonly resolver: NameResolver;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Where the directory of a store is reached. */
export interface DirectoryRoom {
  createDirectoryGateway(connection: ActiveDirectoryConnection, deps: DirectoryDependencies): DirectoryGateway;
  /** Signs in and gives the objects of the domain; everything is asked of the one controller that was reached. Fails as the gateway does. */
  openObjects(
    connection: ActiveDirectoryConnection,
    account: { readonly username: string; readonly password: string; readonly controller?: string; readonly signal: AbortSignal },
    deps: DirectoryDependencies,
  ): Promise<Result<DirectoryObjects>>;
  findControllers(
    domain: string,
    dnsServer: string | null,
    deps: DirectoryDependencies,
    signal: AbortSignal,
  ): Promise<Result<readonly { readonly host: string; readonly port: number }[]>>;
  presentedCertificate(
    request: { readonly host: string; readonly domain: string; readonly dnsServer: string | null; readonly security: LdapSecurity },
    deps: DirectoryDependencies,
    signal: AbortSignal,
  ): Promise<Result<PresentedCertificate>>;
  /** Climbs to a Microsoft Entra tenant without an account. */
  testTenant(
    connection: EntraConnection,
    deps: DirectoryDependencies & { readonly proxy: ProxyFinder },
    options: { readonly signal: AbortSignal; readonly onRung?: (rung: RungResult) => void },
  ): Promise<Result<null>>;
}

/**
 * Reads PFX and P12 files. The password null and the empty one both say that nothing was typed; `identity` is the thumbprint
 * of the certificate that a person chose among several.
 */
export interface CertificateReader {
  inspect(bytes: Uint8Array, password: string | null, identity: string | null): Promise<CertificateInspection>;
  open(bytes: Uint8Array, password: string | null, options: { readonly signal: AbortSignal; readonly identity: string | null }): Promise<Result<OpenedCertificate>>;
}

/** Tries aliases against a regular expression. */
export interface AliasBench {
  evaluate(question: AliasQuestion, signal: AbortSignal): Promise<Result<AliasAnswer>>;
  /** The names of a list file. Fails with `cancelled`, and with `unreadable` and the place that is no list. */
  readNames(
    bytes: Uint8Array,
    options: { readonly fileName: string; readonly column: string | null; readonly signal: AbortSignal; readonly onRead: (bytes: number) => void },
  ): Promise<Result<NameList>>;
  /** Judges every name of a list. Fails with `cancelled` alone. */
  judgeNames(names: readonly string[], rule: AliasRule, options: { readonly signal: AbortSignal; readonly onJudged: (names: number) => void }): Promise<Result<JudgedList>>;
  /** Why .NET takes no such expression, by its syntax alone; null where it does. */
  refusal(pattern: string): Omit<PatternError, "words"> | null;
}

/** The file and a team's database, whichever of them the console works on. */
export interface DataRoom {
  readonly entrance: TeamEntrance;
  /** Why the console works on the file although it was told to work on the team's database; null where that is not so. */
  readonly fault: Fault | null;
  /** Opens the one that the console does not work on. Fails as opening it does, and with `not-found: team` where there is none. */
  openOther(): Promise<Result<Store>>;
}

/** Everything the services stand on. What leads out of this computer is had from `reach` alone, which knows for whom. */
export interface Foundation {
  readonly ports: Omit<Ports, "resolver" | "proxy">;
  readonly prepareOnly: PrepareOnly;
  readonly reach: Reach;
  readonly store: Store;
  readonly data: DataRoom;
  readonly providers: readonly AnyProvider[];
  readonly directory: DirectoryRoom;
  readonly certificates: CertificateReader;
  readonly aliases: AliasBench;
  readonly expressions: Expressions;
  readonly sealing: Sealing;
  readonly ownKey: OwnKey;
  /** Keeps an event for the Activity page. With `once`, unless one with the same text was ever kept. */
  readonly record: (event: Omit<ActivityEvent, "id" | "at">, once?: string) => void;
}

/** How long work is watched and stopped. */
export interface WorkOptions {
  readonly signal: AbortSignal;
  readonly progress: (event: Progress) => void;
}

/** The fault for something addressed by an id that is gone. */
export function gone(what: "identity-store" | "provider" | "revision" | "file" | "transfer" | "alias-list" | "server" | "field" | "certificate-identity" | "team" | "bundle" | "draft" | "sighting" | "probe-result" | "identity-stores"): Fault {
  return { kind: "not-found", what };
}
