import os from "node:os";
import path from "node:path";
import { holdsData } from "../../store/files.ts";

const product = "Messaging Console";

/** What decides where data goes; replaceable in tests. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

const here: Surroundings = { environment: process.env, platform: process.platform };

/**
 * The data folder every host shares when none is named: below `%LOCALAPPDATA%`, `~/Library/Application Support` or
 * `$XDG_CONFIG_HOME`. A folder of its own there, because others of the product's files lie beside it.
 */
export function defaultDataDirectory(where: Surroundings = here): string {
  return path.join(settingsFolder(where), product, "data");
}

/** Where the first versions kept data on Windows: in the part of the profile that roams. Null elsewhere. */
export function roamingDataDirectory({ environment, platform }: Surroundings = here): string | null {
  if (platform !== "win32") return null;
  return path.join(environment["APPDATA"] ?? path.join(os.homedir(), "AppData", "Roaming"), product, "data");
}

/** The folder that was named, made absolute. Throws with a sentence for people for an empty name, which would mean the working folder. */
export function namedDataDirectory(name: string): string {
  if (name.trim() === "") throw new Error("--data takes a folder; what was given is empty");
  return path.resolve(name);
}

/**
 * The data folder to use where none was named. Data in the roaming profile is moved to the local one first, so this is
 * asked once, before anything is opened. Throws with a sentence for people while another process moves it for long.
 */
export async function settledDataDirectory(host: string, where: Surroundings = here): Promise<string> {
  const [to, from] = [defaultDataDirectory(where), roamingDataDirectory(where)];
  if (from === null || from === to || isEmptyOf(from)) return to;
  // Few starts have anything to move, and none of the others should wait for what moves it.
  const { settleData } = await import("./move-data.ts");
  return settleData({ from, to, host });
}

/** A folder that cannot be looked into may hold data. */
function isEmptyOf(folder: string): boolean {
  try {
    return !holdsData(folder);
  } catch {
    return false;
  }
}

function settingsFolder({ environment, platform }: Surroundings): string {
  if (platform === "win32") return environment["LOCALAPPDATA"] ?? path.join(os.homedir(), "AppData", "Local");
  if (platform === "darwin") return path.join(os.homedir(), "Library", "Application Support");
  const configured = environment["XDG_CONFIG_HOME"];
  return configured !== undefined && path.isAbsolute(configured) ? configured : path.join(os.homedir(), ".config");
}

/** Where the practice organisation's data lives: apart from real configuration, always. */
export function practiceDirectory(dataDirectory: string): string {
  return path.join(dataDirectory, "practice");
}
