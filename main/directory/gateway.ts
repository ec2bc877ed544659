/** The way to an Active Directory: controllers in order, ladder, sign-in. */
import { BindRequest, ResultCodeError } from "ldapts";
import { fail, type Fault, type Result } from "../../shared/fault.ts";
import type { ActiveDirectoryConnection } from "../../shared/model/identity-store.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import { climb, type Climb } from "../network/climb.ts";
import { limit } from "../network/limit.ts";
import type { Endpoint } from "../ports.ts";
import { candidates } from "./controllers.ts";
import { explainSilence } from "./diagnosis.ts";
import { operation, type DirectoryDeps } from "./operation.ts";
import { race } from "./race.ts";
import { reach } from "./reach.ts";
import { readAnonymously } from "./search.ts";
import { close, openSession, otherDirectory, rootDseAttributes } from "./session.ts";
import type { DirectoryGateway, DirectorySession } from "./types.ts";
import { demandSuccess, type Wire } from "./wire.ts";

const SIGN_IN_TIMEOUT_MS = 15_000;
/** For everything until the session stands, however many controllers there are. */
const OPEN_TIMEOUT_MS = 45_000;
/** What a controller gets before the next is tried beside it: a far one has answered by then. */
const HEAD_START_MS = 1500;
const AT_ONCE = 3;

const LADDER = ["dns", "tcp", "tls", "sign-in", "directory-search"] as const;

type OpenRequest = Parameters<DirectoryGateway["open"]>[0];

/**
 * A gateway for one store's connection. The ladder is dns, tcp, tls, sign-in, directory-search. Controllers are reached
 * a few at once; the first that stands is signed in to, and another gets the password only when that one could not look
 * at it. A refused account ends it at once: the same wrong password at every controller would lock the account.
 */
export function createDirectoryGateway(connection: ActiveDirectoryConnection, deps: DirectoryDeps): DirectoryGateway {
  return {
    open: async (request) => {
      const missing = missingFields(request);
      if (missing !== null) return fail(missing);
      const bound = limit(request.signal, deps.clock, OPEN_TIMEOUT_MS);
      try {
        const started = deps.clock.elapsed();
        const found = await candidates(pinned(connection, request), request.domain, deps, bound.signal);
        if (!found.ok) {
          const fault = bound.signal.aborted ? bound.fault("dns", request.domain) : found.fault;
          reportFailedSearch(request, fault, deps.clock.elapsed() - started);
          return fail(fault);
        }
        const opened = await openFirst(found.value, { connection, request, deps, signal: bound.signal });
        if (opened.ok || opened.fault.kind !== "cancelled" || request.signal.aborted) return opened;
        return fail(bound.fault("tcp", request.domain));
      } finally {
        bound.dispose();
      }
    },
  };
}

/** The store's connection, with the one controller of the request in place of the store's and of those that DNS names. */
function pinned(connection: ActiveDirectoryConnection, { controller, domain }: OpenRequest): ActiveDirectoryConnection {
  return controller === undefined ? connection : { ...connection, domain, domainControllers: [controller] };
}

/** A bind without a password succeeds as nobody (RFC 4513, 5.1.2), so that it must never be sent. */
function missingFields({ username, password }: OpenRequest): Fault | null {
  const issues = [...(username === "" ? ["username"] : []), ...(password === "" ? ["password"] : [])].map((field) => ({ path: [field], code: "required" }));
  return issues.length === 0 ? null : { kind: "invalid", issues };
}

function reportFailedSearch({ onRung }: OpenRequest, fault: Fault, ms: number): void {
  for (const rung of LADDER) {
    onRung?.(rung === "dns" ? { rung, ms, outcome: { state: "failed", fault } } : { rung, ms: 0, outcome: { state: "skipped", why: "earlier-rung" } });
  }
}

interface Opening {
  readonly connection: ActiveDirectoryConnection;
  readonly request: OpenRequest;
  readonly deps: DirectoryDeps;
  /** The caller's, and the limit of the whole opening. */
  readonly signal: AbortSignal;
}

/** A controller on whose ladder the first three rungs were climbed. */
interface Approach {
  readonly controller: Endpoint;
  readonly ladder: Climb;
  readonly wire: Result<Wire>;
  /** Reports the rungs climbed so far, and the further ones as they end. */
  show(): void;
}

async function approach(controller: Endpoint, { connection, request, deps }: Opening, signal: AbortSignal): Promise<Approach> {
  const held: RungResult[] = [];
  let report = (rung: RungResult): void => void held.push(rung);
  const ladder = climb(deps.clock, (rung) => report(rung));
  request.onTrying?.(controller.host);
  const { security, trust, dnsServer } = connection;
  const wire = await reach({ controller, security, trust, dnsServer, signal }, deps, ladder);
  return {
    controller,
    ladder,
    wire,
    show: () => {
      report = (rung) => request.onRung?.(rung);
      for (const rung of held) request.onRung?.(rung);
    },
  };
}

async function openFirst(controllers: readonly Endpoint[], opening: Opening): Promise<Result<DirectorySession>> {
  const { deps, signal, request } = opening;
  const failures: { readonly fault: Fault; readonly approach: Approach; readonly shown: boolean }[] = [];
  const approaches = race(controllers, {
    attempt: (controller, stop) => approach(controller, opening, stop),
    failed: ({ wire }) => !wire.ok,
    discard: ({ wire }) => void (wire.ok && wire.value.socket.destroy()),
    headStartMs: HEAD_START_MS,
    atOnce: AT_ONCE,
    clock: deps.clock,
    signal,
  });
  for await (const reached of approaches) {
    if (reached.wire.ok) reached.show();
    const opened = reached.wire.ok ? await signIn(reached, reached.wire.value, opening) : reached.wire;
    if (opened.ok) return opened;
    const { fault } = opened;
    failures.push({ fault, approach: reached, shown: reached.wire.ok });
    if (fault.kind !== "unreachable") break;
    deps.logger.warn("domain controller not usable", { host: reached.controller.host, rung: fault.rung, reason: fault.reason });
  }
  // The controller that let us furthest says most about what to do.
  const height = (fault: Fault) => (fault.kind === "unreachable" ? LADDER.findIndex((rung) => rung === fault.rung) : LADDER.length);
  const told = failures.filter(({ fault }) => fault.kind !== "cancelled");
  const furthest = told.toSorted((a, b) => height(b.fault) - height(a.fault))[0];
  if (furthest === undefined || request.signal.aborted) return fail({ kind: "cancelled" });
  if (!furthest.shown) await showUnreached(furthest.approach);
  return fail(furthest.fault);
}

/** The rungs above the one that failed, as skipped. */
async function showUnreached({ ladder, wire, show }: Approach): Promise<void> {
  show();
  for (const rung of ["sign-in", "directory-search"] as const) await ladder.step(rung, () => Promise.resolve(wire));
}

async function signIn({ controller, ladder }: Approach, wire: Wire, opening: Opening): Promise<Result<DirectorySession>> {
  const { connection, request, deps, signal } = opening;
  const { host } = controller;
  const options = { socket: wire.socket, host, rung: "sign-in", signal, clock: deps.clock, timeoutMs: SIGN_IN_TIMEOUT_MS } as const;
  const signedIn = await ladder.step("sign-in", async () => {
    const known = await operation(options, () => readAnonymously(wire, rootDseAttributes).catch(refusedToNobody));
    if (!known.ok) {
      return connection.security === "ldaps" ? known : fail(await explainSilence(known.fault, { controller, dnsServer: connection.dnsServer, signal, deps }));
    }
    // The password is for a domain's controller: nothing else that happens to speak LDAP gets it.
    const other = otherDirectory(known.value?.entry.attributes ?? {});
    if (other !== null) return fail(other);
    const dn = bindName(request.username, request.domain);
    return operation(options, async () => demandSuccess(await wire.ask((messageId) => new BindRequest({ messageId, dn, password: request.password }))));
  });
  const session = await ladder.step(
    "directory-search",
    async () => (signedIn.ok ? openSession({ wire, host, signal: request.signal, deps }) : signedIn),
    (opened) => opened.host,
  );
  if (!session.ok) await close(wire);
  return session;
}

/** A directory that tells nobody anything may still be the right one. */
function refusedToNobody(error: unknown): null {
  if (error instanceof ResultCodeError) return null;
  throw error;
}

/** Active Directory takes `user@domain`, `DOMAIN\user` and distinguished names; a bare name is completed. */
export function bindName(username: string, domain: string): string {
  return /[@\\=]/.test(username) ? username : `${username}@${domain}`;
}
