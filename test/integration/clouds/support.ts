/** The practice clouds for one test file, and a provider's context in which everything that leaves is written down. */
import { expect } from "vitest";
import type { Clock, NameResolver, ProxyFinder } from "../../../main/ports.ts";
import { openCertificate } from "../../../main/certificates/index.ts";
import { startPractice } from "../../../main/practice/index.ts";
import { googleWorkspace } from "../../../main/providers/google-workspace/index.ts";
import { office365 } from "../../../main/providers/office365/index.ts";
import type { OpenedCertificate } from "../../../main/certificates/opened.ts";
import type { ProviderContext, ProviderSecrets } from "../../../main/providers/provider.ts";
import { succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { CloudId, StoreConnection } from "../../../shared/model/identity-store.ts";
import type { CheckResult } from "../../../shared/model/mail-server.ts";
import { recordingLogger } from "../../lab/loggers.ts";
import { take } from "../../unit/main/store/support.ts";
import { clock, noSignal, temporaryFolder } from "../practice/support.ts";
import { restThreads } from "../../lab/rest-threads.ts";

export const FORM = {
  domain: "contoso-practice.com",
  applicationId: "5f0c2a0e-7d1b-4c7e-9a54-2f1f4d6b8c31",
  serviceAccount: "messaging-console@contoso-practice.iam.gserviceaccount.com",
  adminUsername: "admin@contoso-practice.com",
};

export const adConnection: StoreConnection = {
  kind: "active-directory",
  domain: "contoso.lab",
  domainControllers: [],
  dnsServer: null,
  username: "CONTOSO\\svc-mail",
  security: "ldaps",
  trust: { mode: "system" },
};

export interface Clouds {
  readonly resolver: NameResolver;
  /** Every host the product asked to connect to, in order. */
  readonly hosts: string[];
  /** Every line that was logged, as JSON. */
  readonly lines: string[];
  /** The way to the clouds; direct unless a test sets another. */
  proxy: ProxyFinder;
  readonly secret: string;
  readonly expiredSecret: string;
  /** Milliseconds by which the clouds' clock is ahead of this machine's. */
  skew: number;
  file(name: string): Promise<OpenedCertificate>;
  /** Sets a component's state; `up` ends it. */
  set(component: string, state: string): Promise<void>;
  /** Mends everything, and forgets who signed in. */
  reset(): Promise<void>;
  context(options: {
    readonly secrets?: Readonly<Record<string, string>>;
    readonly certificates?: Readonly<Record<string, OpenedCertificate>>;
    readonly signal?: AbortSignal;
    readonly connection?: StoreConnection;
  }): ProviderContext;
  stop(): Promise<void>;
}

function secretsOf(texts: Readonly<Record<string, string>>, certificates: Readonly<Record<string, OpenedCertificate>>): ProviderSecrets {
  return {
    isSet: (field) => field in texts || field in certificates,
    text: (field): Promise<Result<string | null>> => Promise.resolve(succeed(texts[field] ?? null)),
    certificate: (field): Promise<Result<OpenedCertificate | null>> => Promise.resolve(succeed(certificates[field] ?? null)),
  };
}

export async function openClouds(): Promise<Clouds> {
  const place = temporaryFolder();
  const hosts: string[] = [];
  const logger = recordingLogger();
  const time = { skew: 0 };
  const way: { proxy: ProxyFinder } = { proxy: () => succeed(null) };
  const theirs: Clock = { ...clock, now: () => Date.now() + time.skew };
  const practice = await startPractice({ dataDirectory: place.folder, clock: theirs, logger });
  const form = practice.port.facts().forms.find((each) => each.provider === "office365");
  const valueOf = (field: string, variant?: string) => form?.values.find((each) => each.field === field && each.variant === variant)?.value ?? "";
  const resolver: NameResolver = {
    ...practice.resolver,
    connectTo(host, port, options) {
      hosts.push(host);
      return practice.resolver.connectTo(host, port, options);
    },
  };
  return {
    resolver,
    hosts,
    lines: logger.lines,
    secret: valueOf("clientSecret"),
    expiredSecret: valueOf("clientSecret", "expired"),
    get proxy() {
      return way.proxy;
    },
    set proxy(next) {
      way.proxy = next;
    },
    get skew() {
      return time.skew;
    },
    set skew(ms) {
      time.skew = ms;
    },
    async file(name) {
      const found = practice.port.facts().files.find((each) => each.name === name);
      if (found === undefined) throw new Error(`There is no practice file ${name}`);
      return take(await openCertificate(Buffer.from(found.base64, "base64"), found.password, { signal: noSignal, clock }));
    },
    async set(component, state) {
      take(await practice.port.run(state, component, null));
    },
    async reset() {
      take(await practice.port.run("reset", null, null));
    },
    context: ({ secrets = {}, certificates = {}, signal = noSignal, connection = adConnection }) => ({
      signal,
      progress: (event) => logger.info("progress", { event }),
      logger,
      clock,
      resolver,
      secrets: secretsOf(secrets, certificates),
      connection,
      proxy: (host) => way.proxy(host),
      memory: new Map(),
      asked: false,
      directory: null,
      remoting: null,
    }),
    async stop() {
      await practice.dispose();
      await restThreads();
      place.remove();
    },
  };
}

/** `rung: state` for each rung, with the fault of a failed one. */
export function ladderOf(result: CheckResult): readonly string[] {
  return result.rungs.map(({ rung, outcome }) => `${rung}: ${outcome.state === "failed" ? JSON.stringify(outcome.fault) : outcome.state}`);
}

/** The fault of the rung that failed; throws when none did. */
export function faultOf(result: CheckResult): Fault {
  for (const { outcome } of result.rungs) if (outcome.state === "failed") return outcome.fault;
  throw new Error(`Nothing failed: ${ladderOf(result).join(", ")}`);
}

/** Expects a fault whose detail holds what is expected of it: a far side's own words come along, and differ each time. */
export function expectFault(fault: Fault, expected: Fault): void {
  const detailOf = (each: Fault) => ("detail" in each ? (each.detail ?? "") : "");
  expect({ ...fault, detail: "" }).toMatchObject({ ...expected, detail: "" });
  expect(detailOf(fault)).toContain(detailOf(expected));
}

/** What differs from a configuration that is right. A null credential is not set; absent is the right one. */
export interface Difference {
  readonly cloud?: CloudId;
  readonly server?: string;
  readonly domain?: string;
  readonly applicationId?: string;
  readonly secret?: string | null;
  readonly certificate?: OpenedCertificate | null;
  readonly serviceAccount?: string;
  readonly adminUsername?: string;
  readonly connection?: StoreConnection;
  readonly signal?: AbortSignal;
}

async function certificateOf(clouds: Clouds, { certificate }: Difference, right: string): Promise<Readonly<Record<string, OpenedCertificate>>> {
  if (certificate === null) return {};
  return { certificate: certificate ?? (await clouds.file(right)) };
}

function contextOf(clouds: Clouds, different: Difference, given: Parameters<Clouds["context"]>[0]): ProviderContext {
  const { signal, connection } = different;
  return clouds.context({ ...given, ...(signal === undefined ? {} : { signal }), ...(connection === undefined ? {} : { connection }) });
}

/** Climbs Office 365's ladder. */
export async function checkOffice365(clouds: Clouds, different: Difference): Promise<CheckResult> {
  const { cloud = "worldwide", server = "outlook.office365.com", domain = FORM.domain, applicationId = FORM.applicationId, secret = clouds.secret } = different;
  const certificates = await certificateOf(clouds, different, "practice-application.pfx");
  const context = contextOf(clouds, different, { secrets: secret === null ? {} : { clientSecret: secret }, certificates });
  const result = await office365.health?.check({ cloud, domain, applicationId }, server, context);
  if (result === undefined) throw new Error("Office 365 has no health check");
  return result;
}

/** Climbs Google Workspace's ladder. */
export async function checkGoogle(clouds: Clouds, different: Difference): Promise<CheckResult> {
  const { serviceAccount = FORM.serviceAccount, adminUsername = FORM.adminUsername } = different;
  const certificates = await certificateOf(clouds, different, "practice-google.p12");
  const result = await googleWorkspace.health?.check({ serviceAccount, adminUsername }, "admin.googleapis.com", contextOf(clouds, different, { certificates }));
  if (result === undefined) throw new Error("Google Workspace has no health check");
  return result;
}
