/** Chooses how the vault's key is protected on this machine. */
import type { KeyProtection } from "../../../shared/contract/app.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import type { KeyWrapping, Logger } from "../../ports.ts";
import { dpapiWrapping } from "./dpapi.ts";
import { keyFileWrapping } from "./key-file.ts";
import { windowsPowerShell } from "./powershell.ts";

/** First byte of a wrapped key: by which protection. What one host wrapped, another may be able to open. */
const marks: Readonly<Record<KeyProtection, number>> = { "key-file": 1, dpapi: 2, "safe-storage": 3 };

/**
 * Wraps with the first of `ways` and opens what any of them wrapped. A key wrapped by a way that this host lacks fails
 * with `unreadable: secret-unreadable`; it is never replaced here.
 */
export function combineWrappings(ways: readonly [KeyWrapping, ...KeyWrapping[]]): KeyWrapping {
  const preferred = ways[0];
  return {
    protection: preferred.protection,
    async wrap(key) {
      const wrapped = await preferred.wrap(key);
      return wrapped.ok ? succeed(Buffer.concat([Buffer.of(marks[preferred.protection]), wrapped.value])) : wrapped;
    },
    async unwrap(wrapped) {
      const way = ways.find((candidate) => marks[candidate.protection] === wrapped[0]);
      return way === undefined ? fail({ kind: "unreadable", what: "secret-unreadable" }) : way.unwrap(wrapped.subarray(1));
    },
  };
}

/** DPAPI where Windows PowerShell answers, else a key file. `keyProtection` in the hello states which. */
export async function systemKeyWrapping(dataDirectory: string, logger: Logger, powershell = windowsPowerShell()): Promise<KeyWrapping> {
  const keyFile = keyFileWrapping(dataDirectory);
  if (powershell === null) return combineWrappings([keyFile]);
  const dpapi = dpapiWrapping(powershell);
  if (await dpapi.works()) return combineWrappings([dpapi.wrapping, keyFile]);
  logger.warn("DPAPI does not answer on this machine; the vault's key is protected by a file", { powershell });
  return combineWrappings([keyFile, dpapi.wrapping]);
}
