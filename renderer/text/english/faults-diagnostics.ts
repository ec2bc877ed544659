/** What keeps a diagnostics file from being made. */
export const diagnosticsFaults = {
  "unsupported-diagnostics-secret": "A stored secret stands in what was gathered, so no file was made.",
  "unsupported-diagnostics-secret-next": "The details name the place. Change that secret where it is used, enter the new one here, and tell support that it was in the log.",
} as const;
