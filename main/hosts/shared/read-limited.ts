/** Reading a file that somebody named, of whatever size. */
import { open, type FileHandle } from "node:fs/promises";
import { fail, succeed, type Result } from "../../../shared/fault.ts";

/**
 * The bytes of a file, or of a pipe that stands in its place, but at most one more than `limit`: whoever checks the size
 * then sees that it is too large. Fails with `not-found` (`path`) or `unreadable` (`file-unreadable`); `detail` is the file.
 */
export async function readLimited(file: string, limit: number): Promise<Result<Uint8Array>> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file, "r");
    const buffer = Buffer.alloc(limit + 1);
    let size = 0;
    while (size < buffer.length) {
      const { bytesRead } = await handle.read(buffer, size);
      if (bytesRead === 0) break;
      size += bytesRead;
    }
    return succeed(new Uint8Array(buffer.subarray(0, size)));
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return fail(missing ? { kind: "not-found", what: "path", detail: file } : { kind: "unreadable", what: "file-unreadable", detail: file });
  } finally {
    await handle?.close();
  }
}
