/**
 * What a screen reader says without the focus moving there. The two live regions stand in the page from its start, because a
 * region that comes with its text is not read out everywhere, and beside the console, because a modal dialog hides that.
 */
import { useEffect } from "react";

/** Polite waits until the screen reader is idle; assertive is for what failed. */
export type Urgency = "polite" | "assertive";

/** Within this time the same text is the same news, in milliseconds. */
const MOMENT_MS = 1_000;
/** How long a text stays to be read, in milliseconds; whoever walks the page later finds nothing old. */
const KEPT_MS = 5_000;

const since = new WeakMap<Element, number>();

/** Says a text once. Several in one moment are all said, in their order. */
export function announce(text: string, urgency: Urgency = "polite"): void {
  const region = document.querySelector(`[data-announces="${urgency}"]`);
  const now = Date.now();
  const lines = [...document.querySelectorAll("[data-announces] > p")];
  const isSaid = lines.some((line) => line.textContent === text && now - (since.get(line) ?? 0) < MOMENT_MS);
  if (region === null || text === "" || isSaid) return;
  const line = document.createElement("p");
  line.textContent = text;
  since.set(line, now);
  region.append(line);
  setTimeout(() => line.remove(), KEPT_MS);
}

/** Says a text when it appears, and again when it changes; null says nothing. */
export function useAnnounced(text: string | null, urgency: Urgency = "polite"): void {
  useEffect(() => {
    if (text !== null) announce(text, urgency);
  }, [text, urgency]);
}
