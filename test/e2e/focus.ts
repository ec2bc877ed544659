/** Where the focus is, and whether a person at the keyboard can see it: WCAG 2.4.3, 2.4.7 and 2.4.11. */
import { expect, type Locator, type Page } from "@playwright/test";

/** More stops than any screen has. */
const STOPS = 150;

interface Stop {
  /** Null: the focus is nowhere. */
  readonly element: string | null;
  readonly isSeen: boolean;
  /** False where what had the focus before looks the same without it. */
  readonly wasMarked: boolean;
  readonly isSecondTime: boolean;
}

interface Walk {
  readonly seen: WeakSet<Element>;
  last: { readonly element: Element; readonly marked: string } | null;
}

/** Looks at what has the focus, in the page. What it finds of the stop before is compared with how that looks now. */
async function lookAtFocus(): Promise<Stop> {
  const memory: Window & { focusWalk?: Walk | undefined } = window;
  const walk = (memory.focusWalk ??= { seen: new WeakSet(), last: null });
  const appearance = (element: Element) => {
    const around = [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling, element.firstElementChild];
    return around
      .filter((part) => part !== null && part !== undefined)
      .flatMap((part) => ["", "::before", "::after"].map((pseudo) => getComputedStyle(part, pseudo === "" ? null : pseudo)))
      .map((style) => [style.outline, style.boxShadow, style.border, style.backgroundColor, style.textDecoration, style.transform, style.top].join(" "))
      .join("|");
  };
  const { last } = walk;
  const element = document.activeElement;
  const wasMarked = last === null || last.element === element || !last.element.isConnected || appearance(last.element) !== last.marked;
  if (element === null || element === document.body) {
    walk.last = null;
    return { element: null, isSeen: false, wasMarked, isSecondTime: false };
  }
  const isUncovered = () => {
    const box = element.getBoundingClientRect();
    const points = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.15, 0.85].map((y) => [box.left + box.width * x, box.top + box.height * y] as const));
    return points.some(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (element.contains(hit) || hit.contains(element) || hit.parentElement === element.parentElement);
    });
  };
  // What comes into sight by the focus itself is there with the next picture.
  for (let frame = 0; frame < 10 && !isUncovered(); frame += 1) await new Promise(requestAnimationFrame);
  const isSeen = isUncovered();
  const isSecondTime = walk.seen.has(element);
  walk.seen.add(element);
  walk.last = { element, marked: appearance(element) };
  return { element: `${element.tagName.toLowerCase()} ${element.getAttribute("aria-label") ?? element.textContent.slice(0, 60)}`, isSeen, wasMarked, isSecondTime };
}

/** Walks the screen with Tab, once around, and puts the focus back. Answers what is wrong with a stop. */
export async function tabFindings(page: Page): Promise<readonly string[]> {
  const findings: string[] = [];
  const start = await page.evaluateHandle(() => {
    Object.assign(window, { focusWalk: undefined });
    return document.activeElement;
  });
  let before = "the beginning";
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    const { element, isSeen, wasMarked, isSecondTime } = await page.evaluate(lookAtFocus);
    if (!wasMarked) findings.push(`${before} looks the same with the focus and without`);
    if (element === null) {
      // Past the last stop is the browser itself, and past that the first stop again.
      if (before === "nowhere") {
        findings.push("the focus stays nowhere");
        break;
      }
      before = "nowhere";
      continue;
    }
    if (isSecondTime) break;
    if (!isSeen) findings.push(`${element} has the focus and cannot be seen`);
    before = element;
  }
  await page.evaluate((element) => element instanceof HTMLElement && element.focus(), start);
  return findings;
}

/** After something was done: the focus is somewhere, and can be seen there. */
export async function expectFocus(page: Page, after: string): Promise<void> {
  await page.evaluate(() => Object.assign(window, { focusWalk: undefined }));
  await expect.poll(() => page.evaluate(lookAtFocus).then(({ element, isSeen }) => (element === null ? "nowhere" : isSeen ? "seen" : `${element}, not seen`)), { message: `the focus after ${after}` }).toBe("seen");
}

/** Presses a key on a control that has the focus, and expects the focus somewhere afterwards. */
export async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  // A page that is opened takes the focus to its heading with the frame that shows it. A script may have been faster; a person has not seen it yet.
  await expect(async () => {
    await target.focus();
    await expect(target).toBeFocused({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await page.keyboard.press(key);
  await expectFocus(page, `${key} on ${String(target)}`);
}

/** Goes on with Tab until the target has the focus. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < STOPS; stop += 1) {
    if ((await target.count()) === 1 && (await target.evaluate((element) => element === document.activeElement))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached ${String(target)}`);
}

/** Keeps everything the announcer says, from before the page's own script on. */
export async function listen(page: Page): Promise<(urgency: "polite" | "assertive") => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const said: Record<string, string[]> = { polite: [], assertive: [] };
    Object.assign(window, { said });
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        const urgency = target instanceof HTMLElement && target.dataset["announces"] !== undefined ? target.dataset["announces"] : null;
        if (urgency !== null) for (const node of addedNodes) said[urgency]?.push(node.textContent ?? "");
      }
    }).observe(document, { childList: true, subtree: true });
  });
  return (urgency) => page.evaluate((kind) => {
    const page: Window & { said?: Record<string, readonly string[]> } = window;
    return page.said?.[kind] ?? [];
  }, urgency);
}
