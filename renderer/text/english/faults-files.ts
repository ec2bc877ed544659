/** What goes wrong on the way of a file to where it is held. */
export const fileFaults = {
  "not-found-file": "The chosen file is not held any more: files are kept for ten minutes after their last use.",
  "not-found-file-next": "Choose the file again.",
  "not-found-transfer": "The file did not arrive whole: the connection broke while it was sent.",
  "not-found-transfer-next": "Choose the file again.",
  "unsupported-too-many-transfers": "Too many files are being sent at a time.",
  "unsupported-too-many-transfers-next": "Wait until one of them has arrived, then choose the file again.",
  "unsupported-no-file-picker": "This host has no file picker of its own.",
  "unsupported-no-file-picker-next": "Choose the file in the browser's own dialog.",
} as const;
