/**
 * Handover bundles under a passphrase or for public keys, in the age format (https://age-encryption.org, C2SP age specification),
 * so that the age tool can open and make them too. In a worker: scrypt is slow on purpose, and a file may come from anybody.
 */
import { fail, succeed, type Result } from "../../shared/result.ts";
import { WorkerLine, workerUrl } from "../workers.ts";
import type { OpeningKeys, SealedFor, SealingAnswer, SealingQuestion } from "./age-file.ts";
import { ageForm } from "./age-header.ts";

export type { OpeningKeys, SealedFor, SealingAnswer } from "./age-file.ts";

/**
 * Passphrases are taken as they are, as UTF-8: nothing is trimmed or normalised, since the age tool does neither. Neither they
 * nor secret keys are in a fault or an error. Fails with `cancelled`; with `unreadable: too-large` (`most` in bytes) for more than 64 MiB; with
 * `unreadable: timed-out` where it takes too long or the machine has not got the memory.
 */
export interface Sealing {
  /**
   * Seals bytes so that the passphrase opens them: a binary age file with one scrypt recipient (work factor 2^18, as the age
   * tool makes); or so that the owner of any of the public keys does: with one X25519 recipient for each. Throws for an empty
   * passphrase, and for no key.
   */
  seal(plain: Uint8Array, sealedFor: SealedFor, signal: AbortSignal): Promise<Result<Uint8Array>>;
  /**
   * Opens an age file, binary or armoured, with the one of the keys that it is sealed for. Fails with `invalid` (`passphrase`,
   * `required`) where that is a passphrase and none is given; with `wrong-password: handover`, which a changed stanza gives as
   * well, since nothing tells the two apart; with `unreadable`: `damaged`, `sealed-to-another-key` (the same of a changed stanza
   * or of no own key), `sealed-for-others` (recipients of another kind), `too-many-recipients` (more than 100 keys) or
   * `too-many-iterations` (scrypt above 2^20).
   */
  open(sealed: Uint8Array, keys: OpeningKeys, signal: AbortSignal): Promise<Result<SealingAnswer>>;
  /** Ends the thread. What runs, and what is asked later, is `cancelled`. */
  dispose(): void;
}

/** The most that is sealed or opened, in bytes. */
const SIZE_LIMIT = 64 * 1024 * 1024;
/** What sealing adds to that: 16 bytes for each of 1,024 chunks, and a head. What was sealed here can be opened here. */
const SEAL_OVERHEAD = 32 * 1024;

/** By the clock, in milliseconds, from when the thread is up. The most work that is allowed takes some seconds. */
const TIME_LIMIT_MS = 30_000;
/** Of the thread's own heap: the text of the largest armoured file is on it a few times. What scrypt fills is not counted here. */
const WORKER_MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 } as const;

/** `worker`: the thread's file, where it is not the one that belongs to this code. */
export function createSealing(worker = workerUrl("handover", "age")): Sealing {
  const line = new WorkerLine<SealingQuestion, Result<SealingAnswer>>(worker, WORKER_MEMORY);
  const ended = new AbortController();

  async function ask(question: SealingQuestion, signal: AbortSignal): Promise<Result<SealingAnswer>> {
    // What is sent is the whole buffer behind a view, which may hold more than the view shows.
    const copy = { ...question, bytes: new Uint8Array(question.bytes) };
    const outcome = await line.ask(copy, { signal: AbortSignal.any([signal, ended.signal]), timeoutMs: TIME_LIMIT_MS });
    // What was to be sealed is in clear, and the thread had a copy of its own.
    copy.bytes.fill(0);
    // Bundles are rare: nothing of a passphrase and no memory of scrypt's is kept for the next.
    await line.rest();
    if (outcome.kind === "answered") return outcome.answer;
    return fail(outcome.kind === "cancelled" ? { kind: "cancelled" } : { kind: "unreadable", what: "timed-out" });
  }

  return {
    async seal(plain, sealedFor, signal) {
      if ("passphrase" in sealedFor ? sealedFor.passphrase === "" : sealedFor.recipients.length === 0) throw new Error("a bundle is not sealed with an empty passphrase, or for nobody");
      if (plain.length > SIZE_LIMIT) return tooLarge();
      const answer = await ask({ kind: "seal", bytes: plain, sealedFor }, signal);
      return answer.ok ? succeed(answer.value.bytes) : answer;
    },
    async open(sealed, keys, signal) {
      return sealed.length > SIZE_LIMIT + SEAL_OVERHEAD ? tooLarge() : ask({ kind: "open", bytes: sealed, keys }, signal);
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
