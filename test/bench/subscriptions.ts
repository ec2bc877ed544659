/**
 * The licences of a tenant of 100,000 users, of whom 80,000 have one, read page by page and planned over for 100,000 rows, beside a reader that
 * asks for the very same pages and makes JSON of them. Both read over TLS from one server of this process. The users of the rows are found in
 * memory: how long a tenant takes to find each is not measured here.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { DirectoryObjects } from "../../main/directory/types.ts";
import { providers } from "../../main/providers/index.ts";
import { office365 } from "../../main/providers/office365/index.ts";
import type { ProviderContext } from "../../main/providers/provider.ts";
import { holderLookup } from "../../main/services/jobs/holders.ts";
import { RowPlanner } from "../../main/services/jobs/row-planner.ts";
import { groundOf, type Ground } from "../../main/services/mail-objects/ground.ts";
import { succeed, type Result } from "../../shared/fault.ts";
import type { Job } from "../../shared/model/job.ts";
import type { LicenceHolder } from "../../shared/model/licence.ts";
import type { FoundObject } from "../../shared/model/mail-object.ts";
import type { Subscription } from "../../shared/model/subscription.ts";
import { blankJob } from "../../shared/rules/job.ts";
import type { WantedRow } from "../../main/jobs/wanted.ts";
import { FORM, openClouds } from "../integration/clouds/support.ts";
import { holdObjects } from "../unit/main/providers/held-objects.ts";
import { messagingWith, noteBy, open, take } from "../unit/main/store/support.ts";
import type { BenchResult } from "./main.ts";
import { inTurn, median } from "./paired-runs.ts";
import { accountOf, E3, EMS, idOf, serveTenant, type ServedTenant } from "./subscriptions-tenant.ts";

const USERS = 100_000;
const LICENCES = 80_000;
const ROUNDS = 5;
const MEGABYTE = 1024 * 1024;

const configuration = { cloud: "worldwide", domain: FORM.domain, applicationId: FORM.applicationId } as const;
const job: Job = { ...blankJob("mailbox"), id: "bench", name: "Bench", licensing: "exact", missing: "skip" };
const seats = { enabled: USERS, warning: 0, suspended: 0, lockedOut: 0, used: 0 };
const bought: readonly Subscription[] = [["ENTERPRISEPACK", E3], ["EMS", EMS]].map(([partNumber = "", id = ""]) => ({ id, partNumber, state: "enabled", isForUsers: true, seats, plans: [] }));
const rows = Array.from({ length: USERS }, (_none, number): WantedRow => {
  const account = accountOf(number);
  // Every other row wants another product than most have.
  return { row: number + 1, key: account, name: `User ${number}`, values: { accountName: account, usageLocation: "DE", subscriptions: number % 2 === 0 ? "ENTERPRISEPACK" : "EMS" }, issues: [] };
});

/** As saved, in a store of its own. */
async function savedGround(folder: string): Promise<Ground> {
  const store = await open({ folder: path.join(folder, "store") });
  const messaging = messagingWith(0, { ...configuration });
  const document = { name: "Contoso", connection: { kind: "entra-id", cloud: "worldwide", tenant: FORM.domain }, directoryPassword: null, messaging: { ...messaging, configuration: { ...messaging.configuration, provider: "office365", variant: null } } } as const;
  const { id } = take(await store.identityStores.create(document, noteBy("ada")));
  const ground = take(groundOf({ store, providers }, id));
  await store.close();
  return ground;
}

/** What a tenant would be asked for, and is not measured. */
function objectsInMemory(): DirectoryObjects {
  const { objects } = holdObjects();
  const found = new Map(rows.map(({ key, name }, number): [string, FoundObject] => {
    const address = `${key}@contoso-practice.com`;
    return [key, { identity: `users/${idOf(number)}`, guid: idOf(number), controller: null, name, type: "mailbox", alias: key, address, accountName: key, mailEnabled: true, why: null }];
  }));
  return { ...objects, called: (key: string) => Promise.resolve(succeed({ objects: [found.get(key)].filter((each) => each !== undefined), more: false })) };
}

async function everyHolder(context: ProviderContext): Promise<Result<ReadonlyMap<string, LicenceHolder>>> {
  if (office365.subscriptions == null) throw new Error("Office 365 has no subscriptions");
  const holders = new Map<string, LicenceHolder>();
  for await (const page of office365.subscriptions.many.everyHolder(configuration, context)) for (const holder of take(page)) holders.set(holder.id, holder);
  return succeed(holders);
}

/** Milliseconds of reading and planning, and of reading alone. */
async function ours(ground: Ground, objects: DirectoryObjects, context: ProviderContext): Promise<{ readonly ms: number; readonly read: number }> {
  const started = performance.now();
  let read = 0;
  const holder = holderLookup(rows.length, {
    one: () => Promise.reject(new Error("somebody is missing")),
    every: async () => {
      const holders = await everyHolder(context);
      read = performance.now() - started;
      return holders;
    },
  });
  const notAsked = () => Promise.reject(new Error("not asked"));
  const asked = { aliases: { evaluate: notAsked, readNames: notAsked, judgeNames: notAsked, refusal: () => null }, servers: { order: [], last: [], denied: [] }, objects, signal: context.signal };
  const planner = new RowPlanner({ job, ground, rows, subscriptions: bought, asked, holder, leaving: null });
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const { action } = take(await planner.plan(row));
    counts[action] = (counts[action] ?? 0) + 1;
  }
  const expected = { keep: LICENCES / 2, unlicense: LICENCES / 2, license: USERS - LICENCES };
  for (const [action, count] of Object.entries(expected)) if (counts[action] !== count) throw new Error(`planned ${JSON.stringify(counts)}`);
  return { ms: performance.now() - started, read };
}

const pageSchema = z.looseObject({ "@odata.nextLink": z.string().optional() });

/** Milliseconds. */
async function peer({ port, authorityPem, first }: ServedTenant): Promise<{ readonly ms: number; readonly read: number }> {
  const started = performance.now();
  const pages: unknown[] = [];
  for (let next: string | undefined = first; next !== undefined; ) {
    const { hostname, pathname, search } = new URL(next);
    const request = https.get({ host: "127.0.0.1", port, servername: hostname, path: `${pathname}${search}`, ca: authorityPem, headers: { host: hostname } });
    const [response] = await once(request, "response");
    const page: unknown = JSON.parse(await text(response));
    pages.push(page);
    next = pageSchema.parse(page)["@odata.nextLink"];
  }
  const ms = performance.now() - started;
  return { ms, read: ms };
}

/** Goal: at most 3 times the peer. `peak_rss_mb` is of this whole process, the server's pages and both readers among it. */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-subscriptions-"));
  const clouds = await openClouds();
  const tenant = await serveTenant(folder, USERS, LICENCES);
  try {
    const ground = await savedGround(folder);
    const practice = clouds.context({ secrets: { clientSecret: clouds.secret } });
    const resolver: ProviderContext["resolver"] = {
      ...practice.resolver,
      authorities: [...practice.resolver.authorities, tenant.authorityPem],
      connectTo: (host, port, options) => (host.startsWith("graph.") ? Promise.resolve(succeed([{ address: "127.0.0.1", port: tenant.port }])) : practice.resolver.connectTo(host, port, options)),
    };
    const context = { ...practice, resolver };
    const objects = objectsInMemory();
    const before = process.memoryUsage.rss();
    const taken = await inTurn(ROUNDS, () => ours(ground, objects, context), () => peer(tenant));
    const [our, their, read] = [median(taken.ours.map(({ ms }) => ms)), median(taken.peer.map(({ ms }) => ms)), median(taken.ours.map((each) => each.read))];
    const more = {
      users: USERS, licences: LICENCES, json_mb: Math.round(tenant.bytes / MEGABYTE), read_ms: Math.round(read), plan_ms: Math.round(our - read),
      rss_before_mb: Math.round(before / MEGABYTE), peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    };
    return { name: "subscriptions", ours_ms: Math.round(our), peer: "reading the same JSON", peer_ms: Math.round(their), ratio: Math.round((our / their) * 100) / 100, more };
  } finally {
    tenant.close();
    await clouds.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
