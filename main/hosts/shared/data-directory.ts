import os from "node:os";
import path from "node:path";

const product = "Messaging Console";

/**
 * The data folder every host shares when none is named: below `%APPDATA%`, `~/Library/Application Support` or
 * `$XDG_CONFIG_HOME`. A folder of its own there, because Electron keeps the browser's files beside it.
 */
export function defaultDataDirectory(environment: Readonly<Record<string, string | undefined>> = process.env, platform = process.platform): string {
  return path.join(settingsFolder(environment, platform), product, "data");
}

/** The folder that was named, made absolute. Throws with a sentence for people for an empty name, which would mean the working folder. */
export function namedDataDirectory(name: string): string {
  if (name.trim() === "") throw new Error("--data takes a folder; what was given is empty");
  return path.resolve(name);
}

function settingsFolder(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  if (platform === "win32") return environment["APPDATA"] ?? path.join(os.homedir(), "AppData", "Roaming");
  if (platform === "darwin") return path.join(os.homedir(), "Library", "Application Support");
  const configured = environment["XDG_CONFIG_HOME"];
  return configured !== undefined && path.isAbsolute(configured) ? configured : path.join(os.homedir(), ".config");
}

/** Where the practice organisation's data lives: apart from real configuration, always. */
export function practiceDirectory(dataDirectory: string): string {
  return path.join(dataDirectory, "practice");
}
