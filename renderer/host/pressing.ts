/**
 * What is pressed is what is let go of. A browser gives a click to what lies under the pointer at both ends of it: an answer that changes
 * the height of something above in between would take the click from whoever made it. What main says therefore waits for the end of a press.
 */

/** Milliseconds after which nothing waits any longer: a press that long is a drag, or its end was not heard. */
const LONGEST_MS = 2_000;

/** The press that is under way. */
let press: { readonly over: Promise<void>; readonly end: () => void } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Resolves when nothing is pressed. */
export function pressOver(): Promise<void> {
  return press?.over ?? Promise.resolve();
}

function begin(): void {
  if (press === null) {
    const { promise, resolve } = Promise.withResolvers<void>();
    press = { over: promise, end: resolve };
  }
  clearTimeout(timer);
  timer = setTimeout(end, LONGEST_MS);
}

function end(): void {
  clearTimeout(timer);
  press?.end();
  press = null;
}

/** The click comes after the pointer's last event. */
function endAfterClick(): void {
  clearTimeout(timer);
  timer = setTimeout(end);
}

/** Watches the pointer until the returned function is called. */
export function watchPresses(): () => void {
  const heard = { pointerdown: begin, pointerup: endAfterClick, pointercancel: endAfterClick };
  for (const [event, hear] of Object.entries(heard)) window.addEventListener(event, hear, { capture: true });
  return () => {
    for (const [event, hear] of Object.entries(heard)) window.removeEventListener(event, hear, { capture: true });
    end();
  };
}
