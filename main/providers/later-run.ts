/** A run whose code is loaded with the first object: a vendor's libraries take a good part of the start of a process. */
import type { ProvisioningRun } from "./provider.ts";

/** One that was never asked loads nothing when it is closed. */
export function laterRun(load: () => Promise<ProvisioningRun>): ProvisioningRun {
  let run: Promise<ProvisioningRun> | null = null;
  const started = () => (run ??= load());
  return {
    ask: async (...asked) => (await started()).ask(...asked),
    look: async (...asked) => (await started()).look(...asked),
    close: async () => (await run)?.close(),
  };
}
