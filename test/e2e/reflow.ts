/** Whether a screen holds up in a window: what WCAG 2.2 asks of a page that is magnified or shown on little room. */
import type { Page } from "@playwright/test";

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/** Share of a window's height that is left to the page when it was scrolled to: what stays at the edges takes no more than the rest. */
const LEAST_CONTENT = 0.85;

/** Runs in the page; what it finds, in words. Nothing of the test's own reaches it but its arguments. */
function inspect([leastContent]: readonly [number]): string[] {
  const INTERACTIVE = "a[href], button, input, select, textarea, [role=button], [role=checkbox], [role=combobox], [role=menuitem], [role=option], [role=radio], [role=switch], [role=tab], [tabindex='0']";
  const findings: string[] = [];
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()} ${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40) || (element.getAttribute("name") ?? element.className.slice(0, 60))}`;
  // What is open over the page is what can be used: a dialog, a menu, the list of a drop-down.
  const [modal = null] = [...document.querySelectorAll("[role=dialog][aria-modal=true], [role=alertdialog], [role=menu], [role=listbox]")].filter((part) => part.getClientRects().length > 0).toReversed();
  const scope = modal ?? document.body;

  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const widest = [...document.querySelectorAll("main *")].toSorted((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0];
    findings.push(`the document scrolls sideways by ${root.scrollWidth - root.clientWidth} px, for ${widest === undefined ? "nothing" : name(widest)}`);
  }
  for (const box of scope.querySelectorAll("*")) {
    if (!(box instanceof HTMLElement) || box.scrollWidth <= box.clientWidth + 1 || box.clientWidth <= 1 || box.matches("input")) continue;
    const { overflowX } = getComputedStyle(box);
    if ((overflowX === "auto" || overflowX === "scroll") && !box.matches("textarea, pre")) findings.push(`${name(box)} scrolls sideways by ${box.scrollWidth - box.clientWidth} px`);
    if (overflowX === "hidden" && box.closest("[title]") === null) findings.push(`${name(box)} is cut by ${box.scrollWidth - box.clientWidth} px`);
  }

  const reaches = (element: Element, x: number, y: number) => {
    const hit = document.elementFromPoint(x, y);
    if (hit === null) return false;
    const labels = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? [...(element.labels ?? [])] : [];
    // News go by themselves, and can be sent away.
    if (hit.closest(".fui-Toast") !== null) return true;
    return element.contains(hit) || hit.contains(element) || labels.some((label) => label.contains(hit));
  };
  for (const element of scope.querySelectorAll(INTERACTIVE)) {
    if (element.closest("[data-tabster-dummy], [inert], [aria-hidden=true], [data-skip]") !== null) continue;
    const style = getComputedStyle(element);
    if (style.visibility === "hidden" || element.getClientRects().length === 0 || element.clientWidth === 1) continue;
    const isTall = element.getBoundingClientRect().height > window.innerHeight;
    element.scrollIntoView({ block: isTall ? "start" : modal === null ? "center" : "nearest", inline: "nearest", behavior: "instant" });
    const { left, top, width, height } = element.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + Math.min(height / 2, 20)];
    if (x < 0 || y < 0 || x > window.innerWidth || y > window.innerHeight) findings.push(`${name(element)} cannot be scrolled to`);
    else if (!reaches(element, x, y)) {
      const over = document.elementFromPoint(x, y);
      findings.push(`${name(element)} is covered by ${over === null ? "nothing" : name(over)}`);
    }
  }

  const content = modal === null ? document.querySelector("main") : modal.closest(".fui-DialogSurface");
  const box = content?.getBoundingClientRect();
  if (content !== null && content !== undefined && box !== undefined) {
    content.scrollIntoView({ block: "start", behavior: "instant" });
    const x = content.getBoundingClientRect().left + 6;
    let seen = 0;
    for (let y = 1; y < window.innerHeight; y += 4) if (content.contains(document.elementFromPoint(x, y)) || document.elementFromPoint(x, y)?.closest(".fui-Toast") !== null) seen += 4;
    const share = seen / Math.min(window.innerHeight, Math.max(content.scrollHeight, 1));
    if (share < leastContent) findings.push(`the page keeps ${Math.round(share * 100)}% of the height`);
  }
  return findings;
}

/** What does not hold up in a window of this size, as it is and with the spacing of text that WCAG 1.4.12 allows a reader. */
export async function reflowFindings(page: Page, size: WindowSize): Promise<readonly string[]> {
  await page.setViewportSize(size);
  const findings: string[] = [];
  for (const spacing of ["", "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"]) {
    await page.evaluate(async (rules) => {
      // Through the CSSOM, as the page's policy wants it.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      document.adoptedStyleSheets = [sheet];
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }, spacing);
    const found = await page.evaluate(inspect, [LEAST_CONTENT] as const);
    findings.push(...found.map((finding) => `${size.width} by ${size.height}${spacing === "" ? "" : ", spaced"}: ${finding}`));
  }
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  return findings;
}
