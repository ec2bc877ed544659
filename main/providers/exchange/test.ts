/** Test connection: the directory's ladder, then how many of the servers it lists answer. */
import { progress, rungProgress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Fault } from "../../../shared/fault.ts";
import { firstFailure } from "../../network/dial.ts";
import type { ConnectionTest, ProviderContext } from "../provider.ts";
import { listServers, signIn } from "./discovery.ts";
import { checkServer } from "./health.ts";
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
    return askServers(names, context);
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
      const { rungs } = await checkServer(name, context);
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
