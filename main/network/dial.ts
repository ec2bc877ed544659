/** Reaching a host: name, connection, certificate. The first three rungs of every ladder. */
import net from "node:net";
import type tls from "node:tls";
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { Trust } from "../../shared/model/identity-store.ts";
import type { Finding, RungResult } from "../../shared/model/mail-server.ts";
import type { Clock, NameResolver } from "../ports.ts";
import { climb } from "./climb.ts";
import { limit, type Limit } from "./limit.ts";
import { secure } from "./tls-client.ts";
import { NO_CERTIFICATE, socketFault, type CertificateFacts } from "./tls-verdict.ts";

export { firstFailure } from "./climb.ts";

export interface TlsOptions {
  readonly trust: Trust;
  /** PEM; trusted besides the resolver's. */
  readonly authorities?: readonly string[];
  /** For an exchange that carries no secret: the certificate is a finding and decides nothing, and old TLS is spoken too. */
  readonly anonymous?: boolean;
}

export interface DialOptions {
  readonly host: string;
  readonly port: number;
  /** Null for a connection without TLS, such as one that asks for it later. */
  readonly tls: TlsOptions | null;
  readonly resolver: NameResolver;
  /** A DNS server to ask instead of the system's. */
  readonly dnsServer: string | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** For all rungs together. */
  readonly timeoutMs: number;
  readonly onRung?: (rung: RungResult) => void;
}

/** The certificate is known even when it was refused. */
export interface Dialled extends CertificateFacts {
  readonly rungs: readonly RungResult[];
  /** Null when a rung failed. The caller destroys it. */
  readonly socket: net.Socket | tls.TLSSocket | null;
}

interface Address {
  readonly address: string;
  readonly port: number;
}

/** Climbs dns, tcp and, where asked for, tls. Aborting or running out of time destroys the socket at once. */
export async function dial(options: DialOptions): Promise<Dialled> {
  const { host, port, resolver, clock } = options;
  const bound = limit(options.signal, clock, options.timeoutMs);
  const ladder = climb(clock, options.onRung);
  try {
    const addresses = await ladder.step(
      "dns",
      () => resolve(options, bound),
      (found) => found.map((each) => each.address).slice(0, 3).join(", "),
    );
    const connected = await ladder.step(
      "tcp",
      async () => (addresses.ok ? connectFirst(addresses.value, host, bound, options) : addresses),
      (socket) => `${socket.remoteAddress ?? host}:${socket.remotePort ?? port}`,
    );
    if (options.tls === null) return { rungs: ladder.rungs, socket: connected.ok ? connected.value : null, ...NO_CERTIFICATE };
    const { trust, anonymous = false } = options.tls;
    const authorities = [...resolver.authorities, ...(options.tls.authorities ?? [])];
    let certificate = NO_CERTIFICATE;
    let findings: readonly Finding[] = [];
    const secured = await ladder.step(
      "tls",
      async () => {
        if (!connected.ok) return connected;
        const outcome = await secure({ socket: connected.value, host, trust, authorities, anonymous }, bound);
        ({ certificate, findings } = outcome);
        return outcome.result;
      },
      (socket) => socket.getProtocol(),
      () => findings,
    );
    return { rungs: ladder.rungs, socket: secured.ok ? secured.value : null, ...certificate };
  } finally {
    bound.dispose();
  }
}

async function resolve(options: DialOptions, bound: Limit): Promise<Result<readonly Address[]>> {
  const { host, port, resolver, dnsServer } = options;
  if (bound.signal.aborted) return fail(bound.fault("dns", host));
  const found = await resolver.connectTo(host, port, { server: dnsServer, signal: bound.signal });
  if (bound.signal.aborted) return fail(bound.fault("dns", host));
  if (found.ok && found.value.length === 0) return fail({ kind: "unreachable", rung: "dns", reason: "no-records", host });
  return found;
}

/** Tries the addresses in order; each gets an equal share of the time that is left. */
async function connectFirst(addresses: readonly Address[], host: string, bound: Limit, options: DialOptions): Promise<Result<net.Socket>> {
  const ends = options.clock.elapsed() + options.timeoutMs;
  const faults: Fault[] = [];
  for (const [index, address] of addresses.entries()) {
    const share = Math.max(1, (ends - options.clock.elapsed()) / (addresses.length - index));
    const attempt = limit(bound.signal, options.clock, share);
    const connected = await connect(address, host, attempt);
    attempt.dispose();
    if (connected.ok) return connected;
    if (bound.signal.aborted) return fail(bound.fault("tcp", host));
    faults.push(connected.fault);
  }
  // A machine without IPv6 says "no network" to a host's IPv6 address: any other answer tells more.
  const telling = faults.find((fault) => fault.kind === "unreachable" && fault.reason !== "no-network");
  return fail(telling ?? faults[0] ?? { kind: "unreachable", rung: "tcp", reason: "no-network", host });
}

function connect(target: Address, host: string, attempt: Limit): Promise<Result<net.Socket>> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: target.address, port: target.port, noDelay: true });
    const stop = () => {
      socket.destroy();
      resolve(fail(attempt.fault("tcp", host)));
    };
    const failed = (error: Error) => {
      attempt.signal.removeEventListener("abort", stop);
      socket.destroy();
      resolve(fail(socketFault(error, "tcp", host)));
    };
    attempt.signal.addEventListener("abort", stop, { once: true });
    socket.on("error", failed);
    socket.once("connect", () => {
      attempt.signal.removeEventListener("abort", stop);
      resolve(succeed(socket));
    });
    if (attempt.signal.aborted) stop();
  });
}
