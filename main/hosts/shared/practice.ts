/** The practice organisation as a host starts it: loaded only when it is asked for. */
import { guardedClock } from "../../guard.ts";
import type { Logger } from "../../ports.ts";
import type { PracticeOrganisation } from "../../practice/index.ts";
import { systemClock } from "./clock.ts";

/** In a folder that is there. */
export async function openPracticeOrganisation(dataDirectory: string, logger: Logger): Promise<PracticeOrganisation> {
  const { startPractice } = await import("../../practice/index.ts");
  return startPractice({ dataDirectory, clock: guardedClock(systemClock, logger), logger });
}
