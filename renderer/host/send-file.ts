/** Sends a file of the browser's to main, which holds it. Only a token of it stays in the renderer. */
import { FILE_LIMITS } from "../../shared/rules/file-limits.ts";
import type { FilePurpose, HeldFile } from "../../shared/contract/files.ts";
import { fail, type Result } from "../../shared/result.ts";
import { sendFile } from "../../shared/sending.ts";
import { ask } from "./ask.ts";
import { client } from "./client.ts";

interface Options {
  readonly signal?: AbortSignal;
  /** Hears how many bytes have arrived. */
  readonly onSent?: (sent: number) => void;
}

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** Null for a file that was shortened meanwhile: it would never come to its end. */
async function read(file: File, from: number, to: number): Promise<string | null> {
  const bytes = new Uint8Array(await file.slice(from, to).arrayBuffer());
  return bytes.length === to - from ? base64Of(bytes) : null;
}

/**
 * Sends a chosen file in parts. Fails with `unreadable`: `too-large` before anything is sent, `file-unreadable` when the
 * file is gone or shorter than it was; with `cancelled`; and when the connection breaks. Nothing is left in main then.
 */
export async function holdFile(
  file: File,
  purpose: FilePurpose,
  { signal = new AbortController().signal, onSent = () => {} }: Options = {},
): Promise<Result<HeldFile>> {
  const { name, size } = file;
  const most = FILE_LIMITS[purpose];
  if (size > most) return fail({ kind: "unreadable", what: "too-large", detail: String(size), most });
  const { files } = client();
  const send = () =>
    sendFile({
      size,
      read: (from, to) => read(file, from, to),
      open: () => files.receive({ name, size, purpose }, { signal }),
      put: (part) => files.part(part, { signal }),
      onSent,
    });
  return ask(send, signal);
}
