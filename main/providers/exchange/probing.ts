/** The health check page, asked for by a script where no console reaches. What only an account sees, it leaves out: no secret goes there. */
import { fail } from "../../../shared/fault.ts";
import { firstFailure } from "../../network/climb.ts";
import { observedAnswer, observedRungs } from "../../network/observed.ts";
import type { Probing } from "../provider.ts";
import { authoritiesOf, HEALTH_PAGE, healthCheckRung, healthPageOf, MAX_BYTES } from "./health.ts";

export const probing: Probing = {
  question: { port: 443, page: HEALTH_PAGE },
  read: async (host, observed, { clock, connection, authorities, at, ms, port }) => {
    const { rungs, certificate } = observedRungs({ host, port, observed, at, trust: { mode: "system" }, authorities: [...authorities, ...authoritiesOf(connection)], anonymous: true });
    const url = healthPageOf(host);
    const unasked = () => fail(firstFailure(rungs) ?? { kind: "unreachable", rung: "health-check", reason: "closed-without-answer", host });
    const response = observed.page === null ? unasked() : await observedAnswer(observed.page, { url, clock, maxBytes: MAX_BYTES });
    return { at, ms, rungs: [...rungs, healthCheckRung(host, url, { rungs, response }, observed.page?.ms ?? 0)], ...certificate };
  },
};
