/**
 * Nothing that has the focus is removed unasked: what is taken away or closed under it hands it on to what stands in its place.
 * Browsers let it fall to the body, where no key leads anywhere and a screen reader begins the page anew.
 */
import { canHaveFocus, heirOf, standingOf, type Standing } from "./focus-heir.ts";
import { uncoverFocus } from "./uncover-focus.ts";

/** Longer than any way back through menus and dialogs. */
const DEPTH = 16;

/** Where the focus was, newest last. */
let trail: readonly Standing[] = [];
/** What has the focus, or had it when it was lost; null once a person let go of it. */
let held: WeakRef<HTMLElement> | null = null;
let due: ReturnType<typeof setTimeout> | undefined;

function remember({ target }: FocusEvent): void {
  if (!(target instanceof HTMLElement) || target.matches("[data-tabster-dummy]")) return;
  held = new WeakRef(target);
  // The browser scrolls once everyone has heard of the focus.
  setTimeout(uncoverFocus);
  trail = [...trail.filter(({ element }) => element.deref() !== target), standingOf(target)].slice(-DEPTH);
}

const isNowhere = (element: Element | null) => element === null || element === document.body;

function isLost(): boolean {
  if (held === null) return false;
  const [active, element] = [document.activeElement, held.deref()];
  if (element === undefined) return isNowhere(active);
  return (isNowhere(active) || active === element) && !canHaveFocus(element);
}

/** After everyone else had the chance to place it: the screen that changed knows best. */
function check(): void {
  due = undefined;
  if (isLost()) heir()?.focus();
  // A click on empty ground: there is nothing to keep.
  else if (isNowhere(document.activeElement)) held = null;
}

/** The newest place that has an heir. */
function heir(): HTMLElement | null {
  for (const standing of trail.toReversed()) {
    const found = heirOf(standing);
    if (found !== null) return found;
  }
  return document.querySelector<HTMLElement>("main h1[tabindex], main");
}

function checkSoon(): void {
  due ??= setTimeout(check);
}

/** Keeps the focus in the page until the returned function is called. One at a time. */
export function keepFocus(): () => void {
  // Looks at the focused element alone: rows that come and go elsewhere cost nothing.
  const observer = new MutationObserver(() => {
    const element = held?.deref();
    if (held !== null && (element?.isConnected !== true || element.matches(":disabled")) && isLost()) checkSoon();
  });
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  document.addEventListener("focusin", remember);
  document.addEventListener("focusout", checkSoon);
  return () => {
    observer.disconnect();
    document.removeEventListener("focusin", remember);
    document.removeEventListener("focusout", checkSoon);
    clearTimeout(due);
    due = undefined;
    held = null;
    trail = [];
  };
}

/**
 * Gives the focus back to where it was before it came into `surface`, a dialog that closes; or to what stands there now. Where
 * the focus has already gone elsewhere it stays.
 */
export function giveFocusBack(surface: Element): void {
  trail = trail.filter(({ element, around }) => element.deref() !== surface && !around.some((outer) => outer.element.deref() === surface));
  const active = document.activeElement;
  if (isNowhere(active) || surface.contains(active)) heir()?.focus();
}
