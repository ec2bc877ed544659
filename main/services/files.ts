/** Files on their way into a form: held in memory for a while, addressed by a random token, never sent to the renderer. */
import { randomUUID } from "node:crypto";
import type { FilePurpose, HeldFile } from "../../shared/contract/certificates.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { CERTIFICATE_FILE_LIMIT } from "../../shared/model/certificate.ts";
import { decodeText } from "../decode-text.ts";
import type { Clock, FilePicker } from "../ports.ts";
import { gone } from "./rooms.ts";

/** Milliseconds a file is held, and how many at a time; the oldest goes first. */
export const HOLD_MS = 10 * 60 * 1000;
export const HOLD_COUNT = 20;

interface Held {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly cancel: () => void;
}

export class FileHolder {
  readonly #clock: Clock;
  readonly #picker: FilePicker | null;
  readonly #held = new Map<string, Held>();

  constructor(clock: Clock, picker: FilePicker | null) {
    this.#clock = clock;
    this.#picker = picker;
  }

  /** Opens the native picker; null when the person cancelled. Fails with `unsupported` where there is none. */
  async pick(purpose: FilePurpose): Promise<Result<HeldFile | null>> {
    if (this.#picker === null) return fail({ kind: "unsupported", why: "no-file-picker" });
    const picked = await this.#picker.pick(purpose);
    if (!picked.ok) return picked;
    return picked.value === null ? succeed(null) : this.hold(picked.value.name, picked.value.bytes);
  }

  /** Takes an upload. Fails with `unreadable`: `too-large` over 1 MiB, `file-unreadable` when it is no base64. */
  upload(name: string, base64: string): Result<HeldFile> {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return fail({ kind: "unreadable", what: "file-unreadable" });
    return this.hold(name, Buffer.from(base64, "base64"));
  }

  /** Holds bytes under a new token. */
  hold(name: string, bytes: Uint8Array): Result<HeldFile> {
    if (bytes.byteLength > CERTIFICATE_FILE_LIMIT) {
      return fail({ kind: "unreadable", what: "too-large", detail: String(bytes.byteLength) });
    }
    const file = randomUUID();
    const [oldest] = this.#held.keys();
    if (this.#held.size >= HOLD_COUNT && oldest !== undefined) this.#drop(oldest);
    this.#held.set(file, { name, bytes, cancel: this.#clock.after(HOLD_MS, () => this.#drop(file)) });
    return succeed({ file, name, size: bytes.byteLength });
  }

  /** The bytes of a held file, for the services. Fails with `not-found` when its time is over. */
  read(file: string): Result<{ readonly name: string; readonly bytes: Uint8Array }> {
    const held = this.#held.get(file);
    return held === undefined ? fail(gone("file")) : succeed(held);
  }

  /** The text of a file that is no secret. Certificate containers are refused. UTF-8 or UTF-16. */
  readText(file: string): Result<string> {
    const held = this.read(file);
    if (!held.ok) return held;
    if (/\.(?:pfx|p12)$/i.test(held.value.name)) return fail({ kind: "unsupported", why: "certificate-as-text" });
    const text = decodeText(held.value.bytes);
    return text.ok ? text : fail({ kind: "unreadable", what: "file-unreadable" });
  }

  /** Forgets everything. */
  dispose(): void {
    for (const file of this.#held.keys()) this.#drop(file);
  }

  #drop(file: string): void {
    this.#held.get(file)?.cancel();
    this.#held.delete(file);
  }
}
