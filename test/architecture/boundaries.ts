/**
 * Who may import whom. Every file belongs to a room; every import must be named by the room's row, or it is an error.
 * Used by the lint rule (house-plugin.ts), which runs in `npm run lint`.
 */
import path from "node:path";

export interface Room {
  /** Folder below the root, or a file; `*` stands for any one folder. The longest that fits a file decides. */
  readonly folder: string;
  /** Folders it may import from, besides itself. */
  readonly imports: readonly string[];
  /** Packages, `node:` for Node's own modules, `*` for any package but electron. */
  readonly packages: readonly string[];
  /** Holds only the files right in the folder: a new folder in it needs a row of its own. */
  readonly filesOnly?: true;
}

const shared = ["shared"];
const providerRoom = ["main/providers/provider.ts", "main/providers/later-run.ts", "main/powershell/types.ts", "main/network", "main/certificates/opened.ts", "main/directory/types.ts", "main/directory/gather.ts", "main/pause.ts", "shared"];

/** The house, room by room. */
export const rooms: readonly Room[] = [
  { folder: "shared", imports: [], packages: ["zod"] },
  { folder: "shared/contract", imports: shared, packages: ["zod", "@orpc/contract"] },
  { folder: "shared/channel.ts", imports: [], packages: [] },

  { folder: "renderer", imports: shared, packages: ["react", "react-dom", "@fluentui/react-components", "@fluentui/react-icons", "zustand"] },
  { folder: "renderer/host", imports: ["shared"], packages: ["@orpc/client", "@orpc/contract"] },
  { folder: "renderer/stores", imports: ["shared", "renderer/host"], packages: ["zustand"] },
  { folder: "renderer/text", imports: ["shared"], packages: [] },
  {
    folder: "renderer/ui",
    imports: ["shared", "renderer/text"],
    packages: ["react", "react-dom", "@fluentui/react-components", "@fluentui/react-icons", "@tanstack/react-virtual"],
  },
  {
    folder: "renderer/features",
    imports: ["shared", "renderer/host", "renderer/stores", "renderer/text", "renderer/ui"],
    packages: ["react", "@fluentui/react-components", "@fluentui/react-icons", "zustand", "react-hook-form", "ical-generator", "csv-stringify"],
  },

  { folder: "preload", imports: ["shared/channel.ts"], packages: ["electron"] },

  { folder: "main", imports: ["main", "shared"], packages: ["node:"], filesOnly: true },
  { folder: "main/router", imports: ["main/services/index.ts", "main/ports.ts", "main/feed.ts", "shared"], packages: ["@orpc/server", "@orpc/contract", "node:"] },
  {
    folder: "main/services",
    imports: [
      "main/monitor",
      "main/mail-objects",
      "main/jobs",
      "main/mail",
      "main/handover",
      "main/diagnostics",
      "main/aliases/listed.ts",
      "main/providers/provider.ts",
      "main/certificates/opened.ts",
      "main/directory/types.ts",
      "main/powershell/types.ts",
      "main/store/types.ts",
      "main/ports.ts",
      "main/decode-text.ts",
      "main/feed.ts",
      "main/gathering.ts",
      "main/holding.ts",
      "main/listeners.ts",
      "main/pause.ts",
      "shared",
    ],
    packages: ["node:"],
  },
  {
    folder: "main/mail-objects",
    imports: ["main/providers/provider.ts", "main/directory/types.ts", "main/directory/distinguished-name.ts", "main/store/types.ts", "main/ports.ts", "main/decode-text.ts", "main/holding.ts", "main/pause.ts", "shared"],
    packages: ["csv-parse", "@sindresorhus/transliterate"],
  },
  {
    folder: "main/jobs",
    imports: ["main/workers.ts", "main/decode-text.ts", "main/handover/recipient.ts", "main/handover/sealing.ts", "main/store/files.ts", "main/store/storage-faults.ts", "shared"],
    packages: ["node:", "jsonata", "croner", "@sindresorhus/transliterate", "csv-parse", "csv-stringify", "read-excel-file", "fast-xml-parser", "yazl", "zod"],
  },
  { folder: "main/policy", imports: ["main/ports.ts", "main/programs.ts", "main/decode-text.ts", "shared"], packages: ["node:"] },
  { folder: "main/network", imports: ["main/ports.ts", "shared"], packages: ["node:", "proxy-from-env", "dns-packet", "zod"] },
  { folder: "main/mail", imports: ["main/network", "main/ports.ts", "shared"], packages: ["node:", "nodemailer"] },
  { folder: "main/providers", imports: ["main/providers", "main/certificates/opened.ts", "main/directory/types.ts", "main/powershell/types.ts", "main/ports.ts", "shared"], packages: ["zod"], filesOnly: true },
  { folder: "main/providers/*", imports: providerRoom, packages: ["zod"] },
  { folder: "main/providers/office365", imports: providerRoom, packages: ["zod", "node:", "@azure/msal-node"] },
  { folder: "main/providers/google-workspace", imports: providerRoom, packages: ["zod", "node:", "@googleapis/admin", "google-auth-library"] },
  { folder: "main/directory", imports: ["main/ports.ts", "main/network", "shared"], packages: ["node:", "ldapts", "dns-packet", "zod"] },
  { folder: "main/monitor", imports: ["main/ports.ts", "main/feed.ts", "main/guard.ts", "shared"], packages: ["node:"] },
  { folder: "main/handover", imports: ["main/workers.ts", "main/decode-text.ts", "shared"], packages: ["node:", "age-encryption", "@noble/ciphers", "canonicalize", "@scure/bip39", "zod"] },
  { folder: "main/diagnostics", imports: [], packages: ["node:", "yazl"] },
  { folder: "main/certificates", imports: ["main/ports.ts", "main/workers.ts", "shared"], packages: ["node:", "pkijs", "asn1js", "node-forge"] },
  { folder: "main/aliases", imports: ["main/ports.ts", "main/workers.ts", "main/decode-text.ts", "main/powershell", "shared"], packages: ["node:", "csv-parse"] },
  { folder: "main/powershell", imports: ["main/ports.ts", "main/programs.ts", "shared"], packages: ["node:", "node-powershell"] },
  { folder: "main/store", imports: ["main/ports.ts", "main/guard.ts", "main/listeners.ts", "shared"], packages: ["node:", "zod"] },
  { folder: "main/store/postgres", imports: ["main/store", "main/network", "main/ports.ts", "main/guard.ts", "shared"], packages: ["node:", "pg"] },
  { folder: "main/practice", imports: ["main/ports.ts", "main/listeners.ts", "main/powershell/types.ts", "shared"], packages: ["node:", "zod", "ldapts", "pkijs", "asn1js", "node-forge", "smtp-server"] },
  // Hosts say things to people outside the page: the sentences are the page's own.
  { folder: "main/hosts", imports: ["main", "shared", "renderer/text"], packages: ["node:", "zod", "ws", "@humanwhocodes/momoa", "leven", "csv-stringify", "@orpc/server", "@orpc/client", "@orpc/contract", "conf"] },
  { folder: "main/hosts/electron", imports: ["main", "shared", "renderer/text"], packages: ["node:", "zod", "electron", "electron-store", "@orpc/server"] },

  { folder: "vitest.config.ts", imports: ["test/lab/find-postgres.ts", "test/team/files.ts"], packages: ["vitest"] },
  { folder: "playwright.config.ts", imports: [], packages: ["@playwright/test"] },
  { folder: "build", imports: ["shared", "renderer/text/english/policies.ts"], packages: ["node:", "*"] },
  { folder: "test", imports: ["main", "renderer", "preload", "shared", "build"], packages: ["node:", "*", "electron"] },
];

/** The folder with each `*` replaced by the folder that `file` has in its place. A row with a name comes after the row with the `*`. */
function concrete(folder: string, file: string): string {
  const parts = file.split("/");
  return folder
    .split("/")
    .map((part, index) => (part === "*" && index < parts.length - 1 ? (parts[index] ?? part) : part))
    .join("/");
}

/** The room of a path relative to the root, or null for a file that no room holds. */
export function roomOf(file: string, table: readonly Room[] = rooms): Room | null {
  const holds = (room: Room) =>
    file === room.folder || (room.filesOnly ? path.posix.dirname(file) === room.folder : file.startsWith(`${room.folder}/`));
  return table
    .map((room) => ({ ...room, folder: concrete(room.folder, file) }))
    .filter(holds)
    .reduce<Room | null>((best, room) => (best === null || room.folder.length >= best.folder.length ? room : best), null);
}

/** The name of a package as rows have it. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return "node:";
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}

/**
 * Why `file` (relative to the root, with forward slashes) may not import `specifier`, or null when it may.
 * An import that no row names is refused: silence is not consent.
 */
export function refusal(file: string, specifier: string): string | null {
  const room = roomOf(file);
  if (room === null) return `${file} is in no room of test/architecture/boundaries.ts`;
  if (!specifier.startsWith(".")) {
    const name = packageOf(specifier);
    const allowed = room.packages.includes(name) || (room.packages.includes("*") && name !== "electron");
    return allowed ? null : `${room.folder} may not import the package ${name}`;
  }
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)).replace(/\?.*$/, "");
  const own = target === room.folder || target.startsWith(`${room.folder}/`);
  const named = room.imports.some((folder) => target === folder || target.startsWith(`${folder}/`));
  const targetRoom = roomOf(target);
  if (targetRoom === null) return `${specifier} leads to no room of test/architecture/boundaries.ts`;
  // A room inside a room (a provider's folder, hosts/electron) is entered only by who names it or the room around it.
  return own || named ? null : `${room.folder} may not import from ${targetRoom.folder}`;
}
