/** What a container may ask of this machine before it is refused. The file's size limit is in shared/model/certificate.ts. */

/** One derivation. 600,000 is what current tools write; NIST SP 800-132 asks for no more than a user can bear. */
export const ITERATION_LIMIT = 1_000_000;

/**
 * All derivations of one container together: a key, an initialisation vector and a MAC key each count their rounds. Where
 * nothing was typed two passwords are tried, so that it may be done twice.
 */
export const WORK_LIMIT = 6_000_000;

/** Nesting and number of ASN.1 elements; a container with ten certificates has about 300. */
export const ASN1_LIMITS = { maxDepth: 32, maxNodes: 8_000, parseEmbedded: false } as const;

/**
 * Time for one file in the worker, in milliseconds: the last resort behind the limits above, by the clock. A container
 * with 600,000 iterations takes a second, and several on a machine that is busy with other things.
 */
export const READING_TIME_LIMIT_MS = 20_000;

/** Memory of the worker thread. */
export const WORKER_MEMORY = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 } as const;
