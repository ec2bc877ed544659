/** How much is read of what, in bytes where nothing else is said. Apart from the schemas, which the page does without. */
import type { FilePurpose } from "../contract/files.ts";

export const CERTIFICATE_FILE_LIMIT = 1024 * 1024;

/** The largest list of names, and the most names in one. */
export const ALIAS_LIST_LIMIT = 32 * 1024 * 1024;
export const ALIAS_LIST_NAMES = 500_000;
/** Longest name of a list, in UTF-16 units. */
export const ALIAS_LIST_NAME = 4096;
/** The most rows of a judged list that are asked for at once. */
export const ALIAS_LIST_PAGE = 1000;

/** The largest file of mail objects, and the most objects in one. */
export const MAIL_OBJECTS_LIMIT = 8 * 1024 * 1024;
export const MAIL_OBJECTS_MOST = 10_000;

/** The largest handover bundle. */
export const BUNDLE_LIMIT = 32 * 1024 * 1024;

/** The largest result of a carry-in probe: a server's is some ten thousand bytes. */
export const PROBE_LIMIT = 16 * 1024 * 1024;

/** The largest file that is the source of a job, what a workbook of one may hold unpacked, and the most of its rows, columns and cells. */
export const JOB_SOURCE_LIMIT = 64 * 1024 * 1024;
export const JOB_WORKBOOK_UNPACKED = 256 * 1024 * 1024;
export const JOB_SOURCE_ROWS = 1_000_000;
export const JOB_SOURCE_COLUMNS = 1000;
/** A file of separators alone would else be a thousand times its size in memory. */
export const JOB_SOURCE_CELLS = 20_000_000;

/** The largest file of each purpose. */
export const FILE_LIMITS: Readonly<Record<FilePurpose, number>> = {
  certificate: CERTIFICATE_FILE_LIMIT,
  authority: CERTIFICATE_FILE_LIMIT,
  aliases: ALIAS_LIST_LIMIT,
  "mail-objects": MAIL_OBJECTS_LIMIT,
  handover: BUNDLE_LIMIT,
  probe: PROBE_LIMIT,
};

/** The most bytes in one part of a file: a part is one message, and nobody waits long for a message. */
export const FILE_PART = 256 * 1024;
