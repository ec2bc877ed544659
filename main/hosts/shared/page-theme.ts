/** The theme a page is drawn in before it has asked for its person's preferences. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseJson } from "../../../shared/json.ts";

export type PageTheme = "light" | "dark";

/**
 * What the preferences in a data folder choose; null where they leave it to the system, and where nothing can be read.
 * Reads that one entry alone: a page is sent before the console, which knows what preferences are, is loaded.
 */
export function pageThemeOf(dataDirectory: string): PageTheme | null {
  try {
    const stored = parseJson(readFileSync(path.join(dataDirectory, "preferences.json"), "utf8"));
    const theme = typeof stored === "object" && stored !== null && "theme" in stored ? stored.theme : null;
    return theme === "light" || theme === "dark" ? theme : null;
  } catch {
    return null;
  }
}

/** The page with the theme on its root element, where `useTheme` and the style sheet look for it. */
export function withTheme(page: string, theme: PageTheme | null): string {
  return theme === null ? page : page.replace("<html ", `<html data-theme="${theme}" `);
}
