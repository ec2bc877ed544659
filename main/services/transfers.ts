/** Files on their way in parts. A transfer lives as long as the call that opened it: whatever ends that, its bytes go. */
import { randomUUID } from "node:crypto";
import { progress } from "../../shared/contract/progress.ts";
import { fail, succeed, type Result } from "../../shared/fault.ts";
import { gone, type WorkOptions } from "./rooms.ts";

/** How many may be open at a time: a page sends one file after the other. */
export const TRANSFERS_OPEN = 8;

interface Transfer {
  readonly bytes: Uint8Array;
  received: number;
  readonly end: (result: Result<Uint8Array>) => void;
}

export class Transfers {
  readonly #open = new Map<string, Transfer>();

  /**
   * The bytes, once all parts have arrived; progress says what they are to be sent to. The caller has checked the size.
   * Fails with `cancelled`, with `unreadable` (`file-unreadable`) for parts that do not fit together, and with `unsupported`
   * when too many are open.
   */
  async receive(size: number, options: WorkOptions): Promise<Result<Uint8Array>> {
    if (this.#open.size >= TRANSFERS_OPEN) return fail({ kind: "unsupported", why: "too-many-transfers" });
    if (size === 0) return succeed(new Uint8Array());
    const transfer = randomUUID();
    const { promise, resolve: end } = Promise.withResolvers<Result<Uint8Array>>();
    const abort = () => end(fail({ kind: "cancelled" }));
    this.#open.set(transfer, { bytes: new Uint8Array(size), received: 0, end });
    options.signal.addEventListener("abort", abort, { once: true });
    try {
      options.progress(progress("transfer", { detail: transfer, done: 0, total: size }));
      return await promise;
    } finally {
      options.signal.removeEventListener("abort", abort);
      this.#open.delete(transfer);
    }
  }

  /** Takes a part. One that does not follow the part before it, or does not fit, ends the transfer. */
  take(transfer: string, at: number, base64: string): Result<null> {
    const open = this.#open.get(transfer);
    if (open === undefined) return fail(gone("transfer"));
    const part = bytesOf(base64);
    if (part === null || part.length === 0 || at !== open.received || at + part.length > open.bytes.length) {
      const refused = fail({ kind: "unreadable", what: "file-unreadable" });
      open.end(refused);
      return refused;
    }
    open.bytes.set(part, at);
    open.received += part.length;
    if (open.received === open.bytes.length) open.end(succeed(open.bytes));
    return succeed(null);
  }

  dispose(): void {
    for (const { end } of this.#open.values()) end(fail({ kind: "cancelled" }));
  }
}

/** Null where the text is no base64. */
export function bytesOf(base64: string): Uint8Array | null {
  return base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64) ? Buffer.from(base64, "base64") : null;
}
