/** A provider's context whose names lead nowhere and which remembers what was asked for. */
import type { ProviderContext } from "../../../../main/providers/provider.ts";
import { fail, succeed } from "../../../../shared/fault.ts";
import { silentLogger } from "../../../lab/loggers.ts";
import { connection } from "../services/support.ts";
import { systemClock } from "../store/support.ts";

export interface Asking {
  readonly context: ProviderContext;
  /** Hosts whose address was asked for, in order. */
  readonly asked: string[];
}

/** `now` in epoch milliseconds; the system's clock without it. */
export function contextAsking(now?: number): Asking {
  const asked: string[] = [];
  const context: ProviderContext = {
    signal: new AbortController().signal,
    progress: () => undefined,
    logger: silentLogger,
    clock: now === undefined ? systemClock : { ...systemClock, now: () => now },
    resolver: {
      authorities: [],
      service: (name) => Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "name-not-found", host: name })),
      connectTo(host) {
        asked.push(host);
        return Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "name-not-found", host }));
      },
    },
    secrets: { isSet: () => false, text: () => Promise.resolve(succeed(null)), certificate: () => Promise.resolve(succeed(null)) },
    connection,
    proxy: () => succeed(null),
    memory: new Map(),
    asked: false,
    directory: null,
    remoting: null,
  };
  return { context, asked };
}
