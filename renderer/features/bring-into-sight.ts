/** Scrolls to what a button has just brought up, when too little of it can be seen. The focus stays where it is. */
import type { RefObject } from "react";
import { pressOver } from "../host/pressing.ts";

/** Share of the window's height below which the beginning of something counts as out of sight. */
const TOO_LOW = 0.7;

/** Once it is drawn, and not from under the pointer of whoever has pressed the next thing meanwhile. */
export function bringIntoSight(brought: RefObject<HTMLElement | null>): void {
  requestAnimationFrame(() => void pressOver().then(() => scrollTo(brought.current)));
}

function scrollTo(element: HTMLElement | null): void {
  if (element === null || element.childElementCount === 0) return;
  if (element.getBoundingClientRect().top > window.innerHeight * TOO_LOW) element.scrollIntoView({ block: "start" });
}
