/** What the hosts say outside the page: on the terminal, in the platform's own dialogs. */
import type { FilePurpose } from "../../../shared/contract/files.ts";

const pickers = {
  "pick-certificate": "Choose a certificate file",
  "pick-certificate-filter": "Certificate files (PFX, P12)",
  "pick-authority": "Choose a certificate authority file",
  "pick-authority-filter": "Certificates (PEM, CER, CRT)",
  "pick-aliases": "Choose a list of aliases",
  "pick-aliases-filter": "Text files",
  "pick-mail-objects": "Choose a file of mail objects",
  "pick-mail-objects-filter": "CSV files",
  "pick-handover": "Choose a handover file",
  "pick-handover-filter": "Handover files (age, JSON)",
  "pick-probe": "Choose the result of a carry-in probe",
  "pick-probe-filter": "Results of probes (JSON)",
} as const satisfies Record<`pick-${FilePurpose}` | `pick-${FilePurpose}-filter`, string>;

export const hosts = {
  ...pickers,
  "pick-any": "All files",
  window: "Messaging Console",
  "window-practice": "Messaging Console (practice)",
  "close-title": "Close the console?",
  "close-text": "Work is running, or something was not saved. Work that runs is cancelled; a draft stays, other entries are lost.",
  "close-stay": "Stay",
  "close-confirm": "Close",
  address: "Messaging Console: {{url}}",
  "address-without-electron": "No Electron runtime here, so the console runs in the browser: {{url}}",
  "another-address": "Each address opens the console once. Press Enter for another one; Ctrl+C ends the console.",
  "not-started": "The console could not be started: {{reason}}",
  "not-opened": "Messaging Console cannot open its data",
} as const;
