/**
 * The window's frame with the first page's heading, drawn by the build: it stands in the page's HTML, so that a person sees it before
 * any script has been read. React draws the same in its place as soon as it runs.
 */
import path from "node:path";
import type { ComponentType } from "react";
import { runnerImport, type InlineConfig, type Plugin } from "vite";

export interface DrawnFrame {
  readonly markup: string;
  readonly styles: string;
  /** What is said where the console never comes. */
  readonly unloaded: string;
}

/** Griffel's kinds of rules for what nobody points at and what has no focus: of resets, plain ones, those for media. */
const LOOKS: ReadonlySet<string> = new Set(["r", "d", "m"]);

/** Nothing in it can be used before React has drawn it, and nothing takes the focus, which would be lost with it. */
function asPicture(markup: string): string {
  return markup
    .replaceAll(/<style[^>]*>[^]*?<\/style>/g, "")
    .replaceAll(/ tabindex="-?\d+"/g, "")
    .replaceAll(/<(header|nav) /g, "<$1 inert ")
    .replace("<div ", "<div data-drawn ");
}

/** The rules of classes that stand in the markup. */
function stylesOf(markup: string, styles: string): string {
  const classes = new Set([...markup.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(" ")));
  const isUsed = (rule: string) => [...rule.matchAll(/\.([\w-]+)(?=[^{}]*\{)/g)].some(([, name = ""]) => classes.has(name));
  const rules = styles.match(/@[^{]+\{(?:[^{}]+\{[^{}]*\})*\}|[^{}@]+\{[^{}]*\}/g) ?? [];
  return rules.filter((rule) => isUsed(rule) && !/:(?:hover|active|focus)/.test(rule)).join("\n");
}

/** Draws it from the sources in `root`. `NODE_ENV` says "production" by then: Griffel's classes have other names otherwise. */
export async function drawFrame(root: string, config: InlineConfig): Promise<DrawnFrame> {
  const [fluent, { createElement }, { renderToStaticMarkup }] = await Promise.all([import("@fluentui/react-components"), import("react"), import("react-dom/server")]);
  // What the page's modules look at while they are read; Fluent is told by its absence that nothing listens.
  Object.assign(globalThis, { document: { documentElement: { dataset: {} } } });
  const { module } = await runnerImport<{ App: ComponentType<{ state: string }> }>(path.join(root, "renderer/shell/app.tsx"), config);
  const { module: texts } = await runnerImport<{ say(key: string): string }>(path.join(root, "renderer/text/text.ts"), config);
  Reflect.deleteProperty(globalThis, "document");
  const renderer = fluent.createDOMRenderer();
  const drawing = { renderer, children: createElement(module.App, { state: "opening" }) };
  const markup = asPicture(renderToStaticMarkup(createElement(fluent.RendererProvider, drawing)));
  const sheets = renderToStaticMarkup(createElement("div", null, fluent.renderToStyleElements(renderer))).matchAll(/<style [^>]*bucket="(\w)"[^>]*>([^]*?)<\/style>/g);
  const styles = [...sheets].filter(([, kind = ""]) => LOOKS.has(kind)).map(([, , rules]) => rules);
  return { markup, styles: stylesOf(markup, styles.join("\n")), unloaded: texts.say("shell.unloaded") };
}

/** Replaces what must stand in the page: without it the page would open to nothing, and no build would say so. */
export function replaced(html: string, what: RegExp, by: (whole: string, group: string) => string): string {
  if (!what.test(html)) throw new Error(`${String(what)} is not in the page.`);
  return html.replace(what, by);
}

/** Puts it into the page's root element, the words beside it, and its rules in front of the style sheet that is called `page.css`. */
export function frameInPage(draw: () => Promise<DrawnFrame>): Plugin {
  let drawn: Promise<DrawnFrame> | null = null;
  const frame = () => (drawn ??= draw());
  return {
    name: "frame-in-page",
    enforce: "pre",
    transform: async (code, id) => (id.endsWith("/renderer/shell/page.css") ? (await frame()).styles + code : null),
    transformIndexHtml: async (html) => {
      const { markup, unloaded } = await frame();
      const framed = replaced(html, /<div id="root"><\/div>/, () => `<div id="root">${markup}</div>`);
      return replaced(framed, /(<p class="unloaded"[^>]*>)<\/p>/, (_whole, begin) => `${begin}${unloaded}</p>`);
    },
  };
}
