/**
 * Handover bundles under a passphrase, in the age format (https://age-encryption.org, C2SP age specification), so that the
 * age tool can open and make them too. In a worker: scrypt is slow on purpose, and a file may come from anybody.
 */
import { fail, type Result } from "../../shared/result.ts";
import { WorkerLine, workerUrl } from "../workers.ts";
import type { SealingQuestion } from "./age-file.ts";
import { ageForm } from "./age-header.ts";

/**
 * Passphrases are taken as they are, as UTF-8: nothing is trimmed or normalised, since the age tool does neither. They are in
 * no fault and no error. Fails with `cancelled`; with `unreadable: too-large` (`most` in bytes) for more than 64 MiB; with
 * `unreadable: timed-out` where it takes too long or the machine has not got the memory.
 */
export interface Sealing {
  /**
   * Seals bytes so that the passphrase opens them: a binary age file with one scrypt recipient (work factor 2^18, as the age
   * tool makes). Throws for an empty passphrase.
   */
  seal(plain: Uint8Array, passphrase: string, signal: AbortSignal): Promise<Result<Uint8Array>>;
  /**
   * Opens an age file, binary or armoured. Fails with `wrong-password: handover`, which a changed stanza gives as well, since
   * nothing tells the two apart; with `unreadable`: `damaged`, `sealed-for-others` (keys, not a passphrase) or
   * `too-many-iterations` (scrypt above 2^20).
   */
  open(sealed: Uint8Array, passphrase: string, signal: AbortSignal): Promise<Result<Uint8Array>>;
  /** Ends the thread. What runs, and what is asked later, is `cancelled`. */
  dispose(): void;
}

/** The most that is sealed or opened, in bytes. */
const SIZE_LIMIT = 64 * 1024 * 1024;
/** What sealing adds to that: 16 bytes for each of 1,024 chunks, and a head. What was sealed here can be opened here. */
const SEAL_OVERHEAD = 32 * 1024;

/** By the clock, in milliseconds, from when the thread is up. The most work that is allowed takes about eight seconds. */
const TIME_LIMIT_MS = 30_000;
/** Of the thread's own heap: the text of the largest armoured file is on it a few times. What scrypt fills is not counted here. */
const WORKER_MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 } as const;

/** `worker`: the thread's file, where it is not the one that belongs to this code. */
export function createSealing(worker = workerUrl("handover", "age")): Sealing {
  const line = new WorkerLine<SealingQuestion, Result<Uint8Array>>(worker, WORKER_MEMORY);
  const ended = new AbortController();

  async function ask(question: SealingQuestion, signal: AbortSignal): Promise<Result<Uint8Array>> {
    // What is sent is the whole buffer behind a view, which may hold more than the view shows.
    const copy = { ...question, bytes: new Uint8Array(question.bytes) };
    const outcome = await line.ask(copy, { signal: AbortSignal.any([signal, ended.signal]), timeoutMs: TIME_LIMIT_MS });
    // Bundles are rare: nothing of a passphrase and no memory of scrypt's is kept for the next.
    await line.rest();
    if (outcome.kind === "answered") return outcome.answer;
    return fail(outcome.kind === "cancelled" ? { kind: "cancelled" } : { kind: "unreadable", what: "timed-out" });
  }

  return {
    async seal(plain, passphrase, signal) {
      if (passphrase === "") throw new Error("a bundle is not sealed with an empty passphrase");
      return plain.length > SIZE_LIMIT ? tooLarge() : ask({ kind: "seal", bytes: plain, passphrase }, signal);
    },
    async open(sealed, passphrase, signal) {
      return sealed.length > SIZE_LIMIT + SEAL_OVERHEAD ? tooLarge() : ask({ kind: "open", bytes: sealed, passphrase }, signal);
    },
    dispose: () => ended.abort(),
  };
}

/** Whether bytes are an age file at all, by how they begin: the version's line, or the armour's first. */
export function isSealed(bytes: Uint8Array): boolean {
  return ageForm(bytes) !== null;
}

function tooLarge() {
  return fail({ kind: "unreadable", what: "too-large", most: SIZE_LIMIT });
}
