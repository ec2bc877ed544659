/** Preferences of this person on this machine. */
import { createStore } from "zustand/vanilla";
import type { Preferences } from "../../shared/contract/app.ts";
import { defaultPreferences } from "../../shared/contract/default-preferences.ts";
import type { Fault } from "../../shared/fault.ts";
import { ask } from "../host/ask.ts";
import { client } from "../host/client.ts";
import { whenOpen } from "../host/connection.ts";

/** What the page was sent with, until main is asked. */
function themeOfPage(): Preferences["theme"] {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

export const preferences = createStore<Preferences>(() => ({ ...defaultPreferences, theme: themeOfPage() }));

export async function loadPreferences(): Promise<void> {
  preferences.setState(await client().app.preferences.get());
}

/** Shows the change at once and takes it back when it could not be stored. Answers the fault, or null. */
export async function changePreferences(change: Partial<Preferences>): Promise<Fault | null> {
  const before = preferences.getState();
  preferences.setState(change);
  const result = await ask(() => client().app.preferences.set(change));
  preferences.setState(result.ok ? result.value : before);
  if (!result.ok && result.fault.kind === "no-connection" && result.fault.outcome === "unknown") void whenOpen().then(loadPreferences).catch(() => undefined);
  return result.ok ? null : result.fault;
}
