/** The practice organisation as a host starts it: loaded only when it is asked for. */
import { mkdirSync } from "node:fs";
import { guardedClock } from "../../guard.ts";
import type { Logger } from "../../ports.ts";
import type { PracticeOrganisation } from "../../practice/index.ts";
import { systemClock } from "./clock.ts";

export async function openPracticeOrganisation(dataDirectory: string, logger: Logger): Promise<PracticeOrganisation> {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const { startPractice } = await import("../../practice/index.ts");
  return startPractice({ dataDirectory, clock: guardedClock(systemClock, logger), logger });
}
