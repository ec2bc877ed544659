/** Serves the built pages from a folder, and nothing outside it. */
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { contentTypeOf, fileFor } from "../shared/page-files.ts";

/** The console's script in one piece: the usual 64 KiB take a dozen more turns, and the page waits for the last one. */
const pieceSize = 1024 * 1024;

/** Answers with the file, or false when there is none. Hashed assets may be kept, pages may not. */
export async function serveFile(root: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const file = fileFor(root, request.url ?? "/");
  if (file === null) return false;
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) return false;
  // A link inside the folder must not lead out of it.
  const [real, realRoot] = await Promise.all([realpath(file), realpath(root)]);
  if (!real.startsWith(realRoot + path.sep)) return false;
  response.writeHead(200, {
    "Content-Type": contentTypeOf(file),
    "Content-Length": found.size,
    "Cache-Control": file.endsWith(".html") ? "no-store" : "private, max-age=31536000, immutable",
  });
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(file, { highWaterMark: pieceSize }), response);
  return true;
}
