/**
 * Runs before the console is read and compiled, while the parser waits for it. It lets the frame that stands in the page be drawn
 * first of all; then the console's script runs, and the host is asked in, which it takes as the sign that it may get busy.
 */
import { enterAhead } from "./host/admission.ts";
import { isElectron } from "./host/connection.ts";
import { isSystemDark } from "./shell/system-theme.ts";
import { routeOf } from "./stores/routes.ts";

/** A page that nobody looks at draws nothing. */
const DRAWN_WITHIN_MS = 150;

/** Resolves when the first frame has gone to the screen. */
function firstFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, DRAWN_WITHIN_MS);
    // Before a frame is drawn the callback runs, and after it the timer.
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

const page = document.documentElement.dataset;
// The page's policy lets nothing name a script but the page itself.
const run = () => import(/* @vite-ignore */ document.querySelector<HTMLLinkElement>("link[data-console]")?.href ?? "");

page["theme"] ??= isSystemDark() ? "dark" : "light";
if (isElectron()) {
  // It hands a port over instead, and shows the window when the console has been drawn.
  page["elsewhere"] = "";
  addEventListener("DOMContentLoaded", () => void run());
} else {
  const drawn = firstFrame();
  enterAhead(drawn);
  if (routeOf(window.location.hash).page !== "stores") page["elsewhere"] = "";
  void drawn.then(run).catch((error: unknown) => {
    // Without the console's script the frame promises what will not come.
    page["elsewhere"] = "";
    throw error;
  });
}
