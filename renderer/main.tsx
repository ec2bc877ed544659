import "./validation.ts";
import { createRoot } from "react-dom/client";
import { App } from "./shell/app.tsx";
import { begin } from "./shell/begin.ts";

/** A connection on this machine stands sooner: then the console is the first thing that is drawn. */
const CONNECTING_AFTER_MS = 100;

const element = document.getElementById("root");
if (element === null) throw new Error("The page has no root element");
const root = createRoot(element);
const connecting = setTimeout(() => root.render(<App state="connecting" />), CONNECTING_AFTER_MS);
void begin().then((state) => {
  clearTimeout(connecting);
  root.render(<App state={state} />);
});
