/** Opens the address in the system's browser without showing the one-time code in any process's arguments. */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { securePrivateFolder } from "../shared/folder-rights.ts";
import { programOnPath, startProgram, systemSearch, windowsProgram, type ProgramSearch } from "../../programs.ts";

/** The page a browser is started with: it leads on to the address. Readable by this account only. */
export function redirectPage(url: string): string {
  const escaped = url.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<!doctype html><meta charset="utf-8"><title>Messaging Console</title><meta http-equiv="refresh" content="0;url=${escaped}"><a href="${escaped}">Open Messaging Console</a>\n`;
}

/** Program and arguments that open a file here; null where there is none. */
export function opener(file: string, search: ProgramSearch = systemSearch): readonly [program: string, args: readonly string[]] | null {
  const program =
    search.platform === "win32" ? windowsProgram(["rundll32.exe"], search) : search.platform === "darwin" ? "/usr/bin/open" : programOnPath("xdg-open", search);
  if (program === null) return null;
  return [program, search.platform === "win32" ? ["url.dll,FileProtocolHandler", file] : [file]];
}

/** Pages of consoles that were killed. Their codes opened consoles that are gone. */
function removeOldPages(dataDirectory: string): void {
  for (const name of readdirSync(dataDirectory)) {
    if (/^open-\d+\.html$/.test(name)) rmSync(path.join(dataDirectory, name), { force: true });
  }
}

/**
 * Opens the address; the returned function takes the page away. Machines without a browser are no error: the address is
 * printed. Where other accounts may read the data folder no page with the one-time code is left there, and none is opened.
 */
export function openInBrowser(url: string, dataDirectory: string, secure = securePrivateFolder): () => void {
  const rights = secure(dataDirectory);
  if (!rights.ok || rights.value === "open") return () => undefined;
  removeOldPages(dataDirectory);
  const file = path.join(dataDirectory, `open-${process.pid}.html`);
  writeFileSync(file, redirectPage(url), { mode: 0o600 });
  const found = opener(file);
  const child = found === null ? null : startProgram(...found, { stdio: "ignore", detached: true, windowsHide: true });
  child?.on("error", () => undefined);
  child?.unref();
  return () => rmSync(file, { force: true });
}
