/** Preferences, of which an administrator decides some. */
import type { Preferences } from "../../shared/contract/app.ts";
import type { Managed } from "../../shared/model/policy.ts";
import { managedValues } from "../../shared/rules/policies.ts";
import type { PreferencesPort } from "../ports.ts";

/** What is decided of the preferences. `nowhere` is an address that is none: every way to a cloud is refused. */
function decidedPreferences(managed: Managed): Partial<Preferences> {
  const { Theme, CheckInterval, Proxy } = managedValues(managed);
  const isWord = Proxy === "none" || Proxy === "environment";
  return {
    ...(Theme === undefined ? {} : { theme: Theme }),
    ...(CheckInterval === undefined ? {} : { checkIntervalSeconds: CheckInterval }),
    ...(Proxy === undefined ? {} : isWord ? { proxy: Proxy, proxyAddress: "" } : { proxy: "address", proxyAddress: Proxy === "nowhere" ? "" : Proxy }),
  };
}

/** The same preferences with what is managed in place of what was saved, which stays saved for the day when it is managed no more. */
export function managedPreferences(port: PreferencesPort, managed: Managed): PreferencesPort {
  const decided = decidedPreferences(managed);
  const names = new Set(Object.keys(decided));
  const withDecided = (preferences: Preferences): Preferences => ({ ...preferences, ...decided });
  return {
    get: () => withDecided(port.get()),
    set: async (change) => withDecided(await port.set(Object.fromEntries(Object.entries(change).filter(([name]) => !names.has(name))))),
  };
}
