/** The two sides that are chosen. The address says them, and they follow it. */
import { useCallback, useEffect, useRef, useState } from "react";
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

/** With a right side an address asks for a comparison. */
function askedIn(route: CompareRoute | null): ChosenSides | null {
  return route?.right === undefined ? null : sidesOf(route);
}

/** A file is in no address: whoever opens the page with one gets none of the sides that were beside it. */
function routeOf(storeId: string, { left, right }: ChosenSides): CompareRoute {
  const sides = left === "bundle" || right === "bundle" ? {} : { left, right };
  return { page: "store", id: storeId, section: "compare", ...sides };
}

export interface SidesChoice {
  readonly sides: ChosenSides;
  readonly choose: (change: Partial<ChosenSides>) => void;
  /** Those of the newest address that asked for a comparison: that of a link, or one that was typed. */
  readonly asked: ChosenSides | null;
}

export function useSides(storeId: string): SidesChoice {
  const [first] = useState(() => openRoute(navigation.getState().route));
  const [sides, setSides] = useState(() => sidesOf(first));
  const [asked, setAsked] = useState(() => askedIn(first));
  const latest = useRef(sides);
  useEffect(() => {
    latest.current = sides;
  });
  /** The address that the sides are of: what was chosen here is not asked for by its address. */
  const known = useRef(first === null ? null : addressOf(first));
  useEffect(
    () =>
      navigation.subscribe((state) => {
        const route = openRoute(state.route);
        if (route?.id !== storeId || addressOf(route) === known.current) return;
        known.current = addressOf(route);
        setSides(sidesOf(route));
        setAsked(askedIn(route));
      }),
    [storeId],
  );
  const choose = useCallback(
    (change: Partial<ChosenSides>) => {
      const next = { ...latest.current, ...change };
      const chosen = routeOf(storeId, next);
      known.current = addressOf(chosen);
      setSides(next);
      refine(chosen);
    },
    [storeId],
  );
  return { sides, choose, asked };
}

/** Begins what an address asked for, once. */
export function useAsked(asked: ChosenSides | null, begin: (sides: ChosenSides) => void): void {
  const latest = useRef(begin);
  useEffect(() => {
    latest.current = begin;
  });
  useEffect(() => {
    if (asked !== null) latest.current(asked);
  }, [asked]);
}
