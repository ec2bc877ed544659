/** What the store's tests share: a folder of their own, a host's parts, and documents to save. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { systemClock } from "../../../../main/hosts/shared/clock.ts";
import { openStore, type FileStore } from "../../../../main/store/index.ts";
import type { Clock, KeyWrapping, Logger } from "../../../../main/ports.ts";
import type { SaveNote, SealedMessaging, SecretReference, Store, StoreDocument, StoredDraft } from "../../../../main/store/types.ts";
import type { Fault, Result } from "../../../../shared/fault.ts";
import { engineUnderTest } from "../../../lab/engine-under-test.ts";
import { keyWrappingWith, platformKey } from "../../../lab/key-wrapping.ts";
import { silentLogger } from "../../../lab/loggers.ts";

/** How long a test waits for word from a team's database, in milliseconds; it comes at once. */
const HEARD_MS = 5000;

/** A new folder with a name that is hard on paths. */
export function temporaryFolder(): { readonly folder: string; remove(): void } {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), "messaging-console-store-"));
  const folder = path.join(base, "Zoë's Größe % データ #1");
  return { folder, remove: () => fs.rmSync(base, { recursive: true, force: true, maxRetries: 5 }) };
}

export { systemClock };

/** A clock that stands still until the test moves it. */
export function manualClock(start: number): Clock & { advance(ms: number): void } {
  let now = start;
  const timers = new Map<() => void, { readonly at: number }>();
  return {
    now: () => now,
    elapsed: () => now,
    after: (ms, callback) => {
      const run = () => callback();
      timers.set(run, { at: now + ms });
      return () => timers.delete(run);
    },
    random: () => 0,
    advance: (ms) => {
      now += ms;
      for (const [run, { at }] of timers) {
        if (at > now) continue;
        timers.delete(run);
        run();
      }
    },
  };
}

export interface OpenOptions {
  readonly folder: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly keyWrapping?: readonly KeyWrapping[];
}

/** Opens the data of a folder on the engine under test. What is opened several times is as many consoles on one database. */
export async function tryOpen({ folder, clock = systemClock, logger = silentLogger, keyWrapping = keyWrappingWith(platformKey) }: OpenOptions): Promise<Result<FileStore>> {
  const file = await openStore({ dataDirectory: folder, clock, logger, keyWrapping });
  return file.ok ? engineUnderTest().over(file.value, { folder, clock, logger }) : file;
}

export async function open(options: OpenOptions): Promise<FileStore> {
  return take(await tryOpen(options));
}

/** Lets a store refer to secrets where others do not open: a console of a team holds no more of them. */
export async function referTo(store: Store, ...references: readonly SecretReference[]): Promise<void> {
  if (!engineUnderTest().isTeam) return;
  const secrets = Object.fromEntries(references.map((reference, index) => [`secret${index}`, reference]));
  take(await store.identityStores.create(documentNamed(`Refers to ${references[0]?.id}`, { ...messagingWith(0), secrets }), noteBy("ada")));
}

/** What another console saved is there at once on a file; a team's database tells of it, which takes a moment. */
export async function heard(expectation: () => void): Promise<void> {
  const until = performance.now() + HEARD_MS;
  while (engineUnderTest().isTeam && performance.now() < until) {
    try {
      return expectation();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  expectation();
}

/** What time has started is done: a turn of the event loop writes events to a file, and a team's database is waited for. */
export async function eventsWritten(...stores: readonly Store[]): Promise<void> {
  await new Promise(setImmediate);
  if (!engineUnderTest().isTeam) return;
  // A page is not read before what is being written is there.
  for (const store of stores) await store.activity.page({ before: null, most: 1, store: null, words: [] });
}

/** The value of a result that must not be a fault. */
export function take<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`unexpected fault: ${JSON.stringify(result.fault)}`);
  return result.value;
}

/** The fault of a result that must not be a success. */
export function fault<T>(result: Result<T>): Fault {
  if (result.ok) throw new Error("expected a fault");
  return result.fault;
}

export function messagingWith(servers: number, values: SealedMessaging["configuration"]["values"] = {}): SealedMessaging {
  return {
    configuration: {
      provider: "exchange",
      variant: "2019",
      values: { domain: "contoso.lab", username: "CONTOSO\\svc-mail", ...values },
      servers: Array.from({ length: servers }, (_, index) => ({
        name: `ex${String(index).padStart(4, "0")}.contoso.lab`,
        version: "2019",
        build: "15.2.1118.7",
        roles: ["mailbox"],
        site: "Default-First-Site-Name",
        ticked: index < 3,
        priority: index < 3 ? index + 1 : null,
        vanished: false,
      })),
      syncedAt: 1_700_000_000_000,
      notShown: [], complete: true,
    },
    secrets: {},
    certificates: {},
  };
}

export function documentNamed(name: string, messaging: SealedMessaging | null = null): StoreDocument {
  return {
    name,
    connection: {
      kind: "active-directory",
      domain: "contoso.lab",
      domainControllers: ["dc1.contoso.lab"],
      dnsServer: null,
      username: "CONTOSO\\svc-mail",
      security: "ldaps",
      trust: { mode: "system" },
    },
    directoryPassword: null,
    messaging,
  };
}

export function noteBy(who: string, change: Partial<SaveNote> = {}): SaveNote {
  return { who, at: 1_700_000_000_000, action: "saved", changes: [], tested: { state: "untested" }, ...change };
}

export function draftWith(messaging: SealedMessaging, baseRevision = 1): StoredDraft {
  return {
    id: "draft of a test",
    version: 0,
    touched: {},
    choice: { provider: "exchange", variant: "2019" },
    forms: { exchange: messaging },
    baseRevision,
    tested: { state: "untested" },
    updatedAt: 1_700_000_000_000,
  };
}
