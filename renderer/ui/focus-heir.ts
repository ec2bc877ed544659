/** Where the focus was, and what stands there now: for when what had the focus is gone. */

const FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]";
/** Nothing outside these is a sensible next place for what was inside. */
const BOUNDS = "main, nav, header, aside, [data-pane], [role='dialog'], [role='alertdialog']";

/**
 * An element with each element around it, nearest first, and how many places in it came before. Nothing is kept alive by it:
 * a box that is gone takes what was typed into it along.
 */
export interface Standing {
  readonly element: WeakRef<HTMLElement>;
  readonly around: readonly { readonly element: WeakRef<Element>; readonly before: number }[];
}

/** Whether it can have the focus as the page stands. What a modal dialog hides can: that is how the focus comes back from it. */
export function canHaveFocus(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(":disabled") && element.closest("[inert]") === null && isDrawn(element);
}

/** Browsers of tests that draw nothing have no such question. */
function isDrawn(element: Element): boolean {
  return typeof element.checkVisibility !== "function" || element.checkVisibility({ visibilityProperty: true });
}

/** Those the Tab key reaches, and those among which arrow keys lead. */
function isPlace(element: HTMLElement): boolean {
  if (element.matches(":disabled, [data-tabster-dummy]")) return false;
  return element.tabIndex >= 0 || element.closest("[role='menu'], [role='grid'], [role='radiogroup']") !== null;
}

function placesIn(element: Element): readonly HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isPlace);
}

/** Remembers where an element stands. Elements around it are kept up to the nearest bound, so that what follows it can be found. */
export function standingOf(element: HTMLElement): Standing {
  const bound = element.closest(BOUNDS) ?? document.body;
  const places = placesIn(bound);
  const index = places.findIndex((place) => place === element || (place.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0);
  const at = index === -1 ? places.length : index;
  const around: Standing["around"][number][] = [];
  let first = at;
  for (let outer = element.parentElement; outer !== null && outer !== document.body && bound.contains(outer); outer = outer.parentElement) {
    while (first > 0 && outer.contains(places[first - 1] ?? null)) first -= 1;
    around.push({ element: new WeakRef(outer), before: at - first });
  }
  return { element: new WeakRef(element), around };
}

/**
 * What is to have the focus in its stead: itself while it can; else what follows in the nearest surviving part of the page, or
 * precedes where nothing follows; else the page's title or the dialog. Null where nothing around it is left.
 */
export function heirOf({ element, around }: Standing): HTMLElement | null {
  const self = element.deref();
  if (self !== undefined && canHaveFocus(self)) return self;
  for (const { element: kept, before } of around) {
    const outer = kept.deref();
    if (outer?.isConnected !== true) continue;
    if (outer.matches("main")) return headOf(outer);
    const places = placesIn(outer).filter(canHaveFocus);
    const heir = places[Math.min(before, places.length - 1)];
    if (heir !== undefined) return heir;
    if (outer instanceof HTMLElement && outer.matches("[role='dialog'], [role='alertdialog']")) return outer;
  }
  return null;
}

function headOf(main: Element): HTMLElement | null {
  return main.querySelector<HTMLElement>("h1[tabindex]") ?? (main instanceof HTMLElement ? main : null);
}
