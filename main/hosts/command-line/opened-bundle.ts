/** Handover files that verbs read. */
import type { OpenedBundle } from "../../../shared/contract/handover.ts";
import { readPassphrase } from "./passphrase-input.ts";
import { finish } from "./take.ts";
import { VerbFailure, type ConsoleClient, type VerbContext } from "./verb.ts";

/** Opens a file that the console holds. A sealed one says so, and only then is a passphrase waited for. `topic`: whose help says how. */
export async function openBundle(context: VerbContext, client: ConsoleClient, file: string, topic: readonly string[]): Promise<OpenedBundle> {
  const open = async (passphrase: string | null) => finish(await client.handover.open({ file, passphrase }, { signal: context.signal }), () => undefined);
  try {
    return await open(null);
  } catch (error) {
    const isSealed = error instanceof VerbFailure && error.fault.kind === "invalid" && error.fault.issues.some(({ path }) => path[0] === "passphrase");
    if (!isSealed) throw error;
    return open(await readPassphrase(context, topic));
  }
}
