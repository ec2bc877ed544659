/** Scrolls to what a button has just brought up, when too little of it can be seen. The focus stays where it is. */

/** Share of the window's height below which the beginning of something counts as out of sight. */
const TOO_LOW = 0.7;

export function bringIntoSight(element: HTMLElement | null): void {
  if (element === null || element.childElementCount === 0) return;
  if (element.getBoundingClientRect().top > window.innerHeight * TOO_LOW) element.scrollIntoView({ block: "start" });
}
