/** Whether an identity store's own directory is found by name: the witness for what else of the store is not. */
import type { Fault } from "../../shared/fault.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import type { Witness } from "../monitor/network-watch.ts";
import type { Ports } from "../ports.ts";
import type { Foundation } from "./rooms.ts";

interface WitnessDependencies extends Pick<Foundation, "store" | "directory"> {
  readonly reach: Pick<Foundation["reach"], "of">;
  readonly ports: Pick<Ports, "clock" | "logger">;
}

/** An Active Directory is known by its controllers' records, a tenant by its cloud's sign-in host. */
export function directoryWitness({ store, directory, reach, ports }: WitnessDependencies): Witness {
  const { clock, logger } = ports;
  return async (storeId, signal) => {
    const connection = store.identityStores.get(storeId)?.document.connection;
    const ways = reach.of(storeId);
    if (connection === undefined || !ways.ok) return null;
    const { resolver, proxy } = ways.value;
    const deps = { resolver, clock, logger };
    if (connection.kind === "active-directory") {
      const found = await directory.findControllers(connection.domain, connection.dnsServer, deps, signal);
      return found.ok ? null : found.fault;
    }
    // The name alone is asked about: the climb ends with its first rung, or before it where there is nothing to climb to.
    const enough = new AbortController();
    const first = Promise.withResolvers<Fault | null>();
    const onRung = ({ outcome }: RungResult) => {
      first.resolve(outcome.state === "failed" ? outcome.fault : null);
      enough.abort();
    };
    directory
      .testTenant(connection, { ...deps, proxy }, { signal: AbortSignal.any([signal, enough.signal]), onRung })
      .then((tested) => first.resolve(tested.ok ? null : tested.fault), first.reject);
    return first.promise;
  };
}
