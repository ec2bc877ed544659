/** Sealed secrets, each bound to its purpose, its id and a schema by the seal. */
import { randomUUID } from "node:crypto";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Clock, Logger } from "../ports.ts";
import { bytesOf, numberOf, textOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import type { KeyRing, SealingKey } from "./key-ring.ts";
import { openBytes, sealBytes, type Sealed } from "./sealing.ts";
import { get, run, type Steps } from "./steps.ts";
import type { SecretReference, Vault } from "./types.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * A secret that nothing refers to yet may belong to a draft that is about to be stored: of a file at once, of a team's database when a
 * computer on which a draft waits is in the network again. In milliseconds.
 */
export const SWEEP_AGE = { file: DAY_MS, team: 30 * DAY_MS };

const unreadable = fail({ kind: "unreadable", what: "secret-unreadable" });

/** What a sealed secret is. */
export interface SecretAddress {
  readonly id: string;
  readonly purpose: string;
}

/** From schema 2 on the key is bound by its name as well. */
function additionalData({ id, purpose }: SecretAddress, schema: number, keyId: string): Buffer {
  const parts = ["messaging-console secret", schema, purpose, id];
  return Buffer.from(JSON.stringify(schema === 1 ? parts : [...parts, keyId]));
}

export function sealSecret(key: SealingKey, address: SecretAddress, plain: Uint8Array): Sealed {
  return sealBytes(key.key, additionalData(address, key.schema, key.id), plain);
}

/** Null when it is not what was sealed under this key for this address. */
export function openSecret(key: SealingKey, address: SecretAddress, schema: number, sealed: Sealed): Uint8Array | null {
  return openBytes(key.key, additionalData(address, schema, key.id), sealed);
}

interface Secret extends SecretAddress {
  readonly plain: Uint8Array;
}

function* insertSecret(key: SealingKey, { id, purpose, plain }: Secret, at: number): Steps<void> {
  const { nonce, sealed } = sealSecret(key, { id, purpose }, plain);
  yield* run("INSERT INTO secret (id, at, key_id, schema, nonce, sealed, purpose) VALUES (?, ?, ?, ?, ?, ?, ?)", id, at, key.id, key.schema, nonce, sealed, purpose);
}

export function createVault({ engine, keys, clock }: { readonly engine: Engine; readonly keys: KeyRing; readonly clock: Clock }): Vault {
  function* open({ id, purpose }: SecretAddress): Steps<Result<Uint8Array>> {
    const row = yield* get("SELECT key_id, schema, nonce, sealed FROM secret WHERE id = ?", id);
    const key = row === null ? null : keys.find(textOf(row, "key_id"));
    if (row === null || key === null) return unreadable;
    const plain = openSecret(key, { id, purpose }, numberOf(row, "schema"), { nonce: bytesOf(row, "nonce"), sealed: bytesOf(row, "sealed") });
    return plain === null ? unreadable : succeed(plain);
  }

  return {
    get protection() {
      return keys.protection;
    },
    seal: async (purpose, plain) => {
      const reference: SecretReference = { id: randomUUID(), at: clock.now() };
      return engine.write<SecretReference>(function* seal() {
        const key = yield* keys.current();
        if (!key.ok) return key;
        yield* insertSecret(key.value, { id: reference.id, purpose, plain }, reference.at);
        return succeed(reference);
      });
    },
    adopt: (secrets) =>
      engine.write<null>(function* adopt() {
        const key = yield* keys.current();
        if (!key.ok) return key;
        for (const secret of secrets) {
          const known = yield* get("SELECT 1 AS found FROM secret WHERE id = ?", secret.id);
          if (known === null) yield* insertSecret(key.value, secret, clock.now());
        }
        return succeed(null);
      }),
    open: (purpose, { id }) => engine.now(open({ id, purpose })),
    openAll: (secrets) =>
      engine.read(function* openAll() {
        const opened = new Map<string, Uint8Array>();
        for (const { id, purpose } of secrets) {
          const plain = yield* open({ id, purpose });
          if (plain.ok) opened.set(id, plain.value);
        }
        return opened;
      }),
  };
}

const UNUSED = `
  id NOT IN (SELECT secret_id FROM revision_secret) AND
  id NOT IN (SELECT secret_id FROM draft_secret)`;

/** Removes what no revision and no draft refers to any more, and is older than `age` milliseconds. A failure is logged: it can wait for the next open. */
export async function sweepSecrets(engine: Engine, age: number, { clock, logger }: { readonly clock: Clock; readonly logger: Logger }): Promise<void> {
  if (engine.readOnly) return;
  const limit = clock.now() - age;
  if ((await engine.read(() => get(`SELECT id FROM secret WHERE at < ? AND ${UNUSED} LIMIT 1`, limit))) === null) return;
  const swept = await engine.write<number>(function* sweep() {
    return succeed(yield* run(`DELETE FROM secret WHERE at < ? AND ${UNUSED}`, limit));
  });
  if (swept.ok) logger.info("secrets that nothing refers to were removed", { count: swept.value });
  else logger.warn("secrets that nothing refers to could not be removed", { fault: swept.fault.kind });
}

/** Removes those of `ids` that nothing refers to any more; runs inside the caller's transaction. */
export function* removeUnusedSecrets(ids: readonly string[]): Steps<void> {
  for (const id of ids) yield* run(`DELETE FROM secret WHERE id = ? AND ${UNUSED}`, id);
}
