/** One file beside the database, sealed under a key of the database's own. */
import fs from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Engine } from "./engine.ts";
import { publish } from "./files.ts";
import type { KeyRing } from "./key-ring.ts";
import { openBytes, sealBytes } from "./sealing.ts";

const headerSchema = z.object({ keyId: z.string(), nonce: z.string() });
const LINE_END = 10;

export interface SealedFile {
  /** Null when there is none, or none that opens here and was written for `purpose`. */
  read(purpose: string): Promise<Uint8Array | null>;
  /** Whole or not at all. Writes nothing while the platform protects no key. Throws errors of the file system. */
  write(purpose: string, content: Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

function bind(purpose: string, keyId: string): Buffer {
  return Buffer.from(JSON.stringify(["messaging-console file", 1, purpose, keyId]));
}

function headerOf(bytes: Buffer): z.infer<typeof headerSchema> | null {
  try {
    return headerSchema.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    return null;
  }
}

export function createSealedFile({ file, engine, keys }: { readonly file: string; readonly engine: Engine; readonly keys: KeyRing }): SealedFile {
  return {
    read: async (purpose) => {
      const bytes = await fs.readFile(file).catch(() => null);
      const end = bytes?.indexOf(LINE_END) ?? -1;
      const header = bytes === null || end < 0 ? null : headerOf(bytes.subarray(0, end));
      const key = header === null ? null : keys.find(header.keyId);
      if (bytes === null || header === null || key === null) return null;
      return openBytes(key.key, bind(purpose, key.id), { nonce: Buffer.from(header.nonce, "base64"), sealed: bytes.subarray(end + 1) });
    },
    write: async (purpose, content) => {
      const key = engine.now(keys.current());
      if (!key.ok) return;
      const { nonce, sealed } = sealBytes(key.value.key, bind(purpose, key.value.id), content);
      const header = JSON.stringify({ keyId: key.value.id, nonce: Buffer.from(nonce).toString("base64") });
      const temporary = `${file}.${randomUUID()}.partial`;
      try {
        await fs.writeFile(temporary, Buffer.concat([Buffer.from(`${header}\n`), sealed]), { mode: 0o600 });
        publish(temporary, file);
      } finally {
        await fs.rm(temporary, { force: true });
      }
    },
    remove: () => fs.rm(file, { force: true }),
  };
}
