/** What a passphrase of a handover bundle has to be. */

/** Fewer characters than these are guessed. */
export const PASSPHRASE_LEAST = 12;
