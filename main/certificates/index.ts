/** Reading PFX and P12 files, the same way on every host: in a worker, on this machine. */
import { availableParallelism } from "node:os";
import { fail, type Fault, type Result } from "../../shared/fault.ts";
import type { CertificateInspection } from "../../shared/model/certificate.ts";
import { CERTIFICATE_FILE_LIMIT } from "../../shared/rules/file-limits.ts";
import type { Clock } from "../ports.ts";
import type { OpenedCertificate } from "./opened.ts";
import { WorkerPool, workerUrl } from "../workers.ts";
import { READING_TIME_LIMIT_MS, WORKER_MEMORY } from "./limits.ts";
import { refused, type Reading, type ReadingQuestion } from "./refusal.ts";

/** Files read at the same time. */
const READERS = Math.min(4, availableParallelism());

/** Files held in memory when many are asked for: one that takes long keeps no reader idle while its turn to be told lasts. */
const AHEAD = 32;

const pool = new WorkerPool<ReadingQuestion, Reading>(READERS, workerUrl("certificates", "certificate"), WORKER_MEMORY);

/** Everything that was read, structure included: {@link inspectCertificate} and {@link openCertificate} are its parts. */
export async function readCertificate(question: ReadingQuestion, signal?: AbortSignal): Promise<Reading> {
  const { bytes } = question;
  if (bytes.length > CERTIFICATE_FILE_LIMIT) {
    return refused({ kind: "unreadable", what: "too-large", detail: String(bytes.length) });
  }
  const outcome = await pool.ask(question, { signal, timeoutMs: READING_TIME_LIMIT_MS });
  if (outcome.kind === "answered") return outcome.answer;
  if (outcome.kind === "cancelled") return refused({ kind: "cancelled" });
  if (outcome.kind === "timed-out") return refused({ kind: "unreadable", what: "timed-out", detail: String(READING_TIME_LIMIT_MS) });
  // The thread ran out of its memory: no honest file of this size does that.
  return refused({ kind: "unreadable", what: "damaged" });
}

/** Does a job for each item, several at once, and answers in the items' order. */
export async function* inOrder<Item, Answer>(
  items: AsyncIterable<Item> | Iterable<Item>,
  job: (item: Item) => Promise<Answer>,
): AsyncGenerator<Answer, void, void> {
  const running: Promise<Answer>[] = [];
  for await (const item of items) {
    running.push(job(item));
    const first = running.length > AHEAD ? running.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const rest of running) yield await rest;
}

/**
 * Describes a certificate file, or says why it cannot be described. `password` null and "" both say that nothing
 * was typed. `identity` is the thumbprint of the certificate to describe, of several. `now` is epoch milliseconds and decides
 * `expired`, `not-yet-valid` and which certificate is preferred.
 */
export async function inspectCertificate(
  bytes: Uint8Array,
  password: string | null,
  { now, identity = null, signal }: { readonly now: number; readonly identity?: string | null; readonly signal?: AbortSignal },
): Promise<CertificateInspection> {
  const reading = await readCertificate({ bytes, password, identity, now, withKey: false }, signal);
  return reading.inspection;
}

/**
 * Opens a certificate file for use: key and certificate as PEM. Fails with `wrong-password`, with `unreadable` (damaged,
 * no key, no certificate, key mismatch, …), with `unsupported` for kinds of keys or containers, with `not-found` for a
 * chosen certificate that it does not hold, or with `cancelled`.
 */
export async function openCertificate(
  bytes: Uint8Array,
  password: string | null,
  { signal, clock, identity = null }: { readonly signal: AbortSignal; readonly clock: Clock; readonly identity?: string | null },
): Promise<Result<OpenedCertificate>> {
  const reading = await readCertificate({ bytes, password, identity, now: clock.now(), withKey: true }, signal);
  const nothing: Fault = { kind: "unreadable", what: "damaged" };
  return reading.opened ?? fail(nothing);
}

/** What the services see of this room. `dispose` ends the threads that read; whoever else reads starts them again. */
export function createCertificateReader(clock: Clock) {
  return {
    inspect: (bytes: Uint8Array, password: string | null, identity: string | null) => inspectCertificate(bytes, password, { now: clock.now(), identity }),
    open: (bytes: Uint8Array, password: string | null, options: { readonly signal: AbortSignal; readonly identity: string | null }) =>
      openCertificate(bytes, password, { ...options, clock }),
    dispose: () => pool.rest(),
  };
}
