/** The practice organisation as a host starts it: loaded only when it is asked for. */
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import type { Managed } from "../../../shared/model/policy.ts";
import { managedFault, managedValues } from "../../../shared/rules/policies.ts";
import { guardedClock } from "../../guard.ts";
import type { Logger } from "../../ports.ts";
import type { PracticeOrganisation } from "../../practice/index.ts";
import { systemClock } from "./clock.ts";
import { managedHere } from "./policies.ts";

/** In a folder that is there. Fails with `managed` where an administrator wants none on this computer. */
export async function openPracticeOrganisation(dataDirectory: string, logger: Logger, managed: Managed = managedHere()): Promise<Result<PracticeOrganisation>> {
  if (managedValues(managed).NoPractice === true) return fail(managedFault("NoPractice", managed));
  const { startPractice } = await import("../../practice/index.ts");
  return succeed(await startPractice({ dataDirectory, clock: guardedClock(systemClock, logger), logger }));
}
