/** What the page's first files may hold: whatever stands in them, a person waits for before anything is drawn. */
import type { Plugin, Rolldown } from "vite";

/** Bytes of all of them together, minified. React is two fifths of it. */
const LIMIT_BYTES = 501_000;

/** By the beginning of their names. Dialogs, menus, tables, notices and forms come with what needs them; schemas are main's. */
const PACKAGES: readonly string[] = [
  "react",
  "react-dom",
  "scheduler",
  "zustand",
  "@orpc/",
  // Fluent's frame: the provider, buttons, hints and banners, with what draws and places them.
  "@griffel/",
  "@emotion/hash",
  "stylis",
  "rtl-css-js",
  "@floating-ui/",
  "keyborg",
  "@fluentui/keyboard-keys",
  "@fluentui/react-aria",
  "@fluentui/react-button",
  "@fluentui/react-icons",
  "@fluentui/react-jsx-runtime",
  "@fluentui/react-link",
  "@fluentui/react-message-bar",
  "@fluentui/react-motion",
  "@fluentui/react-portal",
  "@fluentui/react-positioning",
  "@fluentui/react-provider",
  "@fluentui/react-shared-contexts",
  "@fluentui/react-tabster",
  "@fluentui/react-tooltip",
  "@fluentui/react-utilities",
  "@fluentui/tokens",
];

function packageOf(module: string): string | null {
  const inside = module.split("/node_modules/").at(-1);
  if (inside === undefined || inside === module) return null;
  const [scope = "", name = ""] = inside.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

function mayStand(name: string): boolean {
  return PACKAGES.some((known) => (known.endsWith("/") ? name.startsWith(known) : name === known));
}

/** A file of the page, with the modules it was made from. */
export interface FirstFile {
  readonly code: string;
  readonly modules: readonly string[];
}

/** Why the first files are more than a person should wait for; empty when they are not. */
export function tooMuch(files: readonly FirstFile[]): readonly string[] {
  const packages = new Set(files.flatMap(({ modules }) => modules.flatMap((module) => packageOf(module) ?? [])));
  const bytes = files.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
  return [
    ...[...packages].filter((name) => !mayStand(name)).map((name) => `${name} stands in the page's first files: load it with what needs it (renderer/ui/later.ts)`),
    ...(bytes > LIMIT_BYTES ? [`the page's first files have ${bytes} bytes, more than ${LIMIT_BYTES}: see what slipped in, and load it later`] : []),
  ];
}

/** The entry and every file that it imports before it runs. */
function firstFiles(bundle: Rolldown.OutputBundle): readonly FirstFile[] {
  const found = new Map<string, FirstFile>();
  const add = (name: string) => {
    const chunk = bundle[name];
    if (chunk?.type !== "chunk" || found.has(name)) return;
    const modules = Object.entries(chunk.modules).flatMap(([module, { renderedLength }]) => (renderedLength > 0 ? [module] : []));
    found.set(name, { code: chunk.code, modules });
    for (const imported of chunk.imports) add(imported);
  };
  for (const chunk of Object.values(bundle)) if (chunk.type === "chunk" && chunk.isEntry) add(chunk.fileName);
  return [...found.values()];
}

/** Fails a build whose first files are too much. */
export const firstViewInBounds: Plugin = {
  name: "first-view-in-bounds",
  generateBundle: {
    order: "post",
    handler(_options, bundle) {
      const reasons = tooMuch(firstFiles(bundle));
      if (reasons.length > 0) this.error(reasons.join("\n"));
    },
  },
};
