/** Protects the vault's key with the platform's own store, through Electron. */
import { safeStorage } from "electron";
import { fail, succeed } from "../../../shared/fault.ts";
import type { KeyWrapping, Logger } from "../../ports.ts";
import { dpapiWrapping } from "../shared/dpapi.ts";
import { keyFileWrapping } from "../shared/key-file.ts";
import { combineWrappings } from "../shared/key-wrapping.ts";
import { windowsPowerShell } from "../shared/powershell.ts";

/** On Linux without a keyring Electron "encrypts" with a constant, which protects nothing. */
const backendsThatProtectNothing: ReadonlySet<string> = new Set(["basic_text", "unknown"]);

export function safeStorageProtects(platform: NodeJS.Platform = process.platform): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return platform !== "linux" || !backendsThatProtectNothing.has(safeStorage.getSelectedStorageBackend());
}

export const safeStorageWrapping: KeyWrapping = {
  protection: "safe-storage",
  wrap: (key) => attempt(() => safeStorage.encryptString(Buffer.from(key).toString("base64"))),
  unwrap: (wrapped) => attempt(() => Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), "base64")),
};

function attempt(operation: () => Uint8Array): ReturnType<KeyWrapping["wrap"]> {
  try {
    return Promise.resolve(succeed(operation()));
  } catch {
    return Promise.resolve(fail({ kind: "unreadable", what: "secret-unreadable" }));
  }
}

/** safeStorage where it protects, else a key file. Keys that another host wrapped for this account open here too. */
export function electronKeyWrapping(dataDirectory: string, logger: Logger): KeyWrapping {
  const keyFile = keyFileWrapping(dataDirectory);
  const powershell = windowsPowerShell();
  const others = powershell === null ? [keyFile] : [keyFile, dpapiWrapping(powershell).wrapping];
  if (safeStorageProtects()) return combineWrappings([safeStorageWrapping, ...others]);
  logger.warn("nothing but a file protects the vault's key on this machine");
  return combineWrappings([keyFile, ...others.slice(1)]);
}
