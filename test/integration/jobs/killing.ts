/** Processes that plan and apply a job, and are killed at a moment of it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { z } from "zod";
import type { Way } from "../mail-objects/killed-process.ts";
import type { KilledJob } from "./killed-child.ts";
import type { ChangingRequest, TenantLog } from "./tenant-log.ts";

const root = path.resolve(import.meta.dirname, "../../..");

/** Where a process ends: at a write of its own, or at a request of its that came in, of which it hears the answer no more. */
export interface Moment {
  readonly kind: "write" | "hold" | "request";
  readonly at: number;
  readonly when: "before" | "after";
}

/** A job whose file is another one each time. */
export interface Lane {
  readonly storeId: string;
  readonly job: string;
  readonly file: string;
}

interface Ground {
  readonly way: Way;
  readonly log: TenantLog;
}

/** Both sides of so many moments. */
export const around = (kind: Moment["kind"], count: number): Moment[] => Array.from({ length: count }, (_, index) => index + 1).flatMap((at) => [{ kind, at, when: "before" } as const, { kind, at, when: "after" } as const]);

function start({ way }: Ground, lane: Lane, { kind, at, when }: Moment): ChildProcess & { readonly said: () => string } {
  const orders: KilledJob = { ...way, storeId: lane.storeId, job: lane.job, password: null, kind: kind === "hold" ? "hold" : "write", at: kind === "request" ? 0 : at, when };
  const env = { ...process.env, NODE_COMPILE_CACHE: `${way.dataDirectory} compiled` };
  const child = spawn(process.execPath, [path.join(root, "build/run.mjs"), path.join(import.meta.dirname, "killed-child.ts"), JSON.stringify(orders)], { stdio: ["ignore", "pipe", "pipe"], env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
  return Object.assign(child, { said: () => said });
}

/** Ends with the child; whether it was killed. The last thing that is asked of a mail server, to close its session, may come after its end. */
export async function kill(ground: Ground, lane: Lane, moment: Moment): Promise<boolean> {
  const child = start(ground, lane, moment);
  let count = 0;
  if (moment.kind === "request") {
    ground.log.hear = ({ over }: ChangingRequest) => {
      count += 1;
      if (count !== moment.at) return;
      if (moment.when === "before") child.kill("SIGKILL");
      else {
        // What has stopped hears no answer.
        child.kill("SIGSTOP");
        const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
        void over.then(() => {
          clearTimeout(late);
          child.kill("SIGKILL");
        });
      }
    };
  }
  await once(child, "close");
  ground.log.hear = null;
  const isKilled = child.signalCode === "SIGKILL";
  if (!isKilled && (moment.kind !== "request" || child.exitCode !== 0)) throw new Error(`${moment.kind} ${moment.at}, ${moment.when}: ended with ${child.exitCode}: ${child.said()}`);
  return isKilled;
}

/** One that comes through, and what it did on the way. */
export async function whole(ground: Ground, lane: Lane): Promise<{ readonly writes: number; readonly requests: number }> {
  let requests = 0;
  ground.log.hear = () => (requests += 1);
  const child = start(ground, lane, { kind: "write", at: 0, when: "after" });
  await once(child, "close");
  ground.log.hear = null;
  const answer = z.object({ state: z.literal("done"), writes: z.number() }).safeParse(child.exitCode === 0 ? JSON.parse(child.said()) : child.said());
  if (!answer.success) throw new Error(`the whole run: ended with ${child.signalCode ?? child.exitCode}: ${child.said()}`);
  return { writes: answer.data.writes, requests };
}
