/** The health check page, asked for by a script where no console reaches. What only an account sees, it leaves out: no secret goes there. */
import { fail } from "../../../shared/fault.ts";
import { firstFailure } from "../../network/climb.ts";
import { recordedAnswer } from "../../network/https.ts";
import { observedOctets, observedRungs } from "../../network/observed.ts";
import type { Probing } from "../provider.ts";
import { authoritiesOf, HEALTH_PAGE, healthCheckRung, healthPageOf, MAX_BYTES } from "./health.ts";

export const probing: Probing = {
  question: { port: 443, page: HEALTH_PAGE },
  read: async (host, observed, { clock, connection, authorities, at, ms, port }) => {
    const { rungs, certificateExpiresAt } = observedRungs({ host, port, observed, at, trust: { mode: "system" }, authorities: [...authorities, ...authoritiesOf(connection)], anonymous: true });
    const url = healthPageOf(host);
    const octets = observed.page === null ? fail(firstFailure(rungs) ?? { kind: "unreachable", rung: "health-check", reason: "closed-without-answer", host }) : observedOctets(observed.page);
    const response = octets.ok ? await recordedAnswer(octets.value, { url, clock, maxBytes: MAX_BYTES }) : octets;
    return { at, ms, rungs: [...rungs, healthCheckRung(host, url, { rungs, response }, observed.page?.ms ?? 0)], certificateExpiresAt };
  },
};
