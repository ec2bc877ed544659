/**
 * The practice organisation: everything the console talks to, in one process, over real sockets on loopback. It starts
 * whole each time; only its certificate authority and the controllers' certificates outlive a restart.
 */
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { Listeners } from "../listeners.ts";
import type { Clock, Logger, MachineNetwork, NameResolver, PracticePort, RemotingLocation } from "../ports.ts";
import { PRACTICE_PASSWORD } from "./directory/accounts.ts";
import { startDirectory } from "./directory/directory.ts";
import { startExchangeEndpoint, type ExchangeEndpoint } from "./exchange/exchange-endpoint.ts";
import { createExchangePart } from "./exchange-part.ts";
import { startFrontEnds } from "./front-ends.ts";
import { furtherParts } from "./further-parts.ts";
import { createNetworkPart } from "./network-part.ts";
import { createOrganisation } from "./organisation.ts";
import type { MakePart, PartDependencies, PracticePart } from "./part.ts";
import { openPki } from "./pki.ts";
import { createPracticeResolver, type PracticeDomain } from "./resolver.ts";

export interface PracticeOrganisation {
  readonly resolver: NameResolver;
  readonly network: MachineNetwork;
  readonly port: PracticePort;
  /** A shell that opens sessions on the practice servers, on any system. */
  readonly remoting: RemotingLocation;
  /** Open sessions of remote PowerShell. */
  remoteSessions: ExchangeEndpoint["sessions"];
  /** Closes every listener and connection; the process can end afterwards. */
  dispose(): Promise<void>;
}

export interface PracticeOptions {
  /** The practice data folder; created when missing. */
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Parts besides Exchange; all there are when absent. */
  readonly parts?: readonly MakePart[];
}

const CONTOSO = { domain: "contoso.lab", netbios: "CONTOSO", exchange: "Contoso" };
const NO_EXCHANGE = { domain: "noexchange.lab", netbios: "NOEXCHANGE", exchange: null };

interface Disposable {
  dispose(): Promise<void>;
}

/** Remembers what was opened, so that a later failure can close it again. */
function createKeeper(): { keep<T extends Disposable>(starting: Promise<T>): Promise<T>; closeAll(): Promise<void> } {
  const opened: Disposable[] = [];
  return {
    async keep(starting) {
      const started = await starting;
      opened.push(started);
      return started;
    },
    async closeAll() {
      await Promise.all(opened.map((each) => each.dispose()));
    },
  };
}

interface StartedExchange {
  readonly part: PracticePart;
  readonly domains: readonly PracticeDomain[];
  readonly endpoint: ExchangeEndpoint;
}

async function startExchange({ pki, clock, logger }: PartDependencies): Promise<StartedExchange> {
  const organisation = createOrganisation(CONTOSO);
  const { keep, closeAll } = createKeeper();
  try {
    const own = await keep(startDirectory({ organisation, pki, clock, logger }));
    const other = await keep(startDirectory({ organisation: createOrganisation(NO_EXCHANGE), pki, clock, logger }));
    const frontEnds = await keep(startFrontEnds({ pki, clock, domain: CONTOSO.domain }));
    const endpoint = await keep(startExchangeEndpoint({ organisation, directory: own, frontEnds, clock, logger }));
    const domains = [
      { domain: CONTOSO.domain, controller: own.host },
      { domain: NO_EXCHANGE.domain, controller: other.host },
    ];
    const domainOf = (controller: string) => domains.find((each) => each.controller === controller)?.domain ?? "";
    return { part: await createExchangePart({ organisation, frontEnds, directories: [own, other], domainOf }), domains, endpoint };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function runVerb(parts: readonly PracticePart[], verb: string, target: string | null, argument: string | null): Promise<Result<null>> {
  if (verb === "reset" && target === null) {
    for (const part of parts) await part.run(verb, null, null);
    return succeed(null);
  }
  // The Exchange part comes last, for it takes any name as that of a server to add.
  for (const part of parts.toReversed()) {
    const result = await part.run(verb, target, argument);
    if (result !== null) return result;
  }
  return fail({ kind: "not-found", what: "practice-component", detail: target ?? verb });
}

function practicePort(parts: readonly PracticePart[], logger: Logger): PracticePort {
  const changed = new Listeners("practice organisation", logger);
  return {
    facts: () => ({
      domain: CONTOSO.domain,
      username: `${CONTOSO.netbios}\\svc-mail`,
      password: PRACTICE_PASSWORD,
      forms: parts.flatMap((part) => part.forms()),
      files: parts.flatMap((part) => part.files()),
    }),
    components: () => parts.flatMap((part) => part.components()),
    onChange: (callback) => changed.add(callback),
    async run(verb, target, argument) {
      logger.info("practice organisation", { verb, target, argument });
      const result = await runVerb(parts, verb, target === null ? null : target.trim().toLowerCase(), argument);
      if (result.ok) changed.notify();
      return result;
    },
  };
}

/**
 * Starts the practice organisation. Throws when the data folder or loopback ports cannot be had; what was open by then
 * is closed again.
 */
export async function startPractice(options: PracticeOptions): Promise<PracticeOrganisation> {
  const { dataDirectory, clock, logger, parts: makers = furtherParts } = options;
  const pki = await openPki(dataDirectory);
  const dependencies = { pki, clock, logger };
  const { part, domains, endpoint } = await startExchange(dependencies);
  const { keep, closeAll: dispose } = createKeeper();
  const own = createNetworkPart();
  await keep(Promise.resolve(endpoint));
  const parts = [await keep(Promise.resolve(part)), await keep(Promise.resolve(own.part))];
  try {
    for (const make of makers) parts.push(await keep(make(dependencies)));
  } catch (error) {
    await dispose();
    throw error;
  }

  const route = (host: string, port: number) => {
    for (const each of parts) {
      const target = each.route(host, port);
      if (target !== null) return target;
    }
    return null;
  };
  const knows = (host: string) =>
    [389, 636, 443, 587].some((port) => route(host, port) !== null) || domains.some(({ domain, controller }) => host === domain || host === controller);

  return {
    resolver: createPracticeResolver({ namesAway: () => own.network.namesAway(), domains, route, knows, authorities: [pki.authorityPem] }),
    network: own.network,
    port: practicePort(parts, logger),
    remoting: endpoint.remoting,
    remoteSessions: endpoint.sessions,
    dispose,
  };
}
