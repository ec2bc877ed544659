import "./validation.ts";
import { createRoot } from "./react-root.ts";
import { isElectron } from "./host/connection.ts";
import { App } from "./shell/app.tsx";
import { begin } from "./shell/begin.ts";
import { crashKey } from "./ui/crash.ts";
import { PartMissing } from "./ui/later.ts";

/** Electron shows the window with its first content, and main stands sooner: then the whole console is the first thing that is drawn. */
const FRAME_AFTER_MS = isElectron() ? 100 : 0;

const element = document.getElementById("root");
if (element === null) throw new Error("The page has no root element");
/** A bug that a part of the window was held for goes the way of those that nobody caught, once however often it is tried again. */
const known = new Set<string>();
const caught = (error: unknown) => {
  if (error instanceof PartMissing || known.has(crashKey(error))) return;
  known.add(crashKey(error));
  reportError(error);
};
const root = createRoot(element, { onCaughtError: caught });
const frame = setTimeout(() => root.render(<App state="opening" />), FRAME_AFTER_MS);
void begin().then((state) => {
  clearTimeout(frame);
  root.render(<App state={state} />);
});
