/**
 * The interface every messaging provider implements. A provider is a folder here and one line in index.ts; nobody else
 * switches on its id. Capabilities that a provider lacks are null.
 */
import type { z } from "zod";
import type { Result } from "../../shared/fault.ts";
import type { StoreConnection } from "../../shared/model/identity-store.ts";
import type { SecretPlace } from "../../shared/rules/lending.ts";
import type { CheckResult, ServerListing } from "../../shared/model/mail-server.ts";
import type { FieldValue, ProviderDescriptor } from "../../shared/model/messaging.ts";
import type { CheckMemory } from "../../shared/rules/pace.ts";
import type { Progress } from "../../shared/contract/progress.ts";
import type { OpenedCertificate } from "../certificates/opened.ts";
import type { DirectoryGateway } from "../directory/types.ts";
import type { Clock, Logger, NameResolver, ProxyFinder } from "../ports.ts";

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
  /** Null for stores without an Active Directory. */
  readonly directory: DirectoryGateway | null;
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
  readonly test: ConnectionTest<Configuration> | null;
  expiries(configuration: Configuration): readonly ConfigurationExpiry[];
}

/** Erases the configuration's type so that providers of different shapes share one array; each decodes its own input. */
export type AnyProvider = {
  readonly id: string;
  readonly descriptor: ProviderDescriptor;
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
  expiries(): readonly ConfigurationExpiry[];
}
