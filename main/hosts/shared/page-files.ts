/** Which file of the built pages a request means: shared by the listener and by Electron's own scheme. */
import path from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".woff": "font/woff",
};

/** The file a request path names below `root`, or null. Types that are not listed do not exist. */
export function fileFor(root: string, requestTarget: string): string | null {
  const raw = requestTarget.split(/[?#]/, 1)[0] ?? "";
  let decoded: string;
  try {
    decoded = decodeURIComponent(raw);
  } catch {
    return null;
  }
  // Backslashes, drive letters, streams and control characters are never part of a built file's name.
  if (!/^\/[\w./-]*$/.test(decoded) || decoded.includes("//")) return null;
  const segments = decoded.slice(1).split("/");
  if (segments.some((segment) => segment.startsWith(".") || segment.endsWith("."))) return null;
  const relative = decoded === "/" ? "index.html" : decoded.slice(1);
  return types[path.extname(relative)] === undefined ? null : path.join(root, relative);
}

/** The content type of a file that {@link fileFor} answered. */
export function contentTypeOf(file: string): string {
  return types[path.extname(file)] ?? "application/octet-stream";
}
