/** Light, dark or the system's choice. The colours are in the style sheet, which the build writes from Fluent's themes. */
import { useLayoutEffect, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { preferences } from "../stores/preferences.ts";

const DARK = "(prefers-color-scheme: dark)";

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(DARK);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

/** Puts the theme into force, following the system while that is the preference. */
export function useTheme(): void {
  const preference = useStore(preferences, (state) => state.theme);
  const systemDark = useSyncExternalStore(subscribe, () => window.matchMedia(DARK).matches);
  const dark = preference === "dark" || (preference === "system" && systemDark);
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  }, [dark]);
}
