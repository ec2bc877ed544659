/** Sends a file to main in parts. One part is on its way at a time: whoever sends waits for whoever takes. */
import { FILE_PART } from "./rules/file-limits.ts";
import type { HeldFile } from "./contract/files.ts";
import type { WorkEvent } from "./contract/progress.ts";
import { fail, type Result } from "./result.ts";

export interface Sending {
  readonly size: number;
  /** The bytes from one place to another as base64; null where there are not that many any more. Rejects where they cannot be read. */
  readonly read: (from: number, to: number) => Promise<string | null>;
  /** Calls `files.receive`. */
  readonly open: () => Promise<AsyncIterable<WorkEvent<HeldFile>>>;
  /** Calls `files.part`. */
  readonly put: (part: { readonly transfer: string; readonly at: number; readonly base64: string }) => Promise<Result<null>>;
  /** Hears how many bytes have arrived. */
  readonly onSent?: (sent: number) => void;
}

async function sendParts(transfer: string, { size, read, put, onSent }: Sending): Promise<Result<null>> {
  for (let at = 0; at < size; at += FILE_PART) {
    const end = Math.min(size, at + FILE_PART);
    const base64 = await read(at, end).catch(() => null);
    if (base64 === null) return fail({ kind: "unreadable", what: "file-unreadable" });
    const taken = await put({ transfer, at, base64 });
    if (!taken.ok) return taken;
    onSent?.(end);
  }
  return { ok: true, value: null };
}

/** Answers the held file. Fails as `files.receive` does; rejects where the connection breaks or a call is aborted. */
export async function sendFile(sending: Sending): Promise<Result<HeldFile>> {
  // Leaving the loop ends the call, and with it the transfer in main.
  for await (const event of await sending.open()) {
    if (event.type === "done") return event.result;
    const sent = event.step === "transfer" ? await sendParts(event.detail ?? "", sending) : null;
    if (sent?.ok === false) return sent;
  }
  return fail({ kind: "cancelled" });
}
