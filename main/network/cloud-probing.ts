/** A cloud's front door, looked at by a script where no console reaches: name, connection and certificate, directly. A web proxy is not asked. */
import type { CheckResult } from "../../shared/model/mail-server.ts";
import type { Observed } from "../../shared/model/probe.ts";
import { observedRungs } from "./observed.ts";

interface Reading {
  readonly authorities: readonly string[];
  readonly at: number;
  readonly ms: number;
  readonly port: number;
}

export const cloudProbing = {
  question: { port: 443, page: null },
  read: (host: string, observed: Observed, { authorities, at, ms, port }: Reading): Promise<CheckResult> =>
    Promise.resolve({ at, ms, ...withRungs(observedRungs({ host, port, observed, at, trust: { mode: "system" }, authorities, anonymous: false })) }),
};

/** The rungs of a check are its own to keep. */
function withRungs({ rungs, certificate }: ReturnType<typeof observedRungs>): Pick<CheckResult, "rungs" | "certificateExpiresAt" | "certificateSha256"> {
  return { rungs: [...rungs], ...certificate };
}
