/** Light, dark or the system's choice, in the system's own font. */
import { webDarkTheme, webLightTheme, type Theme } from "@fluentui/react-components";
import { useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { preferences } from "../stores/preferences.ts";

const fontFamilyBase = "'Segoe UI Variable Text', 'Segoe UI', -apple-system, 'Noto Sans', 'Liberation Sans', system-ui, sans-serif";
const light: Theme = { ...webLightTheme, fontFamilyBase };
const dark: Theme = { ...webDarkTheme, fontFamilyBase };

const DARK = "(prefers-color-scheme: dark)";

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(DARK);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

/** The theme in force, following the system while that is the preference. */
export function useTheme(): Theme {
  const preference = useStore(preferences, (state) => state.theme);
  const systemDark = useSyncExternalStore(subscribe, () => window.matchMedia(DARK).matches);
  return preference === "dark" || (preference === "system" && systemDark) ? dark : light;
}
