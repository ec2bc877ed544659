/** Panes of the window, for F6: marked with `data-pane`, walked in the order of the document. */

const FOCUSABLE = "a[href]:not([data-skip]), button:not([disabled]), input:not([disabled]), select, textarea, [tabindex='0']";

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0 && element.closest("[data-tabster-dummy]") === null;
}

function enter(pane: HTMLElement): boolean {
  const marked = pane.querySelector<HTMLElement>("[aria-current='page']");
  const first = marked ?? [...pane.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isShown);
  (first ?? pane).focus();
  return pane.contains(document.activeElement);
}

/** Moves the focus into the next pane, or into the one before; past the last it begins again. */
export function cyclePanes(backwards: boolean): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(isShown);
  const step = backwards ? -1 : 1;
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const start = here === -1 && backwards ? 0 : here;
  for (let offset = 1; offset <= panes.length; offset += 1) {
    const pane = panes[(start + step * offset + panes.length * 2) % panes.length];
    if (pane !== undefined && enter(pane)) return;
  }
}

/**
 * After navigation: in a list the row that the person comes back from, else the page's title, or the page itself while its title
 * is not there yet. In a small window, where all of it scrolls, its page begins at the top.
 */
export function focusPage(): void {
  const main = document.querySelector<HTMLElement>("main");
  main?.scrollTo(0, 0);
  main?.scrollIntoView({ block: "start" });
  const row = main?.querySelector<HTMLElement>("[data-arrival][tabindex='0'], [data-arrival] [tabindex='0']");
  if (row) row.focus();
  else (main?.querySelector<HTMLElement>("h1[tabindex]") ?? main)?.focus({ preventScroll: true });
}
