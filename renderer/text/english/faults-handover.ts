/** What goes wrong with the file in which identity stores are handed over. It has a passphrase where accounts have a password. */

export const unreadableBundles = {
  "unreadable-not-a-bundle": "The file is no handover file of this console.",
  "unreadable-not-a-bundle-next": "Choose the file that was exported on the page Handover, or with the verb export.",
  "unreadable-sealed-for-others": "The file is sealed for somebody else, not with a passphrase.",
  "unreadable-sealed-for-others-next": "Ask whoever made it for one that is sealed with a passphrase, as the page Handover exports it.",
  "unreadable-not-a-probe-result": "The file is no result of a carry-in probe.",
  "unreadable-not-a-probe-result-next": "Choose the file that the probe's script wrote where it ran.",
} as const;

export const wrongPassphrase = {
  "wrong-password-handover": "The passphrase does not open the handover file.",
  "wrong-password-handover-next": "Type the passphrase that was chosen when the file was exported. Capitals, blanks and hyphens count.",
} as const;

export const handoverFaults = {
  "unsupported-bundle-newer": "The handover file was written by a newer version of the console.",
  "unsupported-bundle-newer-next": "Update the console on this computer; the details say which version reads it.",
  "unsupported-nothing-to-probe": "There is nothing for a probe to ask: no mail server is listed that a script could ask.",
  "unsupported-nothing-to-probe-next": "Choose an identity store whose provider has mail servers, and list them first with Sync Again.",
  "unsupported-probe-newer": "The result was written by the script of a newer version of the console.",
  "unsupported-probe-newer-next": "Update the console on this computer, or run a script that this version makes; the details say which version reads it.",
  "unsupported-probe-from-the-future": "The result was made at a time that has not come yet: the clock there, or the one of this computer, is wrong.",
  "unsupported-probe-from-the-future-next": "Set the clock right, and run the script again. The details say where it ran, and when by the clock there.",
  "not-found-store-in-file": "The handover file does not hold this identity store.",
  "not-found-store-in-file-next": "Choose another file, or compare the identity store of that name.",
  "not-found-draft": "There is no unsaved work on this identity store.",
  "not-found-draft-next": "Compare what is saved instead.",
  "not-found-probe-result": "No result of a carry-in probe was imported for this identity store.",
  "not-found-probe-result-next": "Run a probe's script where the mail servers are reached, and import its result: on the page Handover, or with probe --import FILE.",
  "not-found-sighting": "What the servers say is not what this comparison showed any more: they were looked at again.",
  "not-found-sighting-next": "Compare again, and take over what you see then.",
  "not-found-bundle": "The opened handover file is not held any more: it is for ten minutes after its last use.",
  "not-found-bundle-next": "Open the file again.",
} as const;
