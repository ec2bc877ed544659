/** What is given to support in a case. */
const readme = {
  "readme-title": "Diagnostics of Messaging Console {{version}}",
  "readme-made": "Made {{date}}. What looks like a password, secret or key was taken out, and everything was searched for the secrets that the console could open when it made the file: where one stood, as it is or encoded, there would be no file, and one that is short or a word was blotted out.",
  "readme-without-names": "Names are replaced. The same name has the same stand-in in every file, such as store-1, domain-1.example, server-2.domain-1.example or account-1. What only looks like a name (addresses, identifiers, thumbprints, paths) is replaced as well. Names of the customer that are nowhere configured and look like none may be left in the log: read it before you hand the file on.",
  "readme-with-names": "Names are in it as they are, because that was wanted.",
  "readme-files": "Files:",
} as const;

export const diagnostics = {
  ...readme,
  title: "Diagnostics",
  text: "One zip file for support: versions, settings, what is configured, how the mail servers were, and the console's log. It is searched for every secret that the console can open, and not made where one stands in it. Nothing is sent: you save the file.",
  names: "Include names",
  "names-hint": "Without the tick, names of identity stores, domains, servers, accounts and paths are replaced, such as by server-2.domain-1.example.",
  gather: "List the files…",
  files: "Files in the zip file",
  "with-names": "Names are in them as they are.",
  "without-names": "Names are replaced.",
  sum_one: "{{count}} file, {{size}} before it is compressed",
  sum_other: "{{count}} files, {{size}} before they are compressed",
  save: "Save…",
  stopped: "Gathering was stopped.",
  saved: "The zip file was handed to your downloads.",
  subject: "diagnostics",
  "about-README": "what is in the zip file, for who opens it",
  "about-about": "versions of the console and of what it runs on, this computer's system, where data is kept",
  "about-settings": "the settings of the console",
  "about-stores": "what is configured, and which secrets are stored: whether, not which",
  "about-status-history": "the newest checks of each mail server, as far as this console made them",
  "about-activity": "what happened, by kind and time: the newest 1,000 events",
  "about-log": "the console's log, its newest 4 MiB",
} as const;
