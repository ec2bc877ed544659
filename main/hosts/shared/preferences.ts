/** Preferences over conf, or over electron-store, which is conf with Electron's folders: same file, same schema. */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { preferencesSchema, type Preferences } from "../../../shared/contract/app.ts";
import { defaultPreferences } from "../../../shared/contract/default-preferences.ts";
import { parseJson } from "../../../shared/json.ts";
import type { Logger, PreferencesPort } from "../../ports.ts";

export const preferencesName = "preferences";

/** A file of preferences, whichever library keeps it. */
export interface PreferencesFile {
  read(): unknown;
  /** What writes it, loaded when it is first needed. */
  writer(): Promise<(values: Preferences) => void>;
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
    async set(change) {
      const write = await file.writer();
      const next = readPreferences({ ...current(), ...change });
      try {
        write(next);
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

/**
 * Opens `<data>/preferences.json`. conf writes it, whole or not at all; it is not loaded for reading, because what it
 * checks schemas with, which the console has no use for, is a good part of what a start would have to load.
 */
export function openPreferences(directory: string, logger: Logger): PreferencesPort {
  const file = path.join(directory, `${preferencesName}.json`);
  return preferencesPort(
    {
      read: () => parseJson(readIfThere(file)),
      writer: async () => {
        const { default: Conf } = await import("conf");
        const opened = new Conf({ cwd: directory, configName: preferencesName, projectName: "messaging-console", clearInvalidConfig: true });
        return (values) => opened.set(values);
      },
    },
    logger,
  );
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
