/** Keys of the whole window, such as `F5` and `Control+S`. The screen that was opened last answers first. */
import { useEffect, useRef } from "react";

type Handler = () => void;

const handlers = new Map<string, Handler[]>();

/** `F5`, `Control+S`, `Alt+Shift+ArrowUp`: modifiers in this order, single letters in upper case. */
export function nameOfKey(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return [(event.ctrlKey || event.metaKey) && "Control", event.altKey && "Alt", event.shiftKey && "Shift", key].filter((part) => part !== false).join("+");
}

/** Runs the newest handler of a key. Answers whether there was one. */
export function runShortcut(name: string): boolean {
  const handler = handlers.get(name)?.at(-1);
  handler?.();
  return handler !== undefined;
}

/** Answers a key for as long as the component stands; null while it has nothing to do. */
export function useShortcut(name: string, handler: Handler | null): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  const active = handler !== null;
  useEffect(() => {
    if (!active) return undefined;
    const run = () => latest.current?.();
    handlers.set(name, [...(handlers.get(name) ?? []), run]);
    return () => {
      handlers.set(name, (handlers.get(name) ?? []).filter((other) => other !== run));
    };
  }, [name, active]);
}
