/** What the drawer calls the failures of a practice server's remote PowerShell. `wrong-password` is a failure of the directory as well and has its words there; `throttled` and `role-missing` are failures of the clouds as well. */
export const practiceRemoting = {
  "verb-refuses-sessions": "Refuse sessions",
  "verb-session-limit": "Sessions used up",
  "verb-fails-before": "Fail before the change",
  "verb-fails-after": "Fail after the change",
  "verb-hangs": "Hang in a command",
  "verb-already-enabled": "Already mail-enabled",
  "verb-address-taken": "Address taken",
  "verb-not-seen": "Object not seen",
  "state-refuses-sessions": "refusing sessions",
  "state-session-limit": "sessions used up",
  "state-fails-before": "failing before the change",
  "state-fails-after": "failing after the change",
  "state-hangs": "hanging in commands",
  "state-already-enabled": "already mail-enabled",
  "state-address-taken": "address taken",
  "state-not-seen": "objects not seen",
} as const;
