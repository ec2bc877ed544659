/** Files that a person chose: held in memory for a while, addressed by a random token, never sent to the renderer. */
import { randomUUID } from "node:crypto";
import { FILE_LIMITS } from "../../shared/rules/file-limits.ts";
import type { FilePurpose, HeldFile } from "../../shared/contract/files.ts";
import { fail, succeed, type Result } from "../../shared/result.ts";
import { decodeText } from "../decode-text.ts";
import type { Clock, FilePicker } from "../ports.ts";
import { gone, type WorkOptions } from "./rooms.ts";
import { Transfers } from "./transfers.ts";

/** Milliseconds a file is held after its last use, and how many, with how many bytes together; the oldest goes first. */
export const HOLD_MS = 10 * 60 * 1000;
export const HOLD_COUNT = 20;
export const HOLD_BYTES = 64 * 1024 * 1024;

interface Held {
  readonly name: string;
  readonly bytes: Uint8Array;
  cancel: () => void;
}

export class FileHolder {
  readonly #clock: Clock;
  readonly #picker: FilePicker | null;
  readonly #held = new Map<string, Held>();
  readonly #transfers = new Transfers();

  constructor(clock: Clock, picker: FilePicker | null) {
    this.#clock = clock;
    this.#picker = picker;
  }

  /** Opens the native picker; null when the person cancelled. Fails with `unsupported` where there is none. */
  async pick(purpose: FilePurpose): Promise<Result<HeldFile | null>> {
    if (this.#picker === null) return fail({ kind: "unsupported", why: "no-file-picker" });
    const picked = await this.#picker.pick(purpose);
    if (!picked.ok) return picked;
    return picked.value === null ? succeed(null) : this.hold(picked.value.name, picked.value.bytes, purpose);
  }

  /** Takes a file in parts ({@link take}) and holds it. Fails as {@link hold} does before anything is sent, and as {@link Transfers}. */
  async receive(file: { readonly name: string; readonly size: number; readonly purpose: FilePurpose }, options: WorkOptions): Promise<Result<HeldFile>> {
    const refused = tooLarge(file.size, file.purpose);
    if (refused !== null) return refused;
    const received = await this.#transfers.receive(file.size, options);
    return received.ok ? this.hold(file.name, received.value, file.purpose) : received;
  }

  /** A part of a file that is being received, base64; `at` is how many bytes came before it. */
  take(transfer: string, at: number, base64: string): Result<null> {
    return this.#transfers.take(transfer, at, base64);
  }

  /** Holds bytes under a new token. Fails with `unreadable` (`too-large`) over the limit of the purpose. */
  hold(name: string, bytes: Uint8Array, purpose: FilePurpose = "certificate"): Result<HeldFile> {
    const refused = tooLarge(bytes.byteLength, purpose);
    if (refused !== null) return refused;
    this.#makeRoom(bytes.byteLength);
    const file = randomUUID();
    this.#held.set(file, { name, bytes, cancel: this.#dropLater(file) });
    return succeed({ file, name, size: bytes.byteLength });
  }

  /** The bytes of a held file, for the services; its time begins anew. Fails with `not-found` when that is over. */
  read(file: string): Result<{ readonly name: string; readonly bytes: Uint8Array }> {
    const held = this.#held.get(file);
    if (held === undefined) return fail(gone("file"));
    held.cancel();
    held.cancel = this.#dropLater(file);
    return succeed(held);
  }

  /** The text of a file that is no secret. Certificate containers are refused. UTF-8 or UTF-16. */
  readText(file: string): Result<string> {
    const held = this.read(file);
    if (!held.ok) return held;
    if (/\.(?:pfx|p12)$/i.test(held.value.name)) return fail({ kind: "unsupported", why: "certificate-as-text" });
    const text = decodeText(held.value.bytes);
    return text.ok ? text : fail({ kind: "unreadable", what: "file-unreadable" });
  }

  /** Forgets a file, which may be gone already. */
  release(file: string): void {
    this.#held.get(file)?.cancel();
    this.#held.delete(file);
  }

  /** Forgets everything. */
  dispose(): void {
    this.#transfers.dispose();
    for (const file of this.#held.keys()) this.release(file);
  }

  #dropLater(file: string): () => void {
    return this.#clock.after(HOLD_MS, () => this.release(file));
  }

  #makeRoom(size: number): void {
    let bytes = [...this.#held.values()].reduce((sum, held) => sum + held.bytes.byteLength, size);
    for (const [file, held] of this.#held) {
      if (this.#held.size < HOLD_COUNT && bytes <= HOLD_BYTES) return;
      bytes -= held.bytes.byteLength;
      this.release(file);
    }
  }
}

function tooLarge(size: number, purpose: FilePurpose) {
  const most = FILE_LIMITS[purpose];
  return size > most ? fail({ kind: "unreadable", what: "too-large", detail: String(size), most }) : null;
}
