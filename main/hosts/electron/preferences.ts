import Store from "electron-store";
import type { Logger, PreferencesPort } from "../../ports.ts";
import { preferencesName, preferencesPort } from "../shared/preferences.ts";

/** `<data>/preferences.json` through electron-store: the same file and schema as the other hosts. */
export function openElectronPreferences(directory: string, logger: Logger): PreferencesPort {
  const file = new Store({ cwd: directory, name: preferencesName, clearInvalidConfig: true });
  return preferencesPort({ read: () => file.store, writer: () => Promise.resolve((values) => file.set(values)) }, logger);
}
