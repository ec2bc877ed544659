import "./validation.ts";
import { createRoot } from "react-dom/client";
import { App } from "./shell/app.tsx";
import { begin } from "./shell/begin.ts";
import { crashKey } from "./ui/crash.ts";
import { PartMissing } from "./ui/later.ts";

/** A connection on this machine stands sooner: then the console is the first thing that is drawn. */
const CONNECTING_AFTER_MS = 100;

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
const connecting = setTimeout(() => root.render(<App state="connecting" />), CONNECTING_AFTER_MS);
void begin().then((state) => {
  clearTimeout(connecting);
  root.render(<App state={state} />);
});
