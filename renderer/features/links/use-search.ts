/** A search that the page's address keeps: typed at once, asked once the typing rests. */
import { useEffect, useState } from "react";
import { refine } from "../../stores/navigation.ts";
import type { Route } from "../../stores/routes.ts";

/** Milliseconds without a key. */
const REST_MS = 250;

/** `asked` is what the address says, `route` the address of another search. */
export function useSearch(asked: string, route: (search: string) => Route): { readonly typed: string; readonly type: (text: string) => void } {
  const [typed, setTyped] = useState({ text: asked, asked });
  // Back, or a link to the same page, brings another search along.
  if (typed.asked !== asked) setTyped({ text: typed.text.trim() === asked ? typed.text : asked, asked });
  useEffect(() => {
    if (typed.text.trim() === asked) return undefined;
    const timer = setTimeout(() => refine(route(typed.text.trim())), REST_MS);
    return () => clearTimeout(timer);
  });
  return { typed: typed.text, type: (text) => setTyped({ text, asked }) };
}
