/** Test connection: the directory's ladder, how many of the servers it lists answer, and whether the account may work on the ticked ones. */
import { progress, rungProgress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import { firstFailure } from "../../network/dial.ts";
import type { ConnectionTest, ProviderContext } from "../provider.ts";
import { listServers, signIn } from "./discovery.ts";
import { checkServer } from "./health.ts";
import { notTried, signInOn, type SignIn } from "./remoting/sign-in.ts";
import type { ExchangeConfiguration } from "./schema.ts";

/** Enough to know that servers answer, without knocking at a thousand doors. */
const SERVERS_ASKED = 32;
const AT_ONCE = 8;

export const connectionTest: ConnectionTest<ExchangeConfiguration> = {
  run: async (configuration, context) => {
    const session = await signIn(
      configuration,
      context,
      (host) => context.progress(progress("trying-controller", { detail: host })),
      (rung) => context.progress(rungProgress(rung)),
    );
    if (!session.ok) return session;
    const listing = await listServers(session.value, configuration, context);
    await session.value.close();
    if (!listing.ok) return listing;
    const names = listing.value.servers.map(({ name }) => name).slice(0, SERVERS_ASKED);
    if (names.length === 0) return fail({ kind: "not-found", what: "exchange-servers" });
    const answered = await askServers(names, context);
    return answered.ok ? signInOnTicked(configuration, context) : answered;
  },
};

/** Passes when at least one server answers; reports `servers-answering` with how many did. */
async function askServers(names: readonly string[], context: ProviderContext) {
  const waiting = [...names];
  const faults: Fault[] = [];
  let answering = 0;
  const report = () => context.progress(progress("servers-answering", { done: answering, total: names.length }));
  report();
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined && !context.signal.aborted; name = waiting.shift()) {
      const { rungs } = await checkServer(name, context, () => Promise.resolve([]));
      const fault = firstFailure(rungs);
      if (fault === null) answering += 1;
      else faults.push(fault);
      report();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (context.signal.aborted) return fail({ kind: "cancelled" });
  const [first] = faults;
  return answering === 0 && first !== undefined ? fail(first) : succeed(null);
}

/**
 * Signs in on each ticked server, one after the other. Fails where the account is refused or lacks the role, which no further server would
 * say otherwise, and where no session could be opened anywhere. Nothing is asked without PowerShell remoting, and nothing is said then.
 */
async function signInOnTicked(configuration: ExchangeConfiguration, context: ProviderContext): Promise<Result<null>> {
  const servers = context.remoting === null ? [] : (context.ticked ?? []);
  let best: SignIn | null = null;
  let first: Fault | null = null;
  for (const [index, server] of servers.entries()) {
    context.progress(progress("signing-in-on-server", { detail: server, done: index, total: servers.length }));
    const brought = await signInOn(server, configuration, context, context.signal);
    if (context.signal.aborted) return fail({ kind: "cancelled" });
    const fault = faultOf(brought);
    if (fault?.kind === "sign-in" || fault?.kind === "forbidden") {
      report(brought, context);
      return fail(fault);
    }
    if (fault === null) best ??= brought;
    else first ??= fault;
  }
  if (best === null && first !== null) {
    report({ ...notTried("earlier-rung"), signIn: { ms: 0, outcome: { state: "failed", fault: first } } }, context);
    return fail(first);
  }
  if (best !== null) report(best, context);
  return succeed(null);
}

function faultOf({ signIn, role }: SignIn): Fault | null {
  return [signIn, role].map(({ outcome }) => (outcome.state === "failed" ? outcome.fault : null)).find((fault) => fault !== null) ?? null;
}

function report({ signIn, role }: SignIn, context: ProviderContext): void {
  context.progress(rungProgress({ rung: "sign-in", ...signIn }));
  context.progress(rungProgress({ rung: "role", ...role }));
}
