/** Long work as a person follows it. */
import type { Progress } from "../../shared/contract/progress.ts";
import { say } from "./text.ts";

/** What a listing of servers is at; null before it said anything. */
export function listingProgress(progress: Progress | null): string {
  if (progress?.step === "trying-controller") return say("servers.trying-controller", { host: progress.detail ?? "" });
  const found = progress?.done ?? null;
  return found === null ? say("servers.syncing") : say("servers.syncing-found", { count: found });
}
