/**
 * The sign-in and role rungs of status. A session takes longer to open than a check may take, costs the server a shell and the account a
 * line in the log: sign-ins run beside the checks, one server at a time and at the provider's pace, and a check shows what the last one
 * brought.
 */
import type { Fault } from "../../../../shared/fault.ts";
import { isDue, keepRung, type CheckMemory, type KeptRung } from "../../../../shared/rules/pace.ts";
import type { RungResult } from "../../../../shared/model/mail-server.ts";
import { createTurns, type InTurn } from "../../../../shared/turns.ts";
import type { ProviderContext } from "../../provider.ts";
import { SIGN_IN_PACE } from "../descriptor.ts";
import type { ExchangeConfiguration } from "../schema.ts";
import { notTried, signInOn, type SignIn } from "./sign-in.ts";

/** A check ends after ten seconds; it waits for a sign-in as long as that leaves something over. */
const WAIT_MS = 7_000;
/** A person who checks all servers at once asks each of them; a password that was refused within this time is not sent to the next one. */
const ASKED_AGAIN_MS = 60_000;

interface Refusal {
  readonly fault: Fault;
  /** Epoch milliseconds, and on the clock that nobody can set. */
  readonly at: number;
  readonly elapsed: number;
}

interface SignIns {
  readonly inTurn: InTurn;
  readonly running: Map<string, { readonly ended: Promise<void>; readonly stop: AbortController }>;
  /** Why the account was not let in. Further tries can lock it: nobody is asked again with the same secrets, unless a person asks. */
  refusal: Refusal | null;
}

const kept = new WeakMap<CheckMemory, SignIns>();

function signInsOf(memory: CheckMemory): SignIns {
  const known = kept.get(memory);
  if (known !== undefined) return known;
  const fresh: SignIns = { inTurn: createTurns(), running: new Map(), refusal: null };
  kept.set(memory, fresh);
  return fresh;
}

/** The two rungs as they stand for this check, after `spentMs` of it; `isReached` where the rungs below carried. */
export async function pacedSignIn(server: string, configuration: ExchangeConfiguration, context: ProviderContext, below: { readonly isReached: boolean; readonly spentMs: number }): Promise<readonly RungResult[]> {
  const { clock, memory, asked, signal, remoting } = context;
  if (!below.isReached) {
    for (const [rung, last] of memory.get(server) ?? []) memory.get(server)?.set(rung, { ...last, interrupted: true });
    return rungsOf(notTried("earlier-rung"));
  }
  if (remoting === null) return rungsOf(notTried("not-on-this-machine"));
  const signIns = signInsOf(memory);
  const { refusal } = signIns;
  if (refusal !== null && (!asked || clock.elapsed() - refusal.elapsed < ASKED_AGAIN_MS)) return refusedRungs(refusal, false);
  if (!signIns.running.has(server) && (asked || isAnyDue(memory.get(server), clock.elapsed()))) begin(signIns, server, configuration, context);
  const running = signIns.running.get(server);
  if (running !== undefined) await waitFor(running, Math.max(0, WAIT_MS - below.spentMs), context);
  if (signal.aborted) running?.stop.abort();
  const late = signIns.running.has(server);
  if (!late && signIns.refusal !== null) return refusedRungs(signIns.refusal, true);
  return replayed(memory.get(server), running !== undefined && !late);
}

function refusedRungs({ fault, at }: Refusal, isNew: boolean): readonly RungResult[] {
  const [signIn, ...rest] = rungsOf({ signIn: { ms: 0, outcome: { state: "failed", fault } }, role: notTried("earlier-rung").role });
  return signIn === undefined ? rest : [isNew ? signIn : { ...signIn, climbedAt: at }, ...rest];
}

function rungsOf({ signIn, role }: SignIn): readonly RungResult[] {
  return [
    { rung: "sign-in", ...signIn },
    { rung: "role", ...role },
  ];
}

/** What the last sign-in brought; `isNew` where that was in this check. */
function replayed(last: ReadonlyMap<string, KeptRung> | undefined, isNew: boolean): readonly RungResult[] {
  return rungsOf(notTried("not-yet")).map((untried) => {
    const known = last?.get(untried.rung);
    if (known === undefined) return untried;
    return isNew ? known.result : { ...known.result, climbedAt: known.at };
  });
}

function isAnyDue(last: ReadonlyMap<string, KeptRung> | undefined, elapsed: number): boolean {
  return isDue(last?.get("sign-in"), SIGN_IN_PACE, elapsed) || isDue(last?.get("role"), SIGN_IN_PACE, elapsed);
}

function begin(signIns: SignIns, server: string, configuration: ExchangeConfiguration, context: ProviderContext): void {
  const { memory, clock } = context;
  const stop = new AbortController();
  // It outlives the check that began it; what ends that later on, such as a store that is put offline, ends it as well, in the queue too.
  const end = () => stop.abort();
  context.signal.addEventListener("abort", end, { once: true });
  const job = async () => {
    // Somebody before in the queue may have been refused.
    const { refusal } = signIns;
    if (stop.signal.aborted || (refusal !== null && clock.elapsed() - refusal.elapsed < ASKED_AGAIN_MS)) return;
    const brought = await signInOn(server, configuration, context, stop.signal);
    if (stop.signal.aborted) return;
    const { outcome } = brought.signIn;
    const moment = { now: clock.now(), elapsed: clock.elapsed() };
    // Only a sign-in that succeeds takes a refusal back: of a server that could not be reached nothing is known.
    if (outcome.state === "failed" && isOfAccount(outcome.fault)) signIns.refusal = { fault: outcome.fault, at: moment.now, elapsed: moment.elapsed };
    else if (outcome.state === "passed") signIns.refusal = null;
    const rungs = memory.get(server) ?? new Map<RungResult["rung"], KeptRung>();
    // Nothing is confirmed by further sign-ins: what stands counts at each check until the next one.
    for (const result of rungsOf(brought)) rungs.set(result.rung, { ...keepRung(result, moment, rungs.get(result.rung)), confirmations: 0 });
    memory.set(server, rungs);
  };
  const ended = signIns.inTurn(job).finally(() => {
    context.signal.removeEventListener("abort", end);
    signIns.running.delete(server);
  });
  signIns.running.set(server, { ended, stop });
  ended.catch((error: unknown) => context.logger.error("a sign-in threw", { server, stack: error instanceof Error ? error.stack : String(error) }));
}

/** A clock that is wrong is one server's own. */
function isOfAccount(fault: Fault): boolean {
  return fault.kind === "sign-in" && fault.reason !== "clock-skew";
}

/** Until it has ended, the time is over or the check is given up. */
async function waitFor({ ended }: { readonly ended: Promise<void> }, ms: number, { clock, signal }: ProviderContext): Promise<void> {
  let cancel = () => {};
  let onAbort = () => {};
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve);
    onAbort = () => resolve();
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) resolve();
  });
  await Promise.race([ended.catch(() => undefined), over]);
  cancel();
  signal.removeEventListener("abort", onAbort);
}
