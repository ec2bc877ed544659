/** Sealed secrets: AES-256-GCM with a random nonce, bound to purpose, id and schema by the additional data. */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Clock, Logger } from "../ports.ts";
import { bytesOf, numberOf, textOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import type { KeyRing, SealingKey } from "./key-ring.ts";
import { get, run, type Steps } from "./steps.ts";
import type { SecretReference, Vault } from "./types.ts";

const SECRET_SCHEMA = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** A secret that nothing refers to yet may belong to a draft that is about to be stored. In milliseconds. */
const SWEEP_AGE = 24 * 60 * 60 * 1000;

const unreadable = fail({ kind: "unreadable", what: "secret-unreadable" });

function additionalData(purpose: string, id: string, schema: number): Buffer {
  return Buffer.from(JSON.stringify(["messaging-console secret", schema, purpose, id]));
}

function decrypt(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, bound: Buffer): Result<Uint8Array> {
  if (nonce.length !== NONCE_BYTES || sealed.length < TAG_BYTES) return unreadable;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bound).setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
    return succeed(new Uint8Array(plain));
  } catch {
    return unreadable;
  }
}

interface Secret {
  readonly id: string;
  readonly purpose: string;
  readonly plain: Uint8Array;
}

function* insertSecret({ id, purpose, plain }: Secret, sealing: SealingKey, at: number): Steps<void> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", sealing.key, nonce).setAAD(additionalData(purpose, id, SECRET_SCHEMA));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  yield* run("INSERT INTO secret (id, at, key_id, schema, nonce, sealed) VALUES (?, ?, ?, ?, ?, ?)", id, at, sealing.id, SECRET_SCHEMA, nonce, sealed);
}

export function createVault({ engine, keys, clock }: { readonly engine: Engine; readonly keys: KeyRing; readonly clock: Clock }): Vault {
  const sealingKey = (): Result<SealingKey> => {
    if (engine.readOnly) return fail({ kind: "not-stored", why: "read-only" });
    return keys.sealing === null ? fail({ kind: "not-stored", why: "no-protection" }) : succeed(keys.sealing);
  };
  function* openSecret(id: string, purpose: string): Steps<Result<Uint8Array>> {
    const row = yield* get("SELECT key_id, schema, nonce, sealed FROM secret WHERE id = ?", id);
    const key = row === null ? null : keys.find(textOf(row, "key_id"));
    if (row === null || key === null) return unreadable;
    return decrypt(key.key, bytesOf(row, "nonce"), bytesOf(row, "sealed"), additionalData(purpose, id, numberOf(row, "schema")));
  }

  return {
    get protection() {
      return keys.protection;
    },
    seal: async (purpose, plain) => {
      const sealing = sealingKey();
      if (!sealing.ok) return sealing;
      const reference: SecretReference = { id: randomUUID(), at: clock.now() };
      return engine.write<SecretReference>(function* seal() {
        yield* insertSecret({ id: reference.id, purpose, plain }, sealing.value, reference.at);
        return succeed(reference);
      });
    },
    adopt: async (secrets) => {
      const sealing = sealingKey();
      if (!sealing.ok) return sealing;
      return engine.write<null>(function* adopt() {
        for (const secret of secrets) {
          const known = yield* get("SELECT 1 AS found FROM secret WHERE id = ?", secret.id);
          if (known === null) yield* insertSecret(secret, sealing.value, clock.now());
        }
        return succeed(null);
      });
    },
    open: (purpose, { id }) => engine.now(openSecret(id, purpose)),
    openAll: (secrets) =>
      engine.read(function* openAll() {
        const opened = new Map<string, Uint8Array>();
        for (const { id, purpose } of secrets) {
          const plain = yield* openSecret(id, purpose);
          if (plain.ok) opened.set(id, plain.value);
        }
        return opened;
      }),
  };
}

const UNUSED = `
  id NOT IN (SELECT secret_id FROM revision_secret) AND
  id NOT IN (SELECT secret_id FROM draft_secret)`;

/** Removes what no revision and no draft refers to any more. A failure is logged: it can wait for the next open. */
export async function sweepSecrets(engine: Engine, { clock, logger }: { readonly clock: Clock; readonly logger: Logger }): Promise<void> {
  if (engine.readOnly) return;
  const limit = clock.now() - SWEEP_AGE;
  if (engine.now(get(`SELECT id FROM secret WHERE at < ? AND ${UNUSED} LIMIT 1`, limit)) === null) return;
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
