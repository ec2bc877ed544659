/** Actions that are safe to press twice. */
import { useCallback, useEffect, useRef } from "react";

/** An action that runs once at a time, however often it is pressed meanwhile. The function keeps its identity. */
export function useDeed<Args extends readonly unknown[]>(deed: (...args: Args) => Promise<unknown>): (...args: Args) => Promise<void> {
  const latest = useRef(deed);
  const running = useRef(false);
  useEffect(() => {
    latest.current = deed;
  });
  return useCallback(async (...args: Args) => {
    if (running.current) return;
    running.current = true;
    try {
      await latest.current(...args);
    } finally {
      running.current = false;
    }
  }, []);
}
