/**
 * What the frame is drawn with stands in the page itself, so that it is on the screen after one answer of the host: the style sheet, and
 * a script that runs before anything else. The console's own scripts are only named; the one in the page asks for them once the frame
 * has been drawn, because reading and compiling half a megabyte takes the core that draws.
 */
import path from "node:path";
import { build, type InlineConfig, type Plugin, type Rolldown } from "vite";
import { replaced } from "./drawn-frame.ts";

/** Minified code of the script that runs ahead, as a classic script. */
async function builtAhead(config: InlineConfig & { readonly root: string }): Promise<string> {
  const built = await build({
    ...config,
    build: { write: false, target: "es2024", rolldownOptions: { input: path.join(config.root, "renderer/ahead.ts"), output: { format: "iife" } } },
  });
  const [script] = [built].flat().flatMap((result) => ("output" in result ? result.output : []));
  if (script?.type !== "chunk") throw new Error("Nothing was built from renderer/ahead.ts.");
  return script.code;
}

/** An element of the page with this text in it. Throws where the text would end the element. */
export function element(name: "script" | "style", text: string): string {
  if (text.toLowerCase().includes(`</${name}`)) throw new Error(`What is to stand in the page's <${name}> has its end in it.`);
  return `<${name}>${text}</${name}>`;
}

/** The page with its one style sheet and the script that runs ahead inside, and the console's scripts named for that script to load. */
export function withFrameAtOnce(html: string, ahead: string, styles: string): string {
  const named = html.replaceAll(/<link rel="modulepreload" crossorigin href="([^"]+)">/g, '<meta name="script" content="$1">');
  const started = replaced(named, /<script type="module" crossorigin src="([^"]+)"><\/script>/, (_script, source) => `<meta name="console" content="${source}">`);
  const styled = replaced(started, /<link rel="stylesheet" crossorigin href="[^"]+">/, () => element("style", styles));
  return replaced(styled, /<\/head>/, () => `  ${element("script", ahead)}\n  </head>`);
}

/** Takes the page's style sheet out of what is written beside it. */
function onlyStyles(bundle: Rolldown.OutputBundle): string {
  const [sheet, ...others] = Object.values(bundle).filter(({ fileName }) => fileName.endsWith(".css"));
  if (sheet?.type !== "asset" || others.length > 0) throw new Error("The page has one style sheet.");
  delete bundle[sheet.fileName];
  return typeof sheet.source === "string" ? sheet.source : new TextDecoder().decode(sheet.source);
}

/** Puts both into the page. `config` is what everything of the product is built with. */
export function frameAtOnce(config: InlineConfig & { readonly root: string }): Plugin {
  return {
    name: "frame-at-once",
    transformIndexHtml: {
      order: "post",
      handler: async (html, { bundle }) => withFrameAtOnce(html, await builtAhead(config), onlyStyles(bundle ?? {})),
    },
  };
}
