/** How the verbs end that are about the console itself: its team and its settings. */
import type { VerbCase } from "./verb-case.ts";

export const consoleCases: readonly VerbCase[] = [
  ["members: no team", () => ["members"], 1],
  ["members approve: no team", () => ["members", "approve", "7f3c", "ABCDE-FGHIJ"], 1],
  ["members remove: no team", () => ["members", "remove", "7f3c", "--yes"], 1],
  ["settings: done", () => ["settings"], 0],
  ["settings set: done", () => ["settings", "set", "check-interval", "30"], 0],
  ["settings set: a setting that there is not", () => ["settings", "set", "colour", "blue"], 2],
  ["settings set: a value that is none", () => ["settings", "set", "check-interval", "often"], 2],
  ["settings set: an address with a password in it", () => ["settings", "set", "proxy", "http://eva:secret@proxy:8080"], 7],
];
