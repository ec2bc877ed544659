/** The carry-in probe: a script for where no console reaches, and the file that it brings back. Keys that the script says hold `{0}`, which it fills in. */

const script = {
  about_one: "Carry-in probe of the Messaging Console: asks {{count}} mail server whether it is in service. It reads, and writes one result file.",
  about_other: "Carry-in probe of the Messaging Console: asks {{count}} mail servers whether they are in service. It reads, and writes one result file.",
  made: "Made on {{date}} by version {{version}}.",
  run: "Run it as any account where the servers are reached: powershell -ExecutionPolicy Bypass -File THIS-FILE [-Path RESULT] [-Force]",
  activity: "Asking mail servers",
  asked: "{0}: asked",
  stopped: "{0}: {1}",
  failed: "{0} could not be asked: {1}",
  exists: "{0} is there already. Name another file with -Path, or write over it with -Force.",
  done: "Carry {0} back to the console, and import it on the page Handover or with: probe --import FILE",
} as const;

const exporting = {
  section: "Carry-in probe",
  hint: "A script for a computer that reaches the mail servers of the ticked identity stores where no console does. It reads and changes nothing, holds no secret, and writes one result file, which is imported here under Probe result.",
  save: "Save the probe script",
  file: "Probe {{date}}",
  saved: "The script was handed to your downloads.",
} as const;

const importing = {
  "section-file": "Result of a probe",
  choose: "Choose result…",
  "file-hint": "The file that the probe's script wrote where it ran, at most {{most}}. Drop it on the window or choose it.",
  "section-review": "What the probe says",
  "seal-note": "The digest is right: the file came here undamaged. Who wrote it, a digest does not show.",
  "result-file": "File",
  opened_one: "{{name}}: what the probe says of {{count}} mail server. New in it: {{news}}.",
  opened_other: "{{name}}: what the probe says of {{count}} mail servers. New in it: {{news}}.",
  computer: "Ran on",
  started: "Ran at",
  "started-at": "{{time}} by the clock there, UTC{{offset}}",
  system: "System",
  "system-is": "{{system}}, PowerShell {{version}}",
  modules: "Modules",
  "modules-none": "None that this console knows of",
  module: "{{name}} {{version}}",
  exchange: "Exchange installed there",
  "exchange-none": "None",
  "made-with": "Script made by version",
  servers: "Mail servers in the result",
  "state-news": "{{words}}",
  "state-same": "{{words}}. Is here already.",
  "state-older": "{{words}}. Something newer is here, from {{source}} at {{time}}: this is left.",
  "state-not-looked": "{{words}}. A probe that could look is here, from {{source}} at {{time}}: this is left.",
  "state-unknown-store": "Left: there is no such identity store here.",
  "state-unknown-server": "Left: the identity store lists no such mail server.",
  "state-other-provider": "Left: the identity store has another provider now.",
  "server-of": "{{server}}, {{store}}",
  keep_one: "Keep what is said of {{count}} mail server",
  keep_other: "Keep what is said of {{count}} mail servers",
  "nothing-to-keep": "There is nothing new in it.",
  kept_one: "Kept: what the probe says of {{count}} mail server, with its source and time. This console's own checks go on, and count more once they meet the server.",
  kept_other: "Kept: what the probe says of {{count}} mail servers, with its source and time. This console's own checks go on, and count more once they meet the servers.",
} as const;

const commandLine = {
  written_one: "The probe of {{count}} mail server in {{file}}.",
  written_other: "The probe of {{count}} mail servers in {{file}}.",
  nothing: "Nothing to ask of {{stores}}.",
  "left-out_one": "Left out: {{count}} mail server; one script asks no more than {{most}}. Name fewer identity stores.",
  "left-out_other": "Left out: {{count}} mail servers; one script asks no more than {{most}}. Name fewer identity stores.",
  head: "On {{computer}}, {{time}}. The digest shows damage, and not who wrote the file.",
  line: "{{server}}, {{store}}: {{words}}",
} as const;

export const probe = {
  ...script,
  ...exporting,
  ...importing,
  ...commandLine,
} as const;
