/** What a run works with: the directory, the provider's own run, the servers in their order. */
import { madeProgress, progress } from "../../../shared/contract/progress.ts";
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import type { DirectoryObjects } from "../../directory/types.ts";
import type { WorkParts } from "../../mail-objects/object-work.ts";
import { ServerOrder } from "../../mail-objects/server-order.ts";
import type { Clock } from "../../ports.ts";
import type { Foundation, WorkOptions } from "../rooms.ts";
import { contextOf, openDirectory, serversOf, type Ground, type StatusesOf } from "./ground.ts";

/** How long after a cancel the directory may still be asked, in milliseconds. */
export const LINGER_MS = 10_000;

export interface RunParts extends WorkParts {
  /** Ends every session and the directory's connection, whatever one of them says to that. */
  close(): Promise<void>;
}

/** Why the mail part of no object could be made: no object is put into the directory for that. */
export function obstacleOf(foundation: Foundation, ground: Ground, statusesOf: StatusesOf, options: WorkOptions): Fault | null {
  const context = contextOf(foundation, ground, options);
  if (!context.ok) return context.fault;
  const isServerMissing = ground.provisioning.via === "servers" && byPriority(ground, statusesOf).length === 0;
  return isServerMissing ? { kind: "not-found", what: "ticked-servers" } : ground.provisioning.obstacle(context.value);
}

function byPriority(ground: Ground, statusesOf: StatusesOf): readonly string[] {
  const { order, last } = serversOf(ground, statusesOf);
  return [...order, ...last.map(({ name }) => name)];
}

/** Signs in to the directory, at `controller` where it is given. Fails as that does. */
export async function openParts(foundation: Foundation, ground: Ground, statusesOf: StatusesOf, controller: string | null, options: WorkOptions): Promise<Result<RunParts>> {
  const { ports, store } = foundation;
  const { connection, provisioning } = ground;
  options.progress(progress("signing-in", { detail: connection.kind === "active-directory" ? connection.username : null }));
  const context = contextOf(foundation, ground, options);
  if (!context.ok) return context;
  const opened = await openLingering(foundation, ground, controller, { ...options, signal: context.value.signal });
  if (!opened.ok) return opened;
  const objects = opened.value;
  const run = provisioning.open(context.value, objects);
  const servers = new ServerOrder(provisioning.via === "servers" ? byPriority(ground, statusesOf) : [null], ports.clock);
  const close = async () => {
    await Promise.allSettled([run.close(), objects.close()]);
  };
  return succeed({ journal: store.journal, objects, provisioning, run, connection, servers, clock: ports.clock, signal: context.value.signal, onStep: (made) => options.progress(madeProgress(made)), close });
}

/** The connection outlives a cancel by a little: only a look tells what came of what was under way then. */
async function openLingering(foundation: Foundation, ground: Ground, controller: string | null, options: WorkOptions): Promise<Result<DirectoryObjects>> {
  const signal = lingering(options.signal, LINGER_MS, foundation.ports.clock);
  const opening = openDirectory(foundation, ground, controller, { ...options, signal });
  const opened = await Promise.race([opening, aborted(options.signal)]);
  if (opened !== null) return opened;
  // Whoever cancels does not wait for a controller.
  void opening.then(async (late) => late.ok && (await late.value.close()), () => undefined);
  return fail({ kind: "cancelled" });
}

/** Aborts so many milliseconds after another signal. */
function lingering(signal: AbortSignal, ms: number, clock: Clock): AbortSignal {
  const late = new AbortController();
  signal.addEventListener("abort", () => void clock.after(ms, () => late.abort()), { once: true });
  if (signal.aborted) late.abort();
  return late.signal;
}

/** Null once the signal aborts. */
function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener("abort", () => resolve(null), { once: true });
  });
}
