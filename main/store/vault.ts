/** Sealed secrets: AES-256-GCM with a random nonce, bound to purpose, id and schema by the additional data. */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import type { Clock, Logger } from "../ports.ts";
import { bytesOf, numberOf, textOf } from "./columns.ts";
import type { Engine } from "./engine.ts";
import type { KeyRing } from "./key-ring.ts";
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

export function createVault({ engine, keys, clock }: { readonly engine: Engine; readonly keys: KeyRing; readonly clock: Clock }): Vault {
  return {
    get protection() {
      return keys.protection;
    },
    seal: async (purpose, plain) => {
      const { sealing } = keys;
      if (engine.readOnly) return fail({ kind: "not-stored", why: "read-only" });
      if (sealing === null) return fail({ kind: "not-stored", why: "no-protection" });
      const reference: SecretReference = { id: randomUUID(), at: clock.now() };
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", sealing.key, nonce).setAAD(additionalData(purpose, reference.id, SECRET_SCHEMA));
      const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      return engine.write<SecretReference>(function* insertSecret() {
        yield* run(
          "INSERT INTO secret (id, at, key_id, schema, nonce, sealed) VALUES (?, ?, ?, ?, ?, ?)",
          reference.id, reference.at, sealing.id, SECRET_SCHEMA, nonce, sealed,
        );
        return succeed(reference);
      });
    },
    open: (purpose, reference) => {
      const row = engine.now(get("SELECT key_id, schema, nonce, sealed FROM secret WHERE id = ?", reference.id));
      if (row === null) return unreadable;
      const key = keys.find(textOf(row, "key_id"));
      if (key === null) return unreadable;
      return decrypt(key.key, bytesOf(row, "nonce"), bytesOf(row, "sealed"), additionalData(purpose, reference.id, numberOf(row, "schema")));
    },
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
