/** What the store's tests share: a folder of their own, a host's parts, and documents to save. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { systemClock } from "../../../../main/hosts/shared/clock.ts";
import { openStore } from "../../../../main/store/index.ts";
import type { KeyProtection } from "../../../../shared/contract/app.ts";
import type { Clock, KeyWrapping, Logger } from "../../../../main/ports.ts";
import type { SaveNote, SealedMessaging, Store, StoreDocument, StoredDraft } from "../../../../main/store/types.ts";
import { fail, succeed, type Result } from "../../../../shared/fault.ts";

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

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };

/** Keeps what is logged, for tests that look into it. */
export function recordingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (message: string, fields?: Readonly<Record<string, unknown>>) => void lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  return { lines, info: keep, warn: keep, error: keep };
}

/** Wraps with AES-GCM under a key the test holds: another key cannot unwrap, as with another Windows account. */
export function wayWith(platformKey: Uint8Array, protection: KeyProtection = "key-file"): KeyWrapping {
  return {
    protection,
    wrap: (key) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", platformKey, nonce);
      return Promise.resolve(succeed(new Uint8Array(Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]))));
    },
    unwrap: (wrapped): Promise<Result<Uint8Array>> => {
      const decipher = createDecipheriv("aes-256-gcm", platformKey, wrapped.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(wrapped.subarray(-16));
      try {
        return Promise.resolve(succeed(new Uint8Array(Buffer.concat([decipher.update(wrapped.subarray(12, -16)), decipher.final()]))));
      } catch {
        return Promise.resolve(fail({ kind: "unreadable", what: "secret-unreadable" }));
      }
    },
  };
}

/** A host that knows one way only. */
export function keyWrappingWith(platformKey: Uint8Array): readonly KeyWrapping[] {
  return [wayWith(platformKey)];
}

/** The platform of the tests unless they say otherwise. */
export const platformKey = new Uint8Array(32).fill(7);

export interface OpenOptions {
  readonly folder: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly keyWrapping?: readonly KeyWrapping[];
}

export function tryOpen({ folder, clock, logger, keyWrapping }: OpenOptions): Promise<Result<Store>> {
  return openStore({
    dataDirectory: folder,
    clock: clock ?? systemClock,
    logger: logger ?? silentLogger,
    keyWrapping: keyWrapping ?? keyWrappingWith(platformKey),
  });
}

export async function open(options: OpenOptions): Promise<Store> {
  return take(await tryOpen(options));
}

/** The value of a result that must not be a fault. */
export function take<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`unexpected fault: ${JSON.stringify(result.fault)}`);
  return result.value;
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
    choice: { provider: "exchange", variant: "2019" },
    forms: { exchange: messaging },
    baseRevision,
    tested: { state: "untested" },
    updatedAt: 1_700_000_000_000,
  };
}
