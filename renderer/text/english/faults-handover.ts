/** What goes wrong with the file in which identity stores are handed over. It has a passphrase where accounts have a password. */

export const unreadableBundles = {
  "unreadable-not-a-bundle": "The file is no handover file of this console.",
  "unreadable-not-a-bundle-next": "Choose the file that was exported on the page Handover, or with the verb export.",
  "unreadable-sealed-for-others": "The file is sealed in a way that no console opens: for an SSH key, a post-quantum key or a plug-in of age.",
  "unreadable-sealed-for-others-next": "Ask whoever made it for one that is sealed with a passphrase, or to the public key of this console, which the page Handover shows.",
  "unreadable-sealed-to-another-key": "The file is sealed to the key of another console, not to the one that this console has now.",
  "unreadable-sealed-to-another-key-next": "Ask for it to be exported again: to the public key that the page Handover, or the verb key, shows here, or with a passphrase.",
  "unreadable-too-many-recipients": "The file is sealed to more than {{most}} keys.",
  "unreadable-too-many-recipients-next": "Ask whoever made it for one that is sealed to the public key of this console, or with a passphrase.",
  "unreadable-own-key-unreadable": "The key of this console cannot be opened: what protects it on this computer does not do so here and now.",
  "unreadable-own-key-unreadable-next": "Use the app or the command that it was made with, or sign out of the system and in again. Otherwise make a new key, and ask for files to be exported to it again.",
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
