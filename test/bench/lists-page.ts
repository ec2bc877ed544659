/** What a page of the benchmark of long lists is looked at with: when data came, when the first row of it was painted, what went over the wire. */
import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** Waits for data that holds a text, or for nothing but the row, and for the row with it. Answers the milliseconds between. */
    firstPaint(awaited: Awaited): Promise<number>;
    /** Of what the page before this one left to be waited for. */
    afterReload?: Promise<number>;
    /** Asks the peer's page for a list. */
    askPlain(name: string): void;
  }
}

export interface Awaited {
  /** A text of the message with the list; null where the page has the list already: then the time begins at once. */
  readonly message: string | null;
  /** A selector for what a row's text stands in, and a text that the row must hold. */
  readonly cell: string;
  readonly row: string;
}

/** Runs in the page before its own scripts. */
function watchFromWithin(): void {
  const heard = new Set<(data: string) => void>();
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("message", ({ data }) => {
        for (const listener of heard) listener(String(data));
      });
    }
  };
  window.firstPaint = ({ message, cell, row }) =>
    new Promise((resolve) => {
      const follow = (since: number) => {
        const look = () => {
          const isThere = [...document.querySelectorAll(cell)].some(({ textContent }) => textContent.includes(row));
          // A frame's callbacks come before it is painted: what stands there now is on the screen by the next frame's.
          requestAnimationFrame(isThere ? () => resolve(performance.now() - since) : look);
        };
        requestAnimationFrame(look);
      };
      if (message === null) {
        follow(performance.now());
        return;
      }
      const listener = (data: string) => {
        if (!data.includes(message)) return;
        heard.delete(listener);
        follow(performance.now());
      };
      heard.add(listener);
    });
  const left = sessionStorage.getItem("awaited");
  sessionStorage.removeItem("awaited");
  if (left !== null) window.afterReload = window.firstPaint(JSON.parse(left));
}

export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(watchFromWithin);
}

/** Milliseconds from the awaited data to the row on the screen; `begin` has the data sent. */
export async function firstPaint(page: Page, awaited: Awaited, begin: () => Promise<unknown>): Promise<number> {
  const painted = page.evaluate((sought) => window.firstPaint(sought), awaited);
  await begin();
  return painted;
}

/** Milliseconds from the awaited data to the row on the screen, in a page that is read anew. */
export async function firstPaintAnew(page: Page, awaited: Awaited): Promise<number> {
  await page.evaluate((sought) => sessionStorage.setItem("awaited", JSON.stringify(sought)), awaited);
  await page.reload();
  return page.evaluate(() => window.afterReload ?? Promise.reject(new Error("nothing was waited for")));
}

/** Waits until one of what is found holds a text, a text box in its value. */
export async function shown(page: Page, selector: string, text: string): Promise<void> {
  const isShown = ({ selector: sought, text: held }: { readonly selector: string; readonly text: string }) =>
    [...document.querySelectorAll(sought)].some((element) => (element instanceof HTMLInputElement ? element.value === held : element.textContent.includes(held)));
  await page.waitForFunction(isShown, { selector, text }, { polling: "raf" });
}
