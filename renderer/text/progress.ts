/** Long work as a person follows it. */
import type { Progress } from "../../shared/contract/progress.ts";
import { formatCount } from "./format.ts";
import { say } from "./text.ts";

/** What a listing of servers is at; null before it said anything. */
export function listingProgress(progress: Progress | null): string {
  if (progress?.step === "trying-controller") return say("servers.trying-controller", { host: progress.detail ?? "" });
  const found = progress?.done ?? null;
  return found === null ? say("servers.syncing") : say("servers.syncing-found", { count: found });
}

/** What any work is at, in a few words. */
export function workProgress(progress: Progress | null): string {
  const { step = null, detail = null, done = null, total = null } = progress ?? {};
  if (step === "trying-controller") return say("servers.trying-controller", { host: detail ?? "" });
  if (done === null) return say("running-work.running");
  return total === null ? say("servers.syncing-found", { count: done }) : say("running-work.progress", { done: formatCount(done), total: formatCount(total) });
}
