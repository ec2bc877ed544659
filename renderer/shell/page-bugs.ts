/** What nobody caught in the page goes to main's log, where a person's report can be looked up. */
import type { PageBug } from "../../shared/contract/app.ts";
import type { ConsoleClient } from "../host/client.ts";
import { placesOf } from "../ui/crash.ts";

/** More than this many bugs say nothing new, and would turn older lines out of the log. */
const LIMIT = 20;

/** Name and places of an error. The message stays here: it may hold what a person typed. */
function describe(met: PageBug["met"], error: unknown): PageBug {
  if (!(error instanceof Error)) return { met, name: typeof error, stack: "" };
  return { met, name: error.name.slice(0, 100), stack: placesOf(error).join("\n").slice(0, 8_000) };
}

/** Follows the page from its start; what is met before the connection stands is told once it does. The returned function stops. */
export function watchForBugs(connected: Promise<Pick<ConsoleClient, "app">>): () => void {
  const told = new Set<string>();
  const tell = (bug: PageBug) => {
    const same = JSON.stringify(bug);
    if (told.has(same) || told.size >= LIMIT) return;
    told.add(same);
    // Without a connection there is nobody to tell, and another rejection would be another bug.
    void connected.then(({ app }) => app.reportBug(bug)).catch(() => undefined);
  };
  // Notices of the browser's own, such as a ResizeObserver's, come without an error.
  const onError = ({ error }: ErrorEvent) => error instanceof Error && tell(describe("error", error));
  const onRejection = ({ reason }: PromiseRejectionEvent) => tell(describe("rejection", reason));
  window.addEventListener("error", onError);
  window.addEventListener("unhandledrejection", onRejection);
  return () => {
    window.removeEventListener("error", onError);
    window.removeEventListener("unhandledrejection", onRejection);
  };
}
