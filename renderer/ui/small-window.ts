/**
 * A window in which little stays in sight: narrow, or low, as a page magnified four times is (WCAG 1.4.10). In it the page
 * scrolls as a whole and nothing sticks to its edges. `shell/page.css` names the same sizes.
 */
export const SMALL_WINDOW = "@media (max-width: 640px), (max-height: 400px)";
