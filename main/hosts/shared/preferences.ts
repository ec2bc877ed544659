/** Preferences over conf, or over electron-store, which is conf with Electron's folders: same file, same schema. */
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import Conf from "conf";
import { defaultPreferences, preferencesSchema, type Preferences } from "../../../shared/contract/app.ts";
import type { Logger, PreferencesPort } from "../../ports.ts";

export const preferencesName = "preferences";

/** A file of preferences, whichever library keeps it. */
export interface PreferencesFile {
  read(): unknown;
  write(values: Preferences): void;
}

/** Preferences that are not valid, one by one, fall back to their defaults; a file that cannot be read counts as empty. */
export function readPreferences(stored: unknown): Preferences {
  const given = new Map<string, unknown>(typeof stored === "object" && stored !== null ? Object.entries(stored) : []);
  const valid: Record<string, unknown> = { ...defaultPreferences };
  for (const [name, schema] of Object.entries(preferencesSchema.shape)) {
    const decoded = schema.safeParse(given.get(name));
    if (decoded.success) valid[name] = decoded.data;
  }
  return preferencesSchema.parse(valid);
}

/** The port over an opened file. A write that fails is logged; the change then holds until the process ends. */
export function preferencesPort(file: PreferencesFile, logger: Logger): PreferencesPort {
  let unsaved: Partial<Preferences> = {};
  const current = () => {
    try {
      return { ...readPreferences(file.read()), ...unsaved };
    } catch (error) {
      logger.warn("preferences could not be read", { error });
      return { ...defaultPreferences, ...unsaved };
    }
  };
  return {
    get: current,
    set(change) {
      const next = readPreferences({ ...current(), ...change });
      try {
        file.write(next);
        unsaved = {};
      } catch (error) {
        logger.warn("preferences could not be saved", { error });
        unsaved = next;
      }
      return next;
    },
  };
}

/** A killed write leaves `preferences.json.tmp-…` behind. Only files older than a minute go: another host may be writing. */
export function removeLeftovers(directory: string, now: number, ageOf: (file: string) => number): void {
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(`${preferencesName}.json.tmp-`)) continue;
    const file = path.join(directory, name);
    try {
      if (now - ageOf(file) > 60_000) rmSync(file, { force: true });
    } catch {
      // The other host finished its write and took the file away.
    }
  }
}

/** Opens `<data>/preferences.json`. */
export function openPreferences(directory: string, logger: Logger): PreferencesPort {
  const file = new Conf({ cwd: directory, configName: preferencesName, projectName: "messaging-console", clearInvalidConfig: true });
  return preferencesPort({ read: () => file.store, write: (values) => file.set(values) }, logger);
}
