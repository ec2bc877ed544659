/** Protects the vault's key with the platform's own store, through Electron. */
import { safeStorage } from "electron";
import { fail, succeed } from "../../../shared/fault.ts";
import type { KeyWrapping } from "../../ports.ts";
import { marked, systemKeyWrapping } from "../shared/key-wrapping.ts";

/** On Linux without a keyring Electron "encrypts" with a constant, which protects nothing. */
const backendsThatProtectNothing: ReadonlySet<string> = new Set(["basic_text", "unknown"]);

export function safeStorageProtects(platform: NodeJS.Platform = process.platform): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return platform !== "linux" || !backendsThatProtectNothing.has(safeStorage.getSelectedStorageBackend());
}

export const safeStorageWrapping: KeyWrapping = {
  protection: "safe-storage",
  wrap: (key) => attempt(() => {
    if (!safeStorageProtects()) throw new Error("nothing is protected here");
    return safeStorage.encryptString(Buffer.from(key).toString("base64"));
  }),
  unwrap: (wrapped) => attempt(() => Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), "base64")),
};

function attempt(operation: () => Uint8Array): ReturnType<KeyWrapping["wrap"]> {
  try {
    return Promise.resolve(succeed(operation()));
  } catch {
    return Promise.resolve(fail({ kind: "unreadable", what: "secret-unreadable" }));
  }
}

/** safeStorage, then what the other hosts have: keys that they wrapped for this account open here too. */
export function electronKeyWrapping(dataDirectory: string): readonly KeyWrapping[] {
  return [marked(safeStorageWrapping), ...systemKeyWrapping(dataDirectory)];
}
