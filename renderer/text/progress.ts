/** Long work as a person follows it. */
import type { Progress } from "../../shared/contract/progress.ts";
import { formatCount, formatSize } from "./format.ts";
import { say, sayIfKnown } from "./text.ts";

/** What a listing of servers is at; null before it said anything. */
export function listingProgress(progress: Progress | null): string {
  if (progress?.step === "trying-controller") return say("servers.trying-controller", { host: progress.detail ?? "" });
  const found = progress?.done ?? null;
  return found === null ? say("servers.syncing") : say("servers.syncing-found", { count: found });
}

/** Steps that count bytes. */
const IN_BYTES: readonly string[] = ["transfer", "reading-list", "reading-source", "reading-rows"];

/** What any work is at, in a few words. */
export function workProgress(progress: Progress | null): string {
  const { step = "", detail = null, done = null, total = null } = progress ?? {};
  if (step === "trying-controller") return say("servers.trying-controller", { host: detail ?? "" });
  if (done === null) return sayIfKnown(`running-work.at-${step}`) ?? say("running-work.running");
  if (total === null) return say("servers.syncing-found", { count: done });
  const words = IN_BYTES.includes(step) ? formatSize : formatCount;
  const facts = { done: words(done), total: words(total) };
  return sayIfKnown(`running-work.step-${step}`, facts) ?? say("running-work.progress", facts);
}
