/** Calls that lay there while main hung or the machine slept, and came in long after their sender had given them up. */
import { ORPCError } from "@orpc/server";
import { HEARD_HEADER, TOO_LATE, TOO_LATE_AFTER_MS } from "../../shared/rules/liveness.ts";
import type { Clock } from "../ports.ts";

interface Incoming<T> {
  readonly request: { readonly headers: Readonly<Record<string, string | readonly string[] | undefined>> };
  next(): T;
}

/** An interceptor for the RPC handler of any adapter. Who sends no beat along, such as the command line, is never late. */
export function refuseTooLate(clock: Pick<Clock, "elapsed">) {
  return <T>({ request, next }: Incoming<T>): T => {
    const heard = request.headers[HEARD_HEADER];
    if (typeof heard === "string" && clock.elapsed() - Number(heard) > TOO_LATE_AFTER_MS) throw new ORPCError(TOO_LATE);
    return next();
  };
}
