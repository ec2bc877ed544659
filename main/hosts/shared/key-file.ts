/** Protects the vault's key with a file that only this account may read: the way where the platform offers nothing better. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import path from "node:path";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { KeyWrapping } from "../../ports.ts";

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const boundTo = Buffer.from("messaging-console/vault-key/1");

const unreadable = fail({ kind: "unreadable", what: "secret-unreadable" });

/** Wraps with AES-256-GCM under a random key in `<data>/vault.key`, mode 0600, made on first use. */
export function keyFileWrapping(dataDirectory: string): KeyWrapping {
  const file = path.join(dataDirectory, "vault.key");
  return {
    protection: "key-file",
    wrap: (key) => Promise.resolve(wrap(file, key)),
    unwrap: (wrapped) => Promise.resolve(unwrap(file, wrapped)),
  };
}

function wrap(file: string, key: Uint8Array): Result<Uint8Array> {
  try {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv("aes-256-gcm", readOrCreate(file), nonce).setAAD(boundTo);
    const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
    return succeed(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
  } catch {
    return unreadable;
  }
}

function unwrap(file: string, wrapped: Uint8Array): Result<Uint8Array> {
  try {
    const nonce = wrapped.subarray(0, nonceBytes);
    const decipher = createDecipheriv("aes-256-gcm", readKey(file), nonce).setAAD(boundTo);
    decipher.setAuthTag(wrapped.subarray(nonceBytes, nonceBytes + tagBytes));
    return succeed(Buffer.concat([decipher.update(wrapped.subarray(nonceBytes + tagBytes)), decipher.final()]));
  } catch {
    return unreadable;
  }
}

function readKey(file: string): Buffer {
  const key = readFileSync(file);
  if (key.length !== keyBytes) throw new Error("vault.key has the wrong length");
  return key;
}

function readOrCreate(file: string): Buffer {
  try {
    return readKey(file);
  } catch (error) {
    // A key of the wrong length is never replaced: what it sealed may still be rescued from a backup of it.
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    writeWhole(fresh, randomBytes(keyBytes));
    publish(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
  return readKey(file);
}

function writeWhole(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(file, "wx", 0o600);
  try {
    if (writeSync(descriptor, bytes) !== bytes.length) throw new Error("vault.key was not written whole");
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  chmodSync(file, 0o600);
}

/** A link fails when the name is taken: of two hosts starting at once, the second uses the first one's key. */
function publish(fresh: string, file: string): void {
  try {
    linkSync(fresh, file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EEXIST") return;
    // File systems without links: exclusive creation is the next best.
    writeExclusive(file, readFileSync(fresh));
  }
}

function writeExclusive(file: string, bytes: Uint8Array): void {
  try {
    writeWhole(file, bytes);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}
