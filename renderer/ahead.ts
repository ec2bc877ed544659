/**
 * Stands in the page's head and runs before anything else. It lets the frame that stands in the page be drawn first of all; then the
 * console's scripts are loaded, and the host is asked in, which it takes as the sign that it may get busy.
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

/** A script that the page names. */
const load = ({ content }: HTMLMetaElement): Promise<unknown> => import(/* @vite-ignore */ new URL(content, document.baseURI).href);

/** Loads the console, and at the same time what it will ask for. */
function run(): Promise<unknown> {
  return Promise.all([...document.querySelectorAll<HTMLMetaElement>("meta[name=script], meta[name=console]")].map(load));
}

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
    document.querySelector(".unloaded")?.removeAttribute("hidden");
    throw error;
  });
}
