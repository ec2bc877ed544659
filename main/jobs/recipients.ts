/** Whom first passwords are handed over to. */
import type { Issue } from "../../shared/fault.ts";
import { readRecipient } from "../handover/recipient.ts";

/**
 * The public keys that were meant, and what is wrong, by paths into `password`: `recipients-missing` where there are none, and for each that nothing
 * can be sealed to a code of {@link readRecipient}. That never repeats what was typed, which may be a secret key.
 */
export async function readRecipients(typed: readonly string[]): Promise<{ readonly keys: readonly string[]; readonly issues: readonly Issue[] }> {
  const read = await Promise.all(typed.map(readRecipient));
  const missing: readonly Issue[] = typed.length === 0 ? [{ path: ["password", "recipients"], code: "recipients-missing" }] : [];
  return {
    keys: read.flatMap((key) => (key.ok ? [key.value] : [])),
    issues: [...missing, ...read.flatMap((key, index) => (key.ok ? [] : [{ path: ["password", "recipients", index], code: key.why }]))],
  };
}
