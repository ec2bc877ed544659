/** The way to an Active Directory: controllers in order, ladder, sign-in. */
import { fail, type Fault, type Result } from "../../shared/fault.ts";
import type { ActiveDirectoryConnection } from "../../shared/model/identity-store.ts";
import { climb } from "../network/climb.ts";
import type { Endpoint } from "../ports.ts";
import type { DirectoryGateway, DirectorySession } from "./types.ts";
import { candidates } from "./controllers.ts";
import { operation, type DirectoryDeps } from "./operation.ts";
import { reach } from "./reach.ts";
import { close, openSession } from "./session.ts";

const SIGN_IN_TIMEOUT_MS = 15_000;

type OpenRequest = Parameters<DirectoryGateway["open"]>[0];

/**
 * A gateway for one store's connection. The ladder is dns, tcp, tls, sign-in, directory-search; when a controller
 * cannot be reached the next is tried and its rungs replace those reported before. A refused account ends it at once:
 * the same wrong password at every controller would lock the account.
 */
export function createDirectoryGateway(connection: ActiveDirectoryConnection, deps: DirectoryDeps): DirectoryGateway {
  return {
    open: async (request) => {
      const missing = missingFields(request);
      if (missing !== null) return fail(missing);
      const started = deps.clock.elapsed();
      const found = await candidates(connection, request.domain, deps, request.signal);
      if (!found.ok) {
        request.onRung?.({ rung: "dns", ms: deps.clock.elapsed() - started, outcome: { state: "failed", fault: found.fault } });
        for (const rung of ["tcp", "tls", "sign-in", "directory-search"] as const) {
          request.onRung?.({ rung, ms: 0, outcome: { state: "skipped", why: "earlier-rung" } });
        }
        return found;
      }
      return openFirst(found.value, connection, request, deps);
    },
  };
}

/** A bind without a password succeeds as nobody (RFC 4513, 5.1.2), so that it must never be sent. */
function missingFields({ username, password }: OpenRequest): Fault | null {
  const issues = [...(username === "" ? ["username"] : []), ...(password === "" ? ["password"] : [])].map((field) => ({ path: [field], code: "required" }));
  return issues.length === 0 ? null : { kind: "invalid", issues };
}

async function openFirst(
  controllers: readonly Endpoint[],
  connection: ActiveDirectoryConnection,
  request: OpenRequest,
  deps: DirectoryDeps,
): Promise<Result<DirectorySession>> {
  const faults: Fault[] = [];
  for (const controller of controllers) {
    const opened = await openAt(controller, connection, request, deps);
    if (opened.ok) return opened;
    faults.push(opened.fault);
    if (opened.fault.kind !== "unreachable") return opened;
    deps.logger.warn("domain controller not usable", { host: controller.host, rung: opened.fault.rung, reason: opened.fault.reason });
  }
  // The controller that let us furthest says most about what to do.
  const height = (fault: Fault) => (fault.kind === "unreachable" ? ["dns", "tcp", "tls", "sign-in", "directory-search"].indexOf(fault.rung) : -1);
  const furthest = faults.toSorted((a, b) => height(b) - height(a))[0];
  return fail(furthest ?? { kind: "unreachable", rung: "dns", reason: "no-records", host: request.domain });
}

async function openAt(
  controller: Endpoint,
  connection: ActiveDirectoryConnection,
  request: OpenRequest,
  deps: DirectoryDeps,
): Promise<Result<DirectorySession>> {
  const { signal } = request;
  const { host } = controller;
  const ladder = climb(deps.clock, request.onRung);
  const line = await reach({ controller, security: connection.security, trust: connection.trust, dnsServer: connection.dnsServer, signal }, deps, ladder);
  const signedIn = await ladder.step("sign-in", async () => {
    if (!line.ok) return line;
    const options = { socket: line.value.socket, host, rung: "sign-in", signal, clock: deps.clock, timeoutMs: SIGN_IN_TIMEOUT_MS } as const;
    return operation(options, () => line.value.client.bind(bindName(request.username, request.domain), request.password));
  });
  const session = await ladder.step(
    "directory-search",
    async () => {
      if (!line.ok) return line;
      return signedIn.ok ? openSession({ line: line.value, host, signal, deps }) : signedIn;
    },
    (opened) => opened.host,
  );
  if (!session.ok && line.ok) await close({ line: line.value, host, deps });
  return session;
}

/** Active Directory takes `user@domain`, `DOMAIN\user` and distinguished names; a bare name is completed. */
export function bindName(username: string, domain: string): string {
  return /[@\\=]/.test(username) ? username : `${username}@${domain}`;
}
