/** Serves the built pages under app://console. */
import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { protocol, type Session } from "electron";
import { contentTypeOf, fileFor } from "../shared/page-files.ts";
import { headersOfPage, securityHeaders } from "../shared/page-headers.ts";
import { isOwnPage, scheme } from "./address.ts";

/** Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** The answer to a request of a page. */
export async function servePage(rendererDirectory: string, request: Pick<Request, "url" | "method">): Promise<Response> {
  const nothing = (status: number) => new Response(null, { status, headers: securityHeaders });
  if (request.method !== "GET") return nothing(405);
  if (!isOwnPage(request.url)) return nothing(403);
  const file = fileFor(rendererDirectory, new URL(request.url).pathname);
  if (file === null) return nothing(404);
  try {
    const [real, root] = await Promise.all([realpath(file), realpath(rendererDirectory)]);
    if (!real.startsWith(root + path.sep)) return nothing(404);
    const content = await readFile(real);
    const own = file.endsWith(".html") ? headersOfPage(content.toString("utf8")) : securityHeaders;
    return new Response(content, { status: 200, headers: { ...own, "Content-Type": contentTypeOf(file), "Cache-Control": "no-store" } });
  } catch {
    return nothing(404);
  }
}

export function handleScheme(session: Session, rendererDirectory: string): void {
  session.protocol.handle(scheme, (request) => servePage(rendererDirectory, request));
}
