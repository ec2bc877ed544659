/**
 * Scrolls what has the focus out from under what lies over the page (WCAG 2.4.11): notices come without being asked for, and a
 * bar at the bottom stays. What covers is marked with `data-covers`.
 */
export function uncoverFocus(): void {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || active === document.body || typeof document.elementFromPoint !== "function") return;
  const { left, top, width, height } = active.getBoundingClientRect();
  const cover = document.elementFromPoint(left + width / 2, top + height / 2)?.closest("[data-covers]") ?? null;
  if (cover !== null && !cover.contains(active)) active.scrollIntoView({ block: "center" });
}
