/** Files that the console holds for a verb: sent to it from a path, or as bytes. */
import path from "node:path";
import type { FilePurpose, HeldFile } from "../../../shared/contract/files.ts";
import type { Result } from "../../../shared/result.ts";
import { FILE_LIMITS } from "../../../shared/rules/file-limits.ts";
import { sendFile } from "../../../shared/sending.ts";
import { readLimited } from "../shared/read-limited.ts";
import type { ConsoleClient } from "./verb.ts";

/** Has the console hold bytes under a name. Fails as the files contract does. */
export function holdBytes(client: ConsoleClient, purpose: FilePurpose, name: string, bytes: Uint8Array): Promise<Result<HeldFile>> {
  return sendFile({
    size: bytes.length,
    read: (from, to) => Promise.resolve(Buffer.from(bytes.subarray(from, to)).toString("base64")),
    open: () => client.files.receive({ name, size: bytes.length, purpose }),
    put: (part) => client.files.part(part),
  });
}

/** Has the console hold a file. Fails as reading it does. */
export async function holdFile(client: ConsoleClient, purpose: FilePurpose, file: string): Promise<Result<HeldFile>> {
  const bytes = await readLimited(file, FILE_LIMITS[purpose]);
  return bytes.ok ? holdBytes(client, purpose, path.basename(file), bytes.value) : bytes;
}
