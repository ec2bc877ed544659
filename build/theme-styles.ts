/** Fluent's themes as a part of the page's style sheet: read with it, instead of being computed and written by a script at every start. */
import { webDarkTheme, webLightTheme, type Theme } from "@fluentui/tokens";
import type { Plugin } from "vite";

/** The system's own font. */
const fontFamilyBase = "'Segoe UI Variable Text', 'Segoe UI', -apple-system, 'Noto Sans', 'Liberation Sans', system-ui, sans-serif";

function rule(selector: string, theme: Partial<Theme>, scheme: string): string {
  const properties = Object.entries(theme).map(([name, value]) => `--${name}:${value};`);
  return `${selector}{color-scheme:${scheme};${properties.join("")}}\n`;
}

/** What the dark theme has another value for. */
function differences(theme: Theme, from: Theme): Partial<Theme> {
  const old = new Map<string, unknown>(Object.entries(from));
  return Object.fromEntries(Object.entries(theme).filter(([name, value]) => old.get(name) !== value));
}

/** Both themes: the light one for every page, the dark one where the root element says so. */
export function themeStyles(): string {
  const light = { ...webLightTheme, fontFamilyBase };
  return rule(":root", light, "light") + rule(':root[data-theme="dark"]', differences({ ...webDarkTheme, fontFamilyBase }, light), "dark");
}

/** Puts them in front of the style sheet that is called `page.css`. */
export const themesInStyleSheet: Plugin = {
  name: "themes-in-style-sheet",
  enforce: "pre",
  transform: (code, id) => (id.endsWith("/renderer/shell/page.css") ? themeStyles() + code : null),
};
