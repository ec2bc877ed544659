/** Platforms that protect keys, for tests. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeyWrapping } from "../../main/ports.ts";
import type { KeyProtection } from "../../shared/contract/app.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";

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
