/** The way of a process of its own to the practice organisation of this one. */
import { take } from "../../unit/main/store/support.ts";
import type { Way } from "./killed-process.ts";
import { EXA, EXB, type PracticeSite } from "./practice-site.ts";

const signal = new AbortController().signal;
const DC = "dc1.contoso.lab";

/** What the other process needs to reach the practice organisation of this one. */
export async function wayTo({ practice: { resolver, remoting }, ports: { dataDirectory } }: Pick<PracticeSite, "practice" | "ports">, more: readonly string[] = []): Promise<Way> {
  const service = "_ldap._tcp.dc._msdcs.contoso.lab";
  const found = take(await resolver.service(service, { server: null, signal }));
  const routes: Record<string, number> = {};
  for (const host of [DC, EXA, EXB, ...more]) {
    for (const port of [88, 389, 443, 636, 3268, 3269]) {
      const [endpoint] = take(await resolver.connectTo(host, port, { server: null, signal }));
      if (endpoint !== undefined) routes[`${host}:${port}`] = endpoint.port;
    }
  }
  const { executable, edition, leading = [], environment = {} } = remoting;
  return { dataDirectory, remoting: { executable, edition, leading: [...leading], environment: { ...environment } }, services: { [service]: [...found] }, routes, authorities: [...resolver.authorities] };
}
