/** One LDAP operation: aborting it or running out of time destroys the socket at once. */
import type net from "node:net";
import { fail, succeed, type Result, type RungName } from "../../shared/fault.ts";
import { limit } from "../network/limit.ts";
import type { Clock, Logger, NameResolver } from "../ports.ts";
import { ldapFault } from "./faults.ts";

/** What the directory room works with. */
export interface DirectoryDeps {
  readonly resolver: NameResolver;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface OperationOptions {
  readonly socket: net.Socket;
  readonly host: string;
  readonly rung: RungName;
  /** What is asked for, named in `not-found`. */
  readonly subject?: string;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** Runs the operation and turns every refusal, loss and time-out into a fault. */
export async function operation<T>(options: OperationOptions, work: () => Promise<T>): Promise<Result<T>> {
  const { socket, host, rung, subject } = options;
  const bound = limit(options.signal, options.clock, options.timeoutMs);
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => {
    socket.destroy();
    reject(new Error("stopped"));
  };
  bound.signal.addEventListener("abort", stop, { once: true });
  if (bound.signal.aborted) stop();
  try {
    return succeed(await Promise.race([stopped, work()]));
  } catch (error) {
    return fail(bound.signal.aborted ? bound.fault(rung, host) : ldapFault(error, rung, host, subject));
  } finally {
    bound.signal.removeEventListener("abort", stop);
    bound.dispose();
  }
}
