/**
 * The practice organisation: everything the console talks to, in one process, over real sockets on loopback. It starts
 * whole each time; only its certificate authority and the controllers' certificates outlive a restart.
 */
import { fail, succeed } from "../../shared/fault.ts";
import type { Clock, Logger, NameResolver, PracticePort } from "../ports.ts";
import { PRACTICE_PASSWORD } from "./directory/accounts.ts";
import { startDirectory } from "./directory/directory.ts";
import { createExchangePart } from "./exchange-part.ts";
import { startFrontEnds } from "./front-ends.ts";
import { createOrganisation } from "./organisation.ts";
import type { PracticePart } from "./part.ts";
import { openPki, type Pki } from "./pki.ts";
import { createPracticeResolver, type PracticeDomain } from "./resolver.ts";
import { createChangeSignal } from "./signal.ts";

export interface PracticeOrganisation {
  readonly resolver: NameResolver;
  readonly port: PracticePort;
  /** Closes every listener and connection; the process can end afterwards. */
  dispose(): Promise<void>;
}

interface PracticeOptions {
  /** The practice data folder; created when missing. */
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a further part is made with. */
export interface PartDependencies {
  readonly pki: Pki;
  readonly clock: Clock;
  readonly logger: Logger;
}

const CONTOSO = { domain: "contoso.lab", netbios: "CONTOSO", exchange: "Contoso" };
const NO_EXCHANGE = { domain: "noexchange.lab", netbios: "NOEXCHANGE", exchange: null };

async function startExchange({ pki, clock, logger }: PartDependencies): Promise<{ part: PracticePart; domains: readonly PracticeDomain[] }> {
  const organisation = createOrganisation(CONTOSO);
  const own = await startDirectory({ organisation, pki, clock, logger });
  const other = await startDirectory({ organisation: createOrganisation(NO_EXCHANGE), pki, clock, logger });
  const frontEnds = await startFrontEnds({ pki, clock });
  const domains = [
    { domain: CONTOSO.domain, controller: own.host },
    { domain: NO_EXCHANGE.domain, controller: other.host },
  ];
  const domainOf = (controller: string) => domains.find((each) => each.controller === controller)?.domain ?? "";
  return { part: await createExchangePart({ organisation, frontEnds, directories: [own, other], domainOf }), domains };
}

function practicePort(parts: readonly PracticePart[], logger: Logger): PracticePort {
  return {
    facts: () => ({
      domain: CONTOSO.domain,
      username: `${CONTOSO.netbios}\\svc-mail`,
      password: PRACTICE_PASSWORD,
      forms: parts.flatMap((part) => part.forms()),
      files: parts.flatMap((part) => part.files()),
    }),
    components: () => parts.flatMap((part) => part.components()),
    onChange(callback) {
      const signal = createChangeSignal();
      const stops = [signal.on(callback), ...parts.map((part) => part.onChange(() => signal.emit()))];
      return () => {
        for (const stop of stops) stop();
      };
    },
    async run(verb, target, argument) {
      logger.info("practice organisation", { verb, target, argument });
      const wanted = target === null ? null : target.trim().toLowerCase();
      if (verb === "reset") {
        for (const part of parts) await part.run(verb, null, null);
        return succeed(null);
      }
      for (const part of parts) {
        const result = await part.run(verb, wanted, argument);
        if (result !== null) return result;
      }
      return fail({ kind: "not-found", what: "practice-component", detail: target ?? verb });
    },
  };
}

/**
 * Starts the practice organisation. `extra` makes further parts, the clouds. Throws when loopback ports or the data
 * folder cannot be had, and leaves nothing open then.
 */
export async function startPractice(
  options: PracticeOptions,
  extra: readonly ((dependencies: PartDependencies) => Promise<PracticePart>)[] = [],
): Promise<PracticeOrganisation> {
  const { dataDirectory, clock, logger } = options;
  const pki = await openPki(dataDirectory);
  const dependencies = { pki, clock, logger };
  const { part, domains } = await startExchange(dependencies);
  const parts = [part];
  const dispose = async () => {
    await Promise.all(parts.map((each) => each.dispose()));
  };
  try {
    for (const make of extra) parts.push(await make(dependencies));
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
    [389, 636, 443].some((port) => route(host, port) !== null) || domains.some(({ domain, controller }) => host === domain || host === controller);

  return { resolver: createPracticeResolver({ domains, route, knows, authorities: [pki.authorityPem] }), port: practicePort(parts, logger), dispose };
}
