/** What goes wrong on the way of a file to where it is held. */
export const fileFaults = {
  "not-found-file": "The chosen file is not held any more: files are kept for ten minutes after their last use.",
  "not-found-file-next": "Choose the file again.",
  "not-found-sheet": "The workbook has no sheet of this name.",
  "not-found-sheet-next": "Choose another one. The details list those that it has.",
  "not-found-transfer": "The file did not arrive whole: the connection broke while it was sent.",
  "not-found-transfer-next": "Choose the file again.",
  "unsupported-too-many-transfers": "Too many files are being sent at a time.",
  "unsupported-too-many-transfers-next": "Wait until one of them has arrived, then choose the file again.",
  "unsupported-no-file-picker": "This host has no file picker of its own.",
  "unsupported-no-file-picker-next": "Choose the file in the browser's own dialog.",
} as const;

/** Why a list of names cannot be read. */
export const unreadableLists = {
  "unreadable-not-csv": "Line {{line}} is no CSV: its quotation marks do not go together.",
  "unreadable-not-csv-next": "Export the list again. A list of names may also be a text file with one name a line.",
  "unreadable-no-column": "The list has no such column.",
  "unreadable-no-column-next": "Enter a column as the first line calls it, or nothing for the first. The details list them.",
  "unreadable-no-names": "The list holds no name.",
  "unreadable-no-names-next": "Choose a file with one name a line, or a CSV with a column of names.",
  "unreadable-too-many-names": "The list holds more than {{most}} names.",
  "unreadable-too-many-names-next": "Split it and judge the parts one after the other.",
  "unreadable-name-too-long": "Line {{line}} is longer than {{most}} characters, which no name is.",
  "unreadable-name-too-long-next": "Check that the file is a list with one name a line, or a CSV.",
} as const;
