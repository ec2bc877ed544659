/** Serves the built pages from a folder, and nothing outside it. */
import { readFileSync, realpathSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { contentTypeOf, fileFor } from "../shared/page-files.ts";
import { headersOfPage } from "../shared/page-headers.ts";
import { withTheme, type PageTheme } from "../shared/page-theme.ts";

/**
 * Answers with the file, or false when there is none. Hashed assets may be kept, pages may not.
 *
 * Read in one piece and at once: the largest is the console's script of a megabyte, on this machine's own disk. Through the
 * thread pool each of a handful of files waits for as many turns, while the person waits for the first page.
 */
export function serveFile(root: string, theme: () => PageTheme | null, request: IncomingMessage, response: ServerResponse): boolean {
  const file = fileFor(root, request.url ?? "/");
  const stored = file === null ? null : read(root, file);
  if (file === null || stored === null) return false;
  const page = file.endsWith(".html") ? stored.toString("utf8") : null;
  const content = page === null ? stored : Buffer.from(withTheme(page, theme()));
  response.writeHead(200, {
    ...(page === null ? {} : headersOfPage(page)),
    "Content-Type": contentTypeOf(file),
    "Content-Length": content.length,
    "Cache-Control": page === null ? "private, max-age=31536000, immutable" : "no-store",
  });
  response.end(request.method === "HEAD" ? undefined : content);
  return true;
}

/** Null for what is no file, or lies outside `root` by way of a link. */
function read(root: string, file: string): Buffer | null {
  try {
    return realpathSync(file).startsWith(realpathSync(root) + path.sep) ? readFileSync(file) : null;
  } catch {
    return null;
  }
}
