import type { Preferences } from "./app.ts";

/** What applies until the person says otherwise. At 10 s a server that refuses shows as Offline within 15 s. */
export const defaultPreferences: Preferences = { theme: "system", checkIntervalSeconds: 10, proxy: "environment", proxyAddress: "", columnWidths: {}, mailColumns: {} };
