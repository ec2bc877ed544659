/** Reading a file that somebody named, of whatever size. */
import { open, type FileHandle } from "node:fs/promises";
import { fail, succeed, type Result } from "../../../shared/fault.ts";

/** Read at once, in bytes: most files that are named are far smaller than their limit. */
const CHUNK = 64 * 1024;

/**
 * The bytes of a file, or of a pipe that stands in its place, but at most one more than `limit`: whoever checks the size
 * then sees that it is too large. Fails with `not-found` (`path`) or `unreadable` (`file-unreadable`); `detail` is the file.
 */
export async function readLimited(file: string, limit: number): Promise<Result<Uint8Array>> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file, "r");
    const chunks: Buffer[] = [];
    for (let size = 0; size <= limit; ) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, limit + 1 - size));
      const { bytesRead } = await handle.read(chunk);
      if (bytesRead === 0) break;
      chunks.push(chunk.subarray(0, bytesRead));
      size += bytesRead;
    }
    return succeed(new Uint8Array(Buffer.concat(chunks)));
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return fail(missing ? { kind: "not-found", what: "path", detail: file } : { kind: "unreadable", what: "file-unreadable", detail: file });
  } finally {
    await handle?.close();
  }
}
