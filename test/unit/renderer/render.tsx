/** Renders a component with Fluent's provider under jsdom. */
import { FluentProvider, webLightTheme } from "@fluentui/react-components";
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { readFileSync } from "node:fs";
import path from "node:path";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
// jsdom has neither of these; Fluent asks for both.
Object.assign(globalThis, {
  ResizeObserver: class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
});
if (typeof window !== "undefined") {
  // Nothing has a place in jsdom.
  Element.prototype.scrollTo = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
  window.matchMedia ??= (media: string) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener() {}, removeListener() {} });
}

/** The live regions of the page itself, which stand beside what is rendered. */
const regions = /<div class="spoken"[^>]*>[\s\S]*?<\/div>\s*<\/div>/.exec(readFileSync(path.resolve(import.meta.dirname, "../../../renderer/index.html"), "utf8"));
document.body.insertAdjacentHTML("beforeend", regions?.[0] ?? "");

/** What a screen reader was given to say lately, in its order. */
export function spoken(urgency: "polite" | "assertive"): readonly string[] {
  return [...document.querySelectorAll(`[aria-live="${urgency}"][data-announces] p`)].map((line) => line.textContent);
}

/** Forgets what was said. */
export function hush(): void {
  for (const line of document.querySelectorAll("[data-announces] p")) line.remove();
}

export interface Rendered {
  readonly host: HTMLElement;
  button(name: string | RegExp): HTMLButtonElement;
  /** Draws something else in its place, as React does when its properties change. */
  again(node: ReactNode): Promise<void>;
  unmount(): void;
}

function nameOf(element: Element): string {
  return element.getAttribute("aria-label") ?? element.textContent;
}

export function findButton(name: string | RegExp): HTMLButtonElement {
  const matches = (text: string) => (typeof name === "string" ? text === name : name.test(text));
  const found = [...document.querySelectorAll<HTMLButtonElement>("button, [role='button'], [role='menuitem']")].find((button) => matches(nameOf(button)));
  if (found === undefined) throw new Error(`no button ${String(name)} among ${[...document.querySelectorAll("button")].map(nameOf).join(" | ")}`);
  return found;
}

export async function render(node: ReactNode): Promise<Rendered> {
  const host = document.body.appendChild(document.createElement("div"));
  const root = createRoot(host);
  const draw = (drawn: ReactNode) => act(async () => root.render(<FluentProvider theme={webLightTheme}>{drawn}</FluentProvider>));
  await draw(node);
  return {
    host,
    button: findButton,
    again: draw,
    unmount() {
      act(() => root.unmount());
      host.remove();
    },
  };
}

export async function click(element: HTMLElement): Promise<void> {
  await act(async () => element.click());
}

/** Types as a person does: through the native setter, so that React hears it. */
export async function type(element: HTMLInputElement | HTMLTextAreaElement, text: string): Promise<void> {
  const prototype = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  await act(async () => {
    Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(element, text);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
