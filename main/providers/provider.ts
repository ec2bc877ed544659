/**
 * The interface every messaging provider implements. A provider is a folder here and one line in index.ts; nobody else
 * switches on its id. Capabilities that a provider lacks are null.
 */
import type { z } from "zod";
import type { Fault, Issue, Result } from "../../shared/fault.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import type { SecretPlace } from "../../shared/rules/lending.ts";
import type { LicenceChange, LicenceHolder } from "../../shared/model/licence.ts";
import type { DirectoryObject, MailObjectType, MailRequest, StepOutcome } from "../../shared/model/mail-object.ts";
import type { CheckResult, ServerListing } from "../../shared/model/mail-server.ts";
import type { ShellSettings } from "../../shared/model/management-shell.ts";
import type { FieldValue, ProviderDescriptor } from "../../shared/model/messaging.ts";
import type { Observed, ProbeQuestion } from "../../shared/model/probe.ts";
import type { SubscriptionList } from "../../shared/model/subscription.ts";
import type { CheckMemory } from "../../shared/rules/pace.ts";
import type { Progress } from "../../shared/contract/progress.ts";
import type { OpenedCertificate } from "../certificates/opened.ts";
import type { Attributes, DirectoryGateway, DirectoryObjects } from "../directory/types.ts";
import type { Clock, Logger, NameResolver, ProxyFinder } from "../ports.ts";
import type { OpenRemoteShell } from "../powershell/types.ts";

/** Secrets of a configuration by field name, opened for one call. */
export interface ProviderSecrets {
  /** Whether the field holds a secret or certificate; opens nothing. */
  isSet(field: string): boolean;
  /** Null when not set. Fails with `unreadable` when it cannot be opened here. */
  text(field: string): Promise<Result<string | null>>;
  certificate(field: string): Promise<Result<OpenedCertificate | null>>;
}

/** What a provider may use: no app object. */
export interface ProviderContext {
  readonly signal: AbortSignal;
  readonly progress: (event: Progress) => void;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly resolver: NameResolver;
  /** For hosts of a cloud only. */
  readonly proxy: ProxyFinder;
  readonly secrets: ProviderSecrets;
  readonly connection: StoreConnection;
  /**
   * What earlier checks with this configuration and these secrets remember; new as soon as one of them changes, and for
   * each test. What a provider itself keeps from check to check hangs on it (a WeakMap), so that both end together.
   */
  readonly memory: CheckMemory;
  /** A person asked: everything is climbed, whatever its pace. */
  readonly asked: boolean;
  /** Servers that carry a tick, in their order; absent where nobody has ticked any. */
  readonly ticked?: readonly string[];
  /** Null for stores without an Active Directory. */
  readonly directory: DirectoryGateway | null;
  /** Starts a shell that can open sessions on Exchange's servers. Null where this machine cannot: there is no WSMan outside Windows. */
  readonly remoting: OpenRemoteShell | null;
}

/** Sync Again. */
export interface Discovery<Configuration> {
  list(configuration: Configuration, context: ProviderContext): Promise<Result<ServerListing>>;
}

/** Status: climbs the rungs for one server. Never throws for an expected failure; the failed rung says it. */
export interface HealthCheck<Configuration> {
  check(configuration: Configuration, server: string, context: ProviderContext): Promise<CheckResult>;
}

/** Test connection: yields the provider's own ladder, rung by rung, through `context.progress`, and its verdict. */
export interface ConnectionTest<Configuration> {
  run(configuration: Configuration, context: ProviderContext): Promise<Result<null>>;
}

/** A kind of mail object, with the reason why a store cannot have it; null where it can. */
export interface OfferedType {
  readonly type: MailObjectType;
  readonly why: string | null;
}

/** Where the mail part is written: by the ticked servers in their order, by the provider's own service, or with the directory's attributes. */
export type MailPartBy = "servers" | "cloud" | "attributes";

/** What the commands that an administrator would type speak of; null where it is not known. */
export interface CommandFacts {
  readonly identity: string | null;
  readonly server: string | null;
  readonly controller: string | null;
}

/**
 * Mail-enabling. What is planned is told without any traffic; then objects are made in the directory first, and a run makes their mail
 * parts.
 */
export interface Provisioning<Configuration> {
  readonly via: MailPartBy;
  types(configuration: Configuration, connection: StoreConnection): readonly OfferedType[];
  /** What stands behind the @; null where the provider's policy decides. */
  domain(configuration: Configuration, connection: StoreConnection): string | null;
  /** Longest alias, in characters. */
  aliasLength(configuration: Configuration): number;
  /** What is wrong with a request by the provider's own rules. Paths are a request's properties. */
  issues(configuration: Configuration, request: MailRequest, connection: StoreConnection): readonly Issue[];
  /** The primary address that results; null where nobody can say before. */
  address(configuration: Configuration, request: MailRequest, connection: StoreConnection): string | null;
  /** Attributes that a new object gets when it is made in the directory. */
  attributes(configuration: Configuration, request: MailRequest, connection: StoreConnection): Attributes;
  /** What is left to do by hand afterwards: codes of sentences. */
  byHand(configuration: Configuration, request: MailRequest, connection: StoreConnection): readonly string[];
  /** The mail part as an administrator would type it in PowerShell, with secrets as prompts. */
  commands(configuration: Configuration, request: MailRequest, facts: CommandFacts): string;
  /** The directory that objects of a store without an Active Directory are made in; null where the provider serves no such store. */
  openObjects: ((configuration: Configuration, context: ProviderContext) => Promise<Result<DirectoryObjects>>) | null;
  /** Why nothing at all can be done from here, which is told before anything is written; absent where nothing is known against it. */
  obstacle?(configuration: Configuration, context: ProviderContext): Fault | null;
  /** Begins a run. Connects to nobody yet. */
  open(configuration: Configuration, context: ProviderContext, objects: DirectoryObjects): ProvisioningRun;
}

/** What a run keeps from object to object, such as one session a server. */
export interface ProvisioningRun {
  /** Makes the mail part, or takes it away. `server` is null where there are none to choose. Never throws for an expected failure. */
  ask(server: string | null, request: MailRequest, object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome>;
  /** Looks whether it is as the request wants it: `found`, `different`, `missing`; `unanswered` where that could not be read. */
  look(request: MailRequest, object: DirectoryObject, signal: AbortSignal): Promise<StepOutcome>;
  /** Ends every session. */
  close(): Promise<void>;
}

/** What the answers that a carry-in probe brought are read with. */
export interface ProbeReading {
  readonly clock: Clock;
  readonly connection: StoreConnection;
  /** PEM; what this host trusts besides the system's authorities. */
  readonly authorities: readonly string[];
  /** When the server was asked, epoch milliseconds by the other computer's clock, and how long that took. */
  readonly at: number;
  readonly ms: number;
  readonly port: number;
}

/** A check by a script that is carried to where no console reaches: what it asks, and what the console makes of the answers. */
export interface Probing {
  readonly question: ProbeQuestion;
  /** The rungs that the console's own check climbs, as far as a script without a secret can. */
  read(server: string, observed: Observed, reading: ProbeReading): Promise<CheckResult>;
}

/** How the licences of many users are changed: what is decided of each, and who hears of it. Users by their ids. */
export interface ManyChanges {
  /** What is to be done for a user as it is now, with what is not so already; null where nothing is. A fault is the user's answer. */
  readonly decide: (user: string, holder: LicenceHolder) => Promise<Result<LicenceChange | null>>;
  /** Before anything is written for these users. A fault keeps it from being written, and ends everything. */
  readonly sending: (users: readonly string[]) => Promise<Result<null>>;
  /** What came of users, each told once. A fault ends everything. */
  readonly done: (answers: ReadonlyMap<string, Result<null>>) => Promise<Result<null>>;
}

/** Licences of more users than one would be asked for one by one. */
export interface ManyLicences<Configuration> {
  /** Every user of the tenant, page by page; groups without their names. A page that did not come is the last one, as a fault: never is it taken for the end. */
  everyHolder(configuration: Configuration, context: ProviderContext): AsyncGenerator<Result<readonly LicenceHolder[]>, void>;
  /**
   * Changes direct licences of users who each stand there once, over what each has at that moment. Who could not be answered for is read again
   * before anything is written again. Fails with what ended it; who was not told of then was left as found.
   */
  changeMany(configuration: Configuration, users: readonly string[], changes: ManyChanges, context: ProviderContext): Promise<Result<null>>;
}

/** {@link ManyLicences} with a decoded configuration. */
export interface BoundManyLicences {
  everyHolder(context: ProviderContext): AsyncGenerator<Result<readonly LicenceHolder[]>, void>;
  changeMany(users: readonly string[], changes: ManyChanges, context: ProviderContext): Promise<Result<null>>;
}

/** What a tenant has bought, how much of it is used, and who has what. */
export interface Subscriptions<Configuration> {
  list(configuration: Configuration, context: ProviderContext): Promise<Result<SubscriptionList>>;
  /** By the whole sign-in name or the id. Fails with `not-found` (`user-in-tenant`). */
  holder(configuration: Configuration, user: string, context: ProviderContext): Promise<Result<LicenceHolder>>;
  /** Changes direct licences in one call. Answers what the cloud shows afterwards, which may be what was there before. */
  change(configuration: Configuration, user: string, change: LicenceChange, context: ProviderContext): Promise<Result<LicenceHolder>>;
  readonly many: ManyLicences<Configuration>;
}

/** {@link Subscriptions} with a decoded configuration. */
export interface BoundSubscriptions {
  list(context: ProviderContext): Promise<Result<SubscriptionList>>;
  holder(user: string, context: ProviderContext): Promise<Result<LicenceHolder>>;
  change(user: string, change: LicenceChange, context: ProviderContext): Promise<Result<LicenceHolder>>;
  readonly many: BoundManyLicences;
}

/** An account as it is now. */
export interface LeaverAccount {
  readonly signInName: string;
  readonly isBlocked: boolean;
  /** It comes from a directory by synchronisation, and is blocked and deleted there. */
  readonly isSynchronised: boolean;
}

/** What is done with users who left, by their ids. */
export interface Leaving<Configuration> {
  /** Null where there is no such user. */
  account(configuration: Configuration, user: string, context: ProviderContext): Promise<Result<LeaverAccount | null>>;
  /** Names of administrators' roles that the user holds, also by groups. */
  roles(configuration: Configuration, user: string, context: ProviderContext): Promise<Result<readonly string[]>>;
  /** Nobody signs in with it any more, and who is signed in is signed out; over again where it is so already. Fails with `object-refused: administrator`. */
  block(configuration: Configuration, user: string, context: ProviderContext): Promise<Result<null>>;
  /** Deletes the user; nothing where it is gone. Fails as {@link Leaving.block}. */
  remove(configuration: Configuration, user: string, context: ProviderContext): Promise<Result<null>>;
}

/** {@link Leaving} with a decoded configuration. */
export interface BoundLeaving {
  account(user: string, context: ProviderContext): Promise<Result<LeaverAccount | null>>;
  roles(user: string, context: ProviderContext): Promise<Result<readonly string[]>>;
  block(user: string, context: ProviderContext): Promise<Result<null>>;
  remove(user: string, context: ProviderContext): Promise<Result<null>>;
}

/** A date in a configuration after which something stops working. */
export interface ConfigurationExpiry {
  readonly kind: "secret" | "support";
  /** What names it, as of an `ExpiryKind`. */
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface MessagingProvider<Configuration> {
  readonly id: string;
  readonly descriptor: ProviderDescriptor;
  /** Decodes `{ variant, ...values }`. Issues carry codes as messages; paths are field names. */
  readonly schema: z.ZodType<Configuration>;
  /** Values of a new form; `connection` lends what is known, such as the store's domain. */
  defaults(connection: StoreConnection): Readonly<Record<string, FieldValue>>;
  /** Where the form's secrets travel; absent where nothing in the form chooses their way. */
  destination?(values: Readonly<Record<string, FieldValue>>, connection: StoreConnection): SecretPlace | null;
  readonly discovery: Discovery<Configuration> | null;
  readonly health: HealthCheck<Configuration> | null;
  /** Null, or absent, where a script has nothing to ask. */
  readonly probing?: Probing | null;
  readonly test: ConnectionTest<Configuration> | null;
  /** Null where no mail object is made with it. */
  readonly provisioning: Provisioning<Configuration> | null;
  /** Null, or absent, where nothing is bought by the seat that this console can ask for. */
  readonly subscriptions?: Subscriptions<Configuration> | null;
  /** Null, or absent, where nobody is blocked or deleted with it. */
  readonly leaving?: Leaving<Configuration> | null;
  expiries(configuration: Configuration): readonly ConfigurationExpiry[];
  /** What the product's management shell takes for it; null, or absent, where that shell has no way to set it. */
  managementShell?(configuration: Configuration): ShellSettings | null;
}

/** Erases the configuration's type so that providers of different shapes share one array; each decodes its own input. */
export type AnyProvider = {
  readonly id: string;
  readonly descriptor: ProviderDescriptor;
  readonly probing: Probing | null;
  /** Whether it has {@link Subscriptions}. */
  readonly hasSubscriptions: boolean;
  defaults(connection: StoreConnection): Readonly<Record<string, FieldValue>>;
  /** Where the form's secrets travel; null where nothing in it chooses their way. */
  destination(values: Readonly<Record<string, FieldValue>>, connection: StoreConnection): SecretPlace | null;
  /** Decodes raw values; fails with `invalid`. */
  decode(variant: string | null, values: Readonly<Record<string, FieldValue>>): Result<BoundProvider>;
};

/** A provider together with a decoded configuration. */
export interface BoundProvider {
  readonly list: ((context: ProviderContext) => Promise<Result<ServerListing>>) | null;
  readonly check: ((server: string, context: ProviderContext) => Promise<CheckResult>) | null;
  readonly test: ((context: ProviderContext) => Promise<Result<null>>) | null;
  readonly provisioning: BoundProvisioning | null;
  readonly subscriptions: BoundSubscriptions | null;
  readonly leaving: BoundLeaving | null;
  expiries(): readonly ConfigurationExpiry[];
  managementShell(): ShellSettings | null;
}

/** {@link Provisioning} with a decoded configuration. */
export interface BoundProvisioning {
  readonly via: MailPartBy;
  readonly aliasLength: number;
  types(connection: StoreConnection): readonly OfferedType[];
  domain(connection: StoreConnection): string | null;
  issues(request: MailRequest, connection: StoreConnection): readonly Issue[];
  address(request: MailRequest, connection: StoreConnection): string | null;
  attributes(request: MailRequest, connection: StoreConnection): Attributes;
  byHand(request: MailRequest, connection: StoreConnection): readonly string[];
  commands(request: MailRequest, facts: CommandFacts): string;
  readonly openObjects: ((context: ProviderContext) => Promise<Result<DirectoryObjects>>) | null;
  obstacle(context: ProviderContext): Fault | null;
  open(context: ProviderContext, objects: DirectoryObjects): ProvisioningRun;
}
