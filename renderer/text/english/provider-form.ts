/** What a provider's form says besides the provider's own words. */
export const providerForm = {
  "secret-missing": "Enter the {{label}}.",
  "file-missing": "Choose a file.",
  "servers-refused": "The list of servers is not valid. Choose Sync Again.",
  "differs-error": "{{text}} works in .NET only; it cannot be tried here.",
  "differs-meaning": "{{text}} may mean something else in .NET than here.",
} as const;
