/** What an administrator manages, as this process read it when it was first asked. */
import type { Managed } from "../../../shared/model/policy.ts";
import type { Logger } from "../../ports.ts";
import { readManaged } from "../../policy/read.ts";

let read: Managed | null = null;

/** Reads it once a process: what is changed meanwhile holds from the next start. */
export function managedHere(): Managed {
  read ??= readManaged();
  return read;
}

/** Leaves in the log what is managed, and what of it cannot be obeyed as it was meant. */
export function logManaged({ policies, unknown }: Managed, logger: Logger): void {
  if (policies.length > 0) logger.info("an administrator manages settings of this console", { policies: policies.map(({ name, from }) => `${name} (${from})`) });
  for (const { name, from, value, problem } of policies) {
    if (problem !== null) logger.error("a policy cannot be obeyed as it was set, so the strictest value holds", { policy: name, from, problem, value });
  }
  for (const { name, from } of unknown) logger.error("what stands among the policies is none that this version knows", { policy: name, from });
}
