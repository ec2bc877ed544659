/** What the command line says besides the pages' sentences. */
export const commandLine = {
  "usage-next": "How it is used: {{command}}",
  "bug-next": "Try again. If it stays, report it with the details below; the log in the data folder may hold more.",
} as const;
