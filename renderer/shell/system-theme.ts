/** The system's choice of light or dark, for who follows it and for who draws before anything else is there. */

/** As a media query. */
export const DARK = "(prefers-color-scheme: dark)";

export function isSystemDark(): boolean {
  return window.matchMedia(DARK).matches;
}
