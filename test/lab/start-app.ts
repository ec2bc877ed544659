/** An app on the engine under test. */
import { createApp, type App } from "../../main/app.ts";
import type { Ports } from "../../main/ports.ts";
import { openStore } from "../../main/store/index.ts";
import type { Result } from "../../shared/fault.ts";
import { engineUnderTest } from "./engine-under-test.ts";
import { systemClock } from "../unit/main/store/support.ts";

/** As {@link createApp}; where a team's database is under test, the console of the data folder is in a team first. */
export async function startApp(ports: Ports): Promise<Result<App>> {
  const { isTeam, settle } = engineUnderTest();
  if (isTeam) {
    const { dataDirectory, keyWrapping, logger } = ports;
    const file = await openStore({ dataDirectory, keyWrapping, clock: systemClock, logger });
    if (!file.ok) return file;
    const settled = await settle(file.value, dataDirectory);
    await file.value.close();
    if (!settled.ok) return settled;
  }
  return createApp(ports);
}
