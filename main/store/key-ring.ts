/**
 * The random 256-bit keys that seal secrets. Each is stored wrapped by the platform. Usually there is one; another is
 * made when none can be unwrapped here, and the old ones stay, since the platform may give them back.
 */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from "node:crypto";
import { succeed } from "../../shared/fault.ts";
import type { Clock, KeyWrapping, Logger } from "../ports.ts";
import { bytesOf, textOf } from "./columns.ts";
import type { Connection } from "./connection.ts";

export interface SealingKey {
  readonly id: string;
  readonly key: Uint8Array;
}

export interface KeyRing {
  /** The key new secrets are sealed under; null when the platform wraps none. */
  readonly sealing: SealingKey | null;
  find(id: string): SealingKey | null;
}

interface WrappedKey {
  readonly id: string;
  readonly wrapped: Uint8Array;
  readonly proof: Uint8Array;
}

const KEY_BYTES = 32;
const NO_NONCE = new Uint8Array(12);

/** An authentication tag over the key's id. The all-zero nonce is used for this alone; secrets have random ones. */
function proofOf({ id, key }: SealingKey): Uint8Array {
  const cipher = createCipheriv("aes-256-gcm", key, NO_NONCE).setAAD(Buffer.from(`key ${id}`));
  cipher.final();
  return cipher.getAuthTag();
}

function proves(candidate: SealingKey, proof: Uint8Array): boolean {
  if (candidate.key.length !== KEY_BYTES || proof.length !== 16) return false;
  const decipher = createDecipheriv("aes-256-gcm", candidate.key, NO_NONCE, { authTagLength: 16 });
  try {
    decipher.setAAD(Buffer.from(`key ${candidate.id}`)).setAuthTag(proof).final();
    return true;
  } catch {
    return false;
  }
}

/** Keys wrapped by another kind of protection belong to another host and are left to it. */
function wrappedKeys(connection: Connection, protection: string): readonly WrappedKey[] {
  return connection
    .all("SELECT id, wrapped, proof FROM wrapped_key WHERE protection = ? ORDER BY at, id", protection)
    .map((row) => ({ id: textOf(row, "id"), wrapped: bytesOf(row, "wrapped"), proof: bytesOf(row, "proof") }));
}

async function unwrap(entry: WrappedKey, keyWrapping: KeyWrapping): Promise<SealingKey | null> {
  const unwrapped = await keyWrapping.unwrap(entry.wrapped);
  if (!unwrapped.ok) return null;
  const candidate = { id: entry.id, key: unwrapped.value };
  return proves(candidate, entry.proof) ? candidate : null;
}

/** Stores the key unless another process stored one meanwhile; false then. */
function insertKey(connection: Connection, entry: WrappedKey, protection: string, known: number, at: number): boolean {
  const inserted = connection.write(() => {
    if (wrappedKeys(connection, protection).length !== known) return succeed(false);
    connection.run(
      "INSERT INTO wrapped_key (id, at, protection, wrapped, proof) VALUES (?, ?, ?, ?, ?)",
      entry.id, at, protection, entry.wrapped, entry.proof,
    );
    return succeed(true);
  });
  return inserted.ok && inserted.value;
}

interface Dependencies {
  readonly connection: Connection;
  readonly keyWrapping: KeyWrapping;
  readonly clock: Clock;
  readonly logger: Logger;
}

async function createKey({ connection, keyWrapping, clock, logger }: Dependencies, known: number): Promise<SealingKey | null> {
  const created = { id: randomUUID(), key: new Uint8Array(randomBytes(KEY_BYTES)) };
  const wrapped = await keyWrapping.wrap(created.key);
  if (!wrapped.ok) {
    logger.error("the platform does not protect a key for secrets", { protection: keyWrapping.protection });
    return null;
  }
  const entry = { id: created.id, wrapped: wrapped.value, proof: proofOf(created) };
  return insertKey(connection, entry, keyWrapping.protection, known, clock.now()) ? created : null;
}

/** Unwraps the stored keys and makes the first one. Never fails: without a key, secrets are unreadable and that is all. */
export async function openKeyRing(dependencies: Dependencies): Promise<KeyRing> {
  const { connection, keyWrapping, logger } = dependencies;
  // Two processes may make the first key at once; the one that comes second reads what the first one stored.
  for (let attempt = 1; ; attempt += 1) {
    const stored = wrappedKeys(connection, keyWrapping.protection);
    const unwrapped = await Promise.all(stored.map((entry) => unwrap(entry, keyWrapping)));
    const keys = unwrapped.filter((key) => key !== null);
    if (stored.length > keys.length) logger.warn("stored secrets cannot be read here", { keys: stored.length, readable: keys.length });
    const created = keys.length === 0 && !connection.readOnly ? await createKey(dependencies, stored.length) : null;
    const all = created === null ? keys : [...keys, created];
    const lost = all.length === 0 && wrappedKeys(connection, keyWrapping.protection).length !== stored.length;
    if (!lost || attempt === 5) return { sealing: all.at(-1) ?? null, find: (id) => all.find((key) => key.id === id) ?? null };
  }
}
