import { createAliasBench } from "../../main/aliases/index.ts";
import { createCertificateReader } from "../../main/certificates/index.ts";
import { systemClock } from "../../main/hosts/shared/clock.ts";
import { silentLogger } from "./loggers.ts";

/** Ends the threads that read certificates and match aliases, as an app does when it ends: for tests of these rooms alone. */
export async function restThreads(): Promise<void> {
  await createCertificateReader(systemClock).dispose();
  await createAliasBench({ powershell: null, logger: silentLogger }).dispose();
}
