/** The box of a secret. */
export const secret = {
  "not-set": "Not set",
  set: "Set on {{date}}",
  changed: "Changed (unsaved)",
  unreadable: "Unreadable: enter it again",
  enter: "Set…",
  replace: "Replace…",
  clear: "Clear",
  take: "Use this",
  new: "New value of {{label}}",
  "enter-of": "Set {{label}}",
  "replace-of": "Replace {{label}}",
  "clear-of": "Clear {{label}}",
} as const;
