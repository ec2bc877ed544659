/** The check of a cloud's front door: DNS, TCP and TLS (or proxy and TLS) of the one host that may be called, then the cloud's own rungs. */
import { fail } from "../../shared/fault.ts";
import type { CheckResult, RungResult } from "../../shared/model/mail-server.ts";
import type { Clock, NameResolver, ProxyFinder } from "../ports.ts";
import { climb, type Climb, type Pacing } from "./climb.ts";
import { dialCloud } from "./dial-cloud.ts";

const DIAL_TIMEOUT_MS = 8_000;

export interface CloudCheck {
  /** The server that is listed. */
  readonly server: string;
  /** Hosts of the chosen cloud: a server listed for another cloud is not called. */
  readonly expected: readonly string[];
  readonly resolver: NameResolver;
  readonly proxy: ProxyFinder;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly pacing: Omit<Pacing, "server">;
  /** Hears each rung as it ends. */
  readonly onRung?: ((rung: RungResult) => void) | undefined;
  /** Climbs on from a host that was reached, or records why it cannot. */
  readonly further: (ladder: Climb) => Promise<void>;
}

/** Climbs the ladder; `ms` is what the front door took, because the cloud's own rungs are not climbed at every check. */
export async function checkCloud({ server, expected, resolver, proxy, clock, signal, pacing, onRung, further }: CloudCheck): Promise<CheckResult> {
  const at = clock.now();
  const started = clock.elapsed();
  const ladder = climb(clock, onRung, { ...pacing, server });
  if (!expected.includes(server.toLowerCase())) {
    await ladder.step("dns", () => Promise.resolve(fail({ kind: "unsupported", why: "server-of-another-cloud", detail: server })));
    return { at, ms: 0, rungs: [...ladder.rungs], certificateExpiresAt: null };
  }
  const { socket, certificateExpiresAt } = await dialCloud({
    host: server,
    port: 443,
    tls: { trust: { mode: "system" } },
    resolver,
    proxy,
    dnsServer: null,
    clock,
    signal,
    timeoutMs: DIAL_TIMEOUT_MS,
    onRung: ladder.record,
  });
  socket?.destroy();
  const ms = clock.elapsed() - started;
  await further(ladder);
  return { at, ms, rungs: [...ladder.rungs], certificateExpiresAt };
}
