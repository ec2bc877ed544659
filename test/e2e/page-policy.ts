/** What the browser refuses a page, as the page's own events tell it. */
import type { Page } from "@playwright/test";

/** Collects what is refused from now on: the directive, and what it was about. */
export async function watchPolicy(page: Page): Promise<() => readonly string[]> {
  const refused: string[] = [];
  await page.exposeFunction("policyRefused", (what: string) => void refused.push(what));
  await page.addInitScript({
    content: `document.addEventListener("securitypolicyviolation", ({ disposition, effectiveDirective, blockedURI, sample }) => {
      if (disposition === "enforce") policyRefused([effectiveDirective, blockedURI, sample].join(" ").trim());
    })`,
  });
  return () => refused;
}
