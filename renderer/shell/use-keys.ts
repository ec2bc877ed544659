/** Keys that work on every page. */
import { useEffect } from "react";
import { nameOfKey, runShortcut } from "../ui/use-shortcut.ts";
import { cyclePanes } from "./panes.ts";

/** Keys that the browser must never answer itself here: a reload would end the session on the loopback host. */
const OURS: readonly string[] = ["F1", "F5", "F6", "Shift+F6", "Control+S"];

function isDialogOpen(): boolean {
  return document.querySelector("[role='dialog'][aria-modal='true'], [role='alertdialog']") !== null;
}

export function useKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = nameOfKey(event);
      if (OURS.includes(name)) event.preventDefault();
      if (event.defaultPrevented && !OURS.includes(name)) return;
      if (isDialogOpen()) return;
      if (name === "F6" || name === "Shift+F6") cyclePanes(event.shiftKey);
      else if (runShortcut(name)) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
