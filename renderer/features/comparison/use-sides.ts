/** The two sides that are chosen. The address says them, and they follow it. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { navigation, refine } from "../../stores/navigation.ts";
import { addressOf, type Route } from "../../stores/routes.ts";
import { sideText } from "./sides.ts";

/** As texts that an address holds, or `bundle`. */
export interface ChosenSides {
  readonly left: string;
  readonly right: string;
}

type CompareRoute = Extract<Route, { readonly section: "compare" }>;

const openRoute = (route: Route): CompareRoute | null => (route.page === "store" && route.section === "compare" ? route : null);

function sidesOf(route: CompareRoute | null): ChosenSides {
  return { left: sideText(route?.left, "saved"), right: sideText(route?.right, "directory") };
}

/** A file is in no address: whoever opens the page with one gets none of the sides that were beside it. */
function routeOf(storeId: string, { left, right }: ChosenSides): CompareRoute {
  const sides = left === "bundle" || right === "bundle" ? {} : { left, right };
  return { page: "store", id: storeId, section: "compare", ...sides };
}

/** `onAsked` hears the sides of an address that asks for a comparison: that of a link, or one that was typed. */
export function useSides(storeId: string, onAsked: (sides: ChosenSides) => void): readonly [ChosenSides, (change: Partial<ChosenSides>) => void] {
  const route = useStore(navigation, (state) => openRoute(state.route));
  const [sides, setSides] = useState(() => sidesOf(route));
  const latest = useRef({ onAsked, sides });
  useEffect(() => {
    latest.current = { onAsked, sides };
  });
  /** The address that the sides are of: what was chosen here is not asked for by its address. */
  const known = useRef<string | null>(null);
  useEffect(() => {
    if (route === null || addressOf(route) === known.current) return;
    known.current = addressOf(route);
    const wanted = sidesOf(route);
    setSides(wanted);
    if (route.right !== undefined) latest.current.onAsked(wanted);
  }, [route]);
  const choose = useCallback(
    (change: Partial<ChosenSides>) => {
      const next = { ...latest.current.sides, ...change };
      const chosen = routeOf(storeId, next);
      known.current = addressOf(chosen);
      setSides(next);
      refine(chosen);
    },
    [storeId],
  );
  return [sides, choose];
}
