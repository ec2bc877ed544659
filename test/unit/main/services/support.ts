/** What the tests of services and router share: a real store in a folder of its own, a provider made of promises. */
import { z } from "zod";
import { createRouter } from "../../../../main/router/index.ts";
import { createServices, type Foundation, type Services } from "../../../../main/services/index.ts";
import { Reach } from "../../../../main/services/reach.ts";
import { createExpressions } from "../../../../main/jobs/expressions.ts";
import { createSealing, type Sealing } from "../../../../main/handover/sealing.ts";
import { createActivity } from "../../../../main/services/activity.ts";
import type { CertificateReader, DataRoom, DirectoryRoom } from "../../../../main/services/rooms.ts";
import { createAliasBench } from "../../../../main/aliases/index.ts";
import { createCertificateReader } from "../../../../main/certificates/index.ts";
import { bind } from "../../../../main/providers/bind.ts";
import { none } from "../../../../main/providers/none/index.ts";
import { probing } from "../../../../main/providers/exchange/probing.ts";
import { other } from "../../../../main/providers/other/index.ts";
import type { BoundSubscriptions, MessagingProvider, ProviderContext, Provisioning } from "../../../../main/providers/provider.ts";
import type { Clock, Logger, MachineNetwork, Ports, PracticePort } from "../../../../main/ports.ts";
import type { OwnKey, PrepareOnly, Store } from "../../../../main/store/types.ts";
import { fail, succeed, type Result } from "../../../../shared/fault.ts";
import type { DraftView } from "../../../../shared/model/draft.ts";
import type { LicenceHolder, UserLicence } from "../../../../shared/model/licence.ts";
import type { MessagingConfiguration } from "../../../../shared/model/messaging.ts";
import type { CheckResult, DiscoveredServer, ServerEntry, ServerListing } from "../../../../shared/model/mail-server.ts";
import { directoryPlace } from "../../../../shared/rules/lending.ts";
import { connection } from "../../../lab/directory-connection.ts";
import { draftPage, type DraftPage, type Written } from "../../../lab/draft-page.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { portsWith, preferencesWith } from "../../../lab/ports.ts";
import { open, systemClock, take, temporaryFolder } from "../store/support.ts";

export { connection };

export function server(name: string): DiscoveredServer {
  return { name, version: "Exchange 2013", build: "15.0.1497.2", roles: ["mailbox"], site: null };
}

export function listingOf(...names: string[]): ServerListing {
  return { servers: names.map(server), notShown: [], complete: true, source: "dc1.contoso.lab", at: 1_700_000_000_000 };
}

export function checked(fault: "refused" | "timed-out" | null, ms = 5): CheckResult {
  const outcome =
    fault === null
      ? ({ state: "passed", answer: "200" } as const)
      : ({ state: "failed", fault: { kind: "unreachable", rung: "tcp", reason: fault } } as const);
  return { at: 0, ms, rungs: [{ rung: "tcp", ms, outcome }], certificateExpiresAt: null };
}

/** A provider with everything, whose answers the test sets. */
export interface ToyBehaviour {
  list: (context: ProviderContext) => Promise<Result<ServerListing>>;
  check: (server: string, context: ProviderContext) => Promise<CheckResult>;
  test: (context: ProviderContext) => Promise<Result<null>>;
  subscriptions: BoundSubscriptions;
}

export function toyProvider(behaviour: ToyBehaviour, provisioning: Provisioning<unknown> | null = null) {
  const schema = z.object({
    variant: z.enum(["2013", "2016"], "not-a-version"),
    domain: z.string("required").trim().min(1, "required"),
    username: z.string("required").trim().min(1, "required"),
  });
  const toy: MessagingProvider<z.infer<typeof schema>> = {
    provisioning,
    probing,
    id: "toy",
    descriptor: {
      id: "toy",
      entries: [
        { provider: "toy", variant: "2013", supportEnds: "2023-04-11", available: true },
        { provider: "toy", variant: "2016", supportEnds: null, available: true },
      ],
      storeKinds: ["active-directory"],
      fields: [
        { kind: "text", name: "domain", format: "dns-name", required: true, maxLength: 255 },
        { kind: "text", name: "username", required: true, maxLength: 255 },
        { kind: "secret", name: "password", required: true, maxLength: 1024 },
        { kind: "certificate", name: "file", required: false, extensions: ["pfx"], passwordField: "filePassword" },
        { kind: "secret", name: "filePassword", required: false, maxLength: 1024 },
      ],
      notices: [],
      servers: "priority",
      testable: true,
      paces: {},
      prevents: [],
      rights: [],
    },
    schema,
    defaults: (store) => ({ domain: store.kind === "active-directory" ? store.domain : "", username: "" }),
    destination: ({ domain }, store) => (store.kind === "active-directory" ? directoryPlace(store, String(domain)) : null),
    discovery: { list: (_configuration, context) => behaviour.list(context) },
    health: { check: (_configuration, name, context) => behaviour.check(name, context) },
    test: { run: (_configuration, context) => behaviour.test(context) },
    subscriptions: {
      list: (_configuration, context) => behaviour.subscriptions.list(context),
      holder: (_configuration, user, context) => behaviour.subscriptions.holder(user, context),
      change: (_configuration, user, change, context) => behaviour.subscriptions.change(user, change, context),
      many: {
        everyHolder: (_configuration, context) => behaviour.subscriptions.many.everyHolder(context),
        changeMany: (_configuration, users, changes, context) => behaviour.subscriptions.many.changeMany(users, changes, context),
      },
    },
    expiries: () => [],
  };
  return bind(toy);
}

/** A user without a licence. */
export function holderOf(signInName: string, licences: readonly UserLicence[] = []): LicenceHolder {
  return { id: signInName, name: "Eva Lind", signInName, usageLocation: "DE", licences: [...licences] };
}

/** Changes users one by one, and knows of none before. */
export function manyOneByOne({ holder, change }: Pick<BoundSubscriptions, "holder" | "change">): BoundSubscriptions["many"] {
  return {
    async *everyHolder() {
      yield* await Promise.resolve([]);
    },
    async changeMany(users, { decide, sending, done }, context) {
      for (const user of users) {
        const read = await holder(user, context);
        const decided = read.ok ? await decide(user, read.value) : read;
        if (decided.ok && decided.value !== null) {
          const told = await sending([user]);
          if (!told.ok) return told;
        }
        const changed = decided.ok && decided.value !== null ? await change(user, decided.value, context) : decided;
        const heard = await done(new Map([[user, changed.ok ? succeed(null) : changed]]));
        if (!heard.ok) return heard;
      }
      return succeed(null);
    },
  };
}

/** Answers everything at once: two servers, all well. */
export function wellBehaved(): ToyBehaviour {
  const single: Pick<BoundSubscriptions, "holder" | "change"> = {
    holder: (user) => Promise.resolve(succeed(holderOf(user))),
    change: (user) => Promise.resolve(succeed(holderOf(user))),
  };
  return {
    list: () => Promise.resolve(succeed(listingOf("exa.contoso.lab", "exb.contoso.lab"))),
    check: () => Promise.resolve(checked(null)),
    test: () => Promise.resolve(succeed(null)),
    subscriptions: {
      list: () => Promise.resolve(succeed({ subscriptions: [], source: "graph.contoso.lab", at: 1_700_000_000_000 })),
      ...single,
      many: manyOneByOne(single),
    },
  };
}

export const noDirectory: DirectoryRoom = {
  createDirectoryGateway: () => ({ open: () => Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "no-records" })) }),
  findControllers: () => Promise.resolve(succeed([{ host: "dc1.contoso.lab", port: 389 }])),
  presentedCertificate: () => Promise.resolve(fail({ kind: "unreachable", rung: "tcp", reason: "refused" })),
  openObjects: () => Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "no-records" })),
  testTenant: () => Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "name-not-found" })),
};

/** A file, and no team. */
export const noTeam: DataRoom = {
  entrance: {
    home: { read: () => succeed(null), change: () => Promise.resolve(succeed(null)), forget: () => Promise.resolve(succeed(null)) },
    test: () => Promise.resolve(fail({ kind: "unreachable", rung: "tcp", reason: "refused" })),
    setUp: () => Promise.resolve(fail({ kind: "unreachable", rung: "tcp", reason: "refused" })),
    join: () => Promise.resolve(fail({ kind: "unreachable", rung: "tcp", reason: "refused" })),
  },
  fault: null,
  openOther: () => Promise.resolve(fail({ kind: "not-found", what: "team" })),
};

export interface Bed {
  readonly services: Services;
  /** An open page that sees what stands there. */
  readonly page: DraftPage;
  readonly store: Store;
  readonly reach: Reach;
  readonly prepareOnly: PrepareOnly;
  readonly router: ReturnType<typeof createRouter>;
  readonly toy: ToyBehaviour;
  dispose(): Promise<void>;
}

export interface BedOptions {
  readonly managed?: Ports["managed"];
  readonly openPractice?: NonNullable<Ports["openPractice"]>;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly directory?: DirectoryRoom;
  readonly data?: DataRoom;
  readonly network?: MachineNetwork;
  readonly certificates?: CertificateReader;
  readonly folder?: string;
  readonly interval?: number;
  readonly host?: Ports["host"];
  readonly practice?: PracticePort;
  /** What the toy provider makes of mail objects; nothing where it is left out. */
  readonly provisioning?: Provisioning<unknown>;
  readonly sealing?: Sealing;
  readonly ownKey?: OwnKey;
  readonly readLog?: Ports["readLog"];
  readonly resolver?: Ports["resolver"];
}

/** Services over a real database. `folder` opens an existing one. */
export async function layBed(options: BedOptions = {}): Promise<Bed> {
  const temporary = options.folder === undefined ? temporaryFolder() : null;
  const folder = options.folder ?? temporary?.folder ?? "";
  const { clock = systemClock, logger = silentLogger } = options;
  const store = await open({ folder, clock, logger });
  const ports = portsWith(folder, {
    network: options.network ?? { interfaces: () => ["lan"] },
    // As an app says it: a team's database takes no other name.
    user: store.team?.state().login ?? "CONTOSO\\anna",
    host: options.host ?? "loopback",
    practice: options.practice ?? null,
    readLog: options.readLog ?? (() => Promise.resolve([])),
    ...(options.resolver === undefined ? {} : { resolver: options.resolver }),
    clock,
    logger,
    preferences: preferencesWith({ checkIntervalSeconds: options.interval ?? 10 }),
    ...(options.openPractice === undefined ? {} : { openPractice: options.openPractice }),
    ...(options.managed === undefined ? {} : { managed: options.managed }),
  });
  const toy = wellBehaved();
  const reader = createCertificateReader(clock);
  const aliases = createAliasBench({ powershell: null, logger });
  const sealing = options.sealing ?? createSealing();
  const expressions = createExpressions();
  const activity = createActivity(store, clock);
  const foundation: Foundation = {
    ports,
    store,
    data: options.data ?? noTeam,
    providers: [toyProvider(toy, options.provisioning), bind(other), bind(none)],
    directory: options.directory ?? noDirectory,
    certificates: options.certificates ?? reader,
    aliases,
    expressions,
    sealing,
    ownKey: options.ownKey ?? store.home.ownKey,
    prepareOnly: store.prepareOnly,
    reach: new Reach({ resolver: ports.resolver, proxy: ports.proxy, remoting: null }, store.prepareOnly),
    record: (event, once) => activity.record(event, once),
  };
  const services = createServices(foundation, activity);
  return {
    services,
    page: draftPage(services.editor),
    store,
    reach: foundation.reach,
    prepareOnly: store.prepareOnly,
    toy,
    router: createRouter(services, { clock, logger }),
    dispose: async () => {
      await services.dispose();
      sealing.dispose();
      await aliases.dispose();
      await reader.dispose();
      await store.close();
      temporary?.remove();
    },
  };
}

/** Work without an audience. */
export function quietly(): { signal: AbortSignal; progress: () => void } {
  return { signal: new AbortController().signal, progress: () => {} };
}

/** A store whose draft lacks nothing. */
export async function storeWithDraft({ services, page }: Bed, name = "Contoso HQ"): Promise<string> {
  const { id: storeId } = take(await services.stores.create(name, connection, "Pa55word!"));
  const draft = take(await page.setSecret({ storeId, provider: "toy", field: "password" }, "secret-42"));
  take(await page.write(storeId, contentOf(draft, { username: "svc" })));
  return storeId;
}

/** The draft of a store that has one. */
export function draftOf({ services }: Bed, storeId: string): DraftView {
  const { draft } = take(services.editor.open(storeId));
  if (draft === null) throw new Error("no draft");
  return draft;
}

/** What a page would send for a draft: other values, ticks and priorities. */
export function contentOf(draft: DraftView, values: MessagingConfiguration["values"] = {}, servers: readonly ServerEntry[] = []): Written {
  return { provider: draft.choice.provider, values, servers };
}
