/** The native file picker. */
import path from "node:path";
import { dialog, type BrowserWindow, type FileFilter } from "electron";
import { say } from "../../../renderer/text/text.ts";
import { FILE_LIMITS } from "../../../shared/rules/file-limits.ts";
import type { FilePurpose } from "../../../shared/contract/files.ts";
import { fail, succeed, type Result } from "../../../shared/result.ts";
import type { FilePicker } from "../../ports.ts";
import { readLimited } from "../shared/read-limited.ts";

const EXTENSIONS: Readonly<Record<FilePurpose, string[]>> = {
  certificate: ["pfx", "p12"],
  authority: ["pem", "cer", "crt"],
  "mail-objects": ["csv", "tsv", "txt"],
  aliases: ["txt", "csv", "tsv", "lst"],
  handover: ["age", "json"],
  probe: ["json"],
};

/** Where a file lies on this machine is not for the page. */
async function read(file: string, purpose: FilePurpose): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }>> {
  const bytes = await readLimited(file, FILE_LIMITS[purpose]);
  return bytes.ok ? succeed({ name: path.basename(file), bytes: bytes.value }) : fail({ kind: "unreadable", what: "file-unreadable" });
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
      return chosen.canceled || file === undefined ? succeed(null) : read(file, purpose);
    },
  };
}
