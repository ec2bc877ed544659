/**
 * Reaching a host of a cloud, through the web proxy where there is one. With a proxy the first rung is the proxy's, the
 * host's name and connection are the proxy's business, and TLS is verified from end to end all the same.
 */
import { fail, succeed, type Fault, type Result } from "../../shared/fault.ts";
import type { RungResult } from "../../shared/model/mail-server.ts";
import type { ProxyFinder, WebProxy } from "../ports.ts";
import { climb } from "./climb.ts";
import { dial, firstFailure, type Dialled, type DialOptions } from "./dial.ts";
import { limit, type Limit } from "./limit.ts";
import { secure } from "./tls-client.ts";
import { NO_CERTIFICATE } from "./tls-verdict.ts";
import { openTunnel, type Tunnel } from "./tunnel.ts";

export type CloudDialOptions = DialOptions & { readonly tls: NonNullable<DialOptions["tls"]>; readonly proxy: ProxyFinder };

/** The console chose this host itself: no spelling of a person's is at fault. */
function ofCloud(result: RungResult): RungResult {
  const { outcome } = result;
  if (outcome.state !== "failed" || outcome.fault.kind !== "unreachable" || outcome.fault.rung === "proxy") return result;
  return { ...result, outcome: { state: "failed", fault: { ...outcome.fault, chosenByConsole: true } } };
}

/** Climbs dns, tcp and tls, or proxy and tls. */
export async function dialCloud(options: CloudDialOptions): Promise<Dialled> {
  const onRung = (rung: RungResult) => options.onRung?.(ofCloud(rung));
  const proxy = options.proxy(options.host);
  const dialled = proxy.ok && proxy.value === null ? await dial({ ...options, onRung }) : await dialThrough(proxy, { ...options, onRung });
  return { ...dialled, rungs: dialled.rungs.map(ofCloud) };
}

async function dialThrough(proxy: Result<WebProxy | null>, options: CloudDialOptions): Promise<Dialled> {
  const { host, clock, resolver, signal, timeoutMs } = options;
  const { trust, authorities = [] } = options.tls;
  const bound = limit(signal, clock, timeoutMs);
  const ladder = climb(clock, options.onRung);
  let certificate = NO_CERTIFICATE;
  try {
    const tunnel = await ladder.step(
      "proxy",
      async () => (proxy.ok && proxy.value !== null ? tunnelThrough(proxy.value, options, bound) : fail(proxy.ok ? { kind: "cancelled" } : proxy.fault)),
      ({ answer }) => answer,
    );
    const why = tunnel.ok ? "by-proxy" : "earlier-rung";
    for (const rung of ["dns", "tcp"] as const) ladder.record({ rung, ms: 0, outcome: { state: "skipped", why } });
    const secured = await ladder.step(
      "tls",
      async () => {
        if (!tunnel.ok) return tunnel;
        const outcome = await secure({ socket: tunnel.value.socket, host, trust, authorities: [...resolver.authorities, ...authorities] }, bound);
        ({ certificate } = outcome);
        return outcome.result;
      },
      (socket) => socket.getProtocol(),
    );
    return { rungs: ladder.rungs, socket: secured.ok ? secured.value : null, ...certificate };
  } finally {
    bound.dispose();
  }
}

/** Everything that keeps the proxy from opening a way is a fault on its own rung. */
async function tunnelThrough(proxy: WebProxy, options: CloudDialOptions, bound: Limit): Promise<Result<Tunnel>> {
  const { host, port, resolver, clock, timeoutMs } = options;
  const { rungs, socket } = await dial({
    host: proxy.host,
    port: proxy.port,
    tls: proxy.secure ? { trust: { mode: "system" } } : null,
    resolver,
    dnsServer: null,
    clock,
    signal: bound.signal,
    timeoutMs,
  });
  if (socket === null) return fail(bound.signal.aborted ? bound.fault("proxy", proxy.host) : atProxy(firstFailure(rungs)));
  const tunnel = await openTunnel(socket, proxy, { host, port }, bound);
  return tunnel.ok ? succeed({ ...tunnel.value, answer: `${proxy.host}:${proxy.port}, ${tunnel.value.answer}` }) : tunnel;
}

function atProxy(fault: Fault | null): Fault {
  if (fault === null) return { kind: "cancelled" };
  return fault.kind === "unreachable" ? { ...fault, rung: "proxy" } : fault;
}
