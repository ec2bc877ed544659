/** Whether an identity store's own directory is found by name: the witness for what else of the store is not. */
import type { Fault } from "../../shared/fault.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import type { Witness } from "../monitor/network-watch.ts";
import type { Foundation } from "./rooms.ts";

/** An Active Directory is known by its controllers' records, a tenant by its cloud's sign-in host. */
export function directoryWitness({ store, directory, ports }: Foundation): Witness {
  const { resolver, clock, logger, proxy } = ports;
  return async (storeId, signal) => {
    const connection = store.identityStores.get(storeId)?.document.connection;
    if (connection === undefined) return null;
    const deps = { resolver, clock, logger };
    if (connection.kind === "active-directory") {
      const found = await directory.findControllers(connection.domain, connection.dnsServer, deps, signal);
      return found.ok ? null : found.fault;
    }
    // The name alone is asked about: the climb ends with its first rung.
    const enough = new AbortController();
    const first = Promise.withResolvers<Fault | null>();
    const onRung = ({ outcome }: RungResult) => {
      first.resolve(outcome.state === "failed" ? outcome.fault : null);
      enough.abort();
    };
    void directory.testTenant(connection, { ...deps, proxy }, { signal: AbortSignal.any([signal, enough.signal]), onRung });
    return first.promise;
  };
}
