/** What goes wrong with the file in which identity stores are handed over. It has a passphrase where accounts have a password. */

export const unreadableBundles = {
  "unreadable-not-a-bundle": "The file is no handover file of this console.",
  "unreadable-not-a-bundle-next": "Choose the file that was exported on the page Handover, or with the verb export.",
  "unreadable-sealed-for-others": "The file is sealed for somebody else, not with a passphrase.",
  "unreadable-sealed-for-others-next": "Ask whoever made it for one that is sealed with a passphrase, as the page Handover exports it.",
} as const;

export const wrongPassphrase = {
  "wrong-password-handover": "The passphrase does not open the handover file.",
  "wrong-password-handover-next": "Type the passphrase that was chosen when the file was exported. Capitals, blanks and hyphens count.",
} as const;

export const handoverFaults = {
  "unsupported-bundle-newer": "The handover file was written by a newer version of the console.",
  "unsupported-bundle-newer-next": "Update the console on this computer; the details say which version reads it.",
  "not-found-store-in-file": "The handover file does not hold this identity store.",
  "not-found-store-in-file-next": "Choose another file, or compare the identity store of that name.",
  "not-found-draft": "There is no unsaved work on this identity store.",
  "not-found-draft-next": "Compare what is saved instead.",
  "not-found-bundle": "The opened handover file is not held any more: it is for ten minutes after its last use.",
  "not-found-bundle-next": "Open the file again.",
} as const;
