/** The second click of a double click belongs to what the first one hit, and not to what has come into its place meanwhile. */

const PRESSED = "button, a[href], input, [role=button], [role=menuitem], [role=option], [role=tab]";

/** Ignores second clicks on another control than the first. The returned function stops. */
export function ignoreSecondClicks(): () => void {
  let first: Element | null = null;
  const hear = (event: MouseEvent) => {
    const control = event.target instanceof Element ? event.target.closest(PRESSED) : null;
    // The browser counts clicks that follow one another in one place; the keyboard's count as none.
    if (event.detail <= 1) first = control;
    else if (control !== null && control !== first) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  window.addEventListener("click", hear, { capture: true });
  return () => window.removeEventListener("click", hear, { capture: true });
}
