/** Is a server in service? Asks what load balancers ask: PowerShell's own health check page. */
import type { Fault } from "../../../shared/fault.ts";
import type { StoreConnection } from "../../../shared/model/identity-store.ts";
import type { CheckResult, RungResult } from "../../../shared/model/mail-server.ts";
import { firstFailure } from "../../network/dial.ts";
import { publicPage, type HttpsExchange } from "../../network/https.ts";
import type { HealthCheck, ProviderContext } from "../provider.ts";
import { readHealthPage } from "./health-page.ts";
import { pacedSignIn } from "./remoting/paced-sign-in.ts";
import type { ExchangeConfiguration } from "./schema.ts";

const TIMEOUT_MS = 10_000;
/** The page is one short line. */
export const MAX_BYTES = 64 * 1024;

export const HEALTH_PAGE = "/PowerShell/healthcheck.htm";

export function healthPageOf(server: string): string {
  return `https://${server}${HEALTH_PAGE}`;
}

/** Front ends and controllers of one company usually have their certificates from one authority. */
export function authoritiesOf(connection: StoreConnection): readonly string[] {
  return connection.kind === "active-directory" && connection.trust.mode === "authority-file" ? [connection.trust.pem] : [];
}

export const health: HealthCheck<ExchangeConfiguration> = {
  check: (configuration, server, context) => checkServer(server, context, ({ isReached, spentMs }) => pacedSignIn(server, configuration, context, { isReached, spentMs })),
};

/**
 * Climbs dns, tcp, tls and health-check. The page is anonymous and answers `200 OK` with the server's name; any other
 * answer means that the server is to be taken out of rotation (Microsoft, "Load balancing in Exchange Server").
 * The certificate decides nothing: sites hold one for mail and autodiscover, without the servers' names, and remote
 * PowerShell goes by Kerberos over http. What is wrong with it is a finding.
 * Signing in and the account's role are `further` rungs, where somebody asks for them: they go by PowerShell remoting.
 */
export async function checkServer(
  server: string,
  context: ProviderContext,
  further: (below: { readonly isReached: boolean; readonly spentMs: number }) => Promise<readonly RungResult[]>,
): Promise<CheckResult> {
  const { clock, connection, resolver, signal } = context;
  const at = clock.now();
  const started = clock.elapsed();
  const url = healthPageOf(server);
  const exchange = await publicPage({
    url,
    resolver,
    dnsServer: connection.kind === "active-directory" ? connection.dnsServer : null,
    authorities: authoritiesOf(connection),
    clock,
    signal,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
  });
  const ms = clock.elapsed() - started;
  const spent = exchange.rungs.reduce((sum, rung) => sum + rung.ms, 0);
  const asked = healthCheckRung(server, url, exchange, Math.max(0, ms - spent));
  const rest = await further({ isReached: asked.outcome.state === "passed", spentMs: ms });
  const { rungs, response: _page, ...certificate } = exchange;
  return { at, ms, rungs: [...rungs, asked, ...rest], ...certificate };
}

/** The rung that the page decides. */
export function healthCheckRung(server: string, url: string, { rungs, response }: Pick<HttpsExchange, "rungs" | "response">, ms: number): RungResult {
  const rung = "health-check";
  if (firstFailure(rungs) !== null) return { rung, ms: 0, outcome: { state: "skipped", why: "earlier-rung" } };
  const fault = response.ok ? readHealthPage(response.value, server, url) : lost(response.fault, server);
  return { rung, ms, outcome: fault === null ? { state: "passed", answer: `200 ${server}` } : { state: "failed", fault } };
}

/** An exchange that brought no page. */
function lost(fault: Fault, host: string): Fault {
  if (fault.kind === "timeout") return { kind: "unreachable", rung: "health-check", reason: "timed-out", host };
  // A component that is not active answers by closing the connection.
  return fault.kind === "unreachable" && fault.reason === "closed-without-answer" ? { ...fault, reason: "not-in-service" } : fault;
}
