/** The native file picker. */
import { open } from "node:fs/promises";
import path from "node:path";
import { dialog, type BrowserWindow, type FileFilter } from "electron";
import { say } from "../../../renderer/text/text.ts";
import type { FilePurpose } from "../../../shared/contract/certificates.ts";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import { CERTIFICATE_FILE_LIMIT } from "../../../shared/model/certificate.ts";
import type { FilePicker } from "../../ports.ts";

const EXTENSIONS: Readonly<Record<FilePurpose, string[]>> = {
  certificate: ["pfx", "p12"],
  authority: ["pem", "cer", "crt"],
  aliases: ["txt", "csv"],
};

/** Reads one byte more than the limit, so that whoever checks the size sees that the file is too large. */
async function readLimited(file: string): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }>> {
  const handle = await open(file, "r").catch(() => null);
  if (handle === null) return fail({ kind: "unreadable", what: "file-unreadable" });
  try {
    const buffer = Buffer.alloc(CERTIFICATE_FILE_LIMIT + 1);
    let size = 0;
    while (size < buffer.length) {
      const { bytesRead } = await handle.read(buffer, size, buffer.length - size, size);
      if (bytesRead === 0) break;
      size += bytesRead;
    }
    return succeed({ name: path.basename(file), bytes: new Uint8Array(buffer.subarray(0, size)) });
  } catch {
    return fail({ kind: "unreadable", what: "file-unreadable" });
  } finally {
    await handle.close();
  }
}

/** A picker in front of `window`, which is asked for each time because it may have been closed. */
export function nativeFilePicker(window: () => BrowserWindow | null): FilePicker {
  return {
    async pick(purpose) {
      const filters: FileFilter[] = [
        { name: say(`hosts.pick-${purpose}-filter`), extensions: EXTENSIONS[purpose] },
        { name: say("hosts.pick-any"), extensions: ["*"] },
      ];
      const options = { title: say(`hosts.pick-${purpose}`), filters, properties: ["openFile" as const, "dontAddToRecent" as const] };
      const parent = window();
      const chosen = parent === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(parent, options);
      const file = chosen.filePaths[0];
      return chosen.canceled || file === undefined ? succeed(null) : readLimited(file);
    },
  };
}
