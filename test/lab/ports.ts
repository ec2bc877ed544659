/** What a host supplies, as tests supply it. */
import { systemClock } from "../../main/hosts/shared/clock.ts";
import { mailWords } from "../../main/hosts/shared/mail-words.ts";
import type { NameResolver, Ports, PreferencesPort } from "../../main/ports.ts";
import type { Preferences } from "../../shared/contract/app.ts";
import { defaultPreferences } from "../../shared/contract/default-preferences.ts";
import { fail, succeed } from "../../shared/fault.ts";
import { keyWrappingWith, platformKey } from "./key-wrapping.ts";
import { silentLogger } from "./loggers.ts";

/** Knows no name. */
export const namelessResolver: NameResolver = {
  service: () => Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "no-records" })),
  connectTo: () => Promise.resolve(fail({ kind: "unreachable", rung: "dns", reason: "name-not-found" })),
  authorities: [],
};

/** The default preferences with some set otherwise, kept in memory. */
export function preferencesWith(change: Partial<Preferences> = {}): PreferencesPort {
  let preferences: Preferences = { ...defaultPreferences, ...change };
  return { get: () => preferences, set: (next) => Promise.resolve((preferences = { ...preferences, ...next })) };
}

/** A host on a data folder, with a network on which no name is known; `changes` makes it another one. */
export function portsWith(dataDirectory: string, changes: Partial<Ports> = {}): Ports {
  return {
    host: "loopback",
    version: "0.0.0",
    dataDirectory,
    network: { interfaces: () => ["lan"] },
    user: "anna",
    clock: systemClock,
    resolver: namelessResolver,
    proxy: () => succeed(null),
    logger: silentLogger,
    readLog: () => Promise.resolve([]),
    keyWrapping: keyWrappingWith(platformKey),
    preferences: preferencesWith(),
    managed: { policies: [], unknown: [] },
    filePicker: null,
    mailWords,
    powershell: null,
    remoting: null,
    openPractice: null,
    practice: null,
    ...changes,
  };
}
