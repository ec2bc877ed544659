/** The Active Directory site of this computer, asked of the first controllers that answer. */
import { limit } from "../network/limit.ts";
import type { Endpoint } from "../ports.ts";
import { ldapPing, type Pong } from "./ldap-ping.ts";
import type { DirectoryDeps } from "./operation.ts";
import { race } from "./race.ts";

const LDAP_PORT = 389;
/** UDP is often dropped on the way: nobody waits long for what only makes the order better. */
const TIMEOUT_MS = 1000;
const HEAD_START_MS = 150;
const MOST_ASKED = 4;

/** Null where no controller answers in a second, or none knows the site of this computer's address. */
export async function findSite(
  domain: string,
  controllers: readonly Endpoint[],
  dnsServer: string | null,
  { resolver, clock, logger }: DirectoryDeps,
  signal: AbortSignal,
): Promise<string | null> {
  const bound = limit(signal, clock, TIMEOUT_MS);
  const attempt = async ({ host }: Endpoint, stop: AbortSignal): Promise<Pong | null> => {
    const found = await resolver.connectTo(host, LDAP_PORT, { server: dnsServer, signal: stop });
    const [first] = found.ok ? found.value : [];
    if (first === undefined || stop.aborted) return null;
    return ldapPing(domain, first, stop).catch(() => null);
  };
  try {
    const answers = race(controllers.slice(0, MOST_ASKED), {
      attempt,
      failed: (pong) => pong === null,
      discard: () => undefined,
      headStartMs: HEAD_START_MS,
      atOnce: MOST_ASKED,
      clock,
      signal: bound.signal,
    });
    for await (const pong of answers) {
      if (pong === null) continue;
      logger.info("site by LDAP ping", { domain, clientSite: pong.clientSite, controllerSite: pong.controllerSite });
      return pong.clientSite;
    }
    return null;
  } finally {
    bound.dispose();
  }
}
