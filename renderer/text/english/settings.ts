/** The Settings page of the console itself. */
import type { KeyProtection } from "../../../shared/contract/app.ts";

const protection = {
  "protection-safe-storage": "Secrets are sealed with a key that the operating system keeps for your account on this computer.",
  "protection-dpapi": "Secrets are sealed with a key that Windows protects (DPAPI) for your account on this computer.",
  "protection-key-file":
    "Secrets are sealed with a key that lies in a file beside the data. This system offers no better place: whoever can read the data folder can read the secrets. Keep the folder's permissions tight.",
  "protection-none":
    "The system protects no key at the moment, so no new secret can be stored. The console tries again by itself; it never falls back to less protection than before.",
} as const satisfies Record<`protection-${KeyProtection | "none"}`, string>;

export const settings = {
  ...protection,
  title: "Settings",
  intro: "For you on this computer. Changes take effect at once.",
  appearance: "Appearance",
  theme: "Theme",
  "theme-system": "Same as the system",
  "theme-light": "Light",
  "theme-dark": "Dark",
  checks: "Checks",
  interval: "Check each server every",
  "interval-unit": "seconds",
  "interval-hint": "From 5 seconds to 3600 seconds (1 hour). A server that fails is checked more often.",
  "interval-problem": "Enter a whole number from 5 to 3600.",
  clouds: "Way to the clouds",
  proxy: "Web proxy",
  "proxy-hint": "For Office 365 and Google Workspace only: directory and mail servers are always reached directly.",
  "proxy-none": "None: connect directly",
  "proxy-environment": "As the environment says (HTTPS_PROXY, NO_PROXY)",
  "proxy-address": "This proxy",
  "proxy-nowhere": "Nowhere: no cloud is reached",
  "proxy-address-label": "Address of the proxy",
  "proxy-address-hint": "Without user name and password: a proxy that asks for them is set in HTTPS_PROXY. TLS to the cloud is verified from end to end.",
  data: "Your data",
  "works-on": "The console works on",
  "data-open": "Data",
  "data-asking_one": "1 console asks to be let in.",
  "data-asking_other": "{{count}} consoles ask to be let in.",
  "data-directory": "Data folder",
  "key-protection": "Protection of secrets",
  user: "Changes are recorded as",
  about: "About",
  version: "Version",
  host: "Runs as",
  "host-electron": "Desktop app",
  "host-loopback": "Page on this computer (loopback)",
} as const;
