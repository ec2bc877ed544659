/** How the vault's keys can be protected on this machine. */
import type { KeyProtection } from "../../../shared/contract/app.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import type { KeyWrapping } from "../../ports.ts";
import { dpapiWrapping } from "./dpapi.ts";
import { keyFileWrapping } from "./key-file.ts";
import { windowsPowerShell } from "../../programs.ts";

/** First byte of a wrapped key: by which protection. */
const marks: Readonly<Record<KeyProtection, number>> = { "key-file": 1, dpapi: 2, "safe-storage": 3 };

const unreadable = fail({ kind: "unreadable", what: "secret-unreadable" });

/** The same way, with wrapped keys that say by which protection they were wrapped. */
export function marked(way: KeyWrapping): KeyWrapping {
  const mark = marks[way.protection];
  return {
    protection: way.protection,
    async wrap(key) {
      const wrapped = await way.wrap(key);
      return wrapped.ok ? succeed(Buffer.concat([Buffer.of(mark), wrapped.value])) : wrapped;
    },
    unwrap: (wrapped) => (wrapped[0] === mark ? way.unwrap(wrapped.subarray(1)) : Promise.resolve(unreadable)),
  };
}

/** A protection that this kind of system has and this machine does not let us use: what it protected is not given up. */
function absent(protection: KeyProtection): KeyWrapping {
  return { protection, wrap: () => Promise.resolve(unreadable), unwrap: () => Promise.resolve(unreadable) };
}

/** DPAPI on Windows, then a key file; elsewhere the key file alone. `keyProtection` in the hello states which seals. */
export function systemKeyWrapping(
  dataDirectory: string,
  { platform = process.platform, powershell = windowsPowerShell() }: { readonly platform?: NodeJS.Platform; readonly powershell?: string | null } = {},
): readonly KeyWrapping[] {
  const keyFile = marked(keyFileWrapping(dataDirectory));
  if (platform !== "win32") return [keyFile];
  return [powershell === null ? absent("dpapi") : marked(dpapiWrapping(powershell)), keyFile];
}
