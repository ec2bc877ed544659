/** How the verb that shows and changes settings ends. */
import type { VerbCase } from "./verb-case.ts";

export const settingsCases: readonly VerbCase[] = [
  ["settings: done", () => ["settings"], 0],
  ["settings set: done", () => ["settings", "set", "check-interval", "30"], 0],
  ["settings set: a setting that there is not", () => ["settings", "set", "colour", "blue"], 2],
  ["settings set: a value that is none", () => ["settings", "set", "check-interval", "often"], 2],
  ["settings set: an address with a password in it", () => ["settings", "set", "proxy", "http://eva:secret@proxy:8080"], 7],
];
