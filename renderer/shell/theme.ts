/** Light, dark or the system's choice. The colours are in the style sheet, which the build writes from Fluent's themes. */
import { useLayoutEffect, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { preferences } from "../stores/preferences.ts";
import { DARK, isSystemDark } from "./system-theme.ts";

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(DARK);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

/** Puts the theme into force, following the system while that is the preference. */
export function useTheme(): void {
  const preference = useStore(preferences, (state) => state.theme);
  // The build draws the frame in no colours of its own.
  const systemDark = useSyncExternalStore(subscribe, isSystemDark, () => false);
  const dark = preference === "dark" || (preference === "system" && systemDark);
  useLayoutEffect(() => {
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  }, [dark]);
}
