/** Where the person is. The address (`#/stores/<id>/messaging-system`) and this store always say the same. */
import { createStore } from "zustand/vanilla";
import { addressOf, placeOf, routeOf, type Route } from "./routes.ts";
import { isAnythingRunning } from "./running-work.ts";

/** Asks the person whether to leave unsaved work behind. */
export type LeaveGuard = () => Promise<boolean>;

export const navigation = createStore<{ readonly route: Route }>(() => ({ route: { page: "stores" } }));

let guard: LeaveGuard | null = null;

/** Sets what must agree before the page is left; null when there is nothing to lose. */
export function setLeaveGuard(next: LeaveGuard | null): void {
  guard = next;
}

const holders: (() => boolean)[] = [];

/** Has the browser ask before the window is closed while `isHeld`: for what stays when its page is left, and goes with the window. */
export function holdWindow(isHeld: () => boolean): void {
  holders.push(isHeld);
}

async function mayLeave(): Promise<boolean> {
  if (guard === null) return true;
  const asked = guard;
  if (!(await asked())) return false;
  if (guard === asked) guard = null;
  return true;
}

/** Whether a route is the page that is open, whatever either shows on it. */
export function isOpen(route: Route): boolean {
  return placeOf(navigation.getState().route) === placeOf(route);
}

function isHere(route: Route): boolean {
  return addressOf(navigation.getState().route) === addressOf(route);
}

/** Shows something else on the open page, as while a search is typed: the address follows, Back does not stop there. */
export function refine(route: Route): void {
  if (!isOpen(route)) return;
  window.history.replaceState(null, "", addressOf(route));
  navigation.setState({ route });
}

/** Goes to a route, after the leave guard agreed where that is another page. Answers whether it went. */
export async function navigate(route: Route): Promise<boolean> {
  if (isHere(route)) return true;
  if (!isOpen(route) && !(await mayLeave())) return false;
  window.history.pushState(null, "", addressOf(route));
  navigation.setState({ route });
  return true;
}

async function followAddress(): Promise<void> {
  const wanted = routeOf(window.location.hash);
  if (isHere(wanted)) return;
  const here = addressOf(navigation.getState().route);
  if (guard === null || isOpen(wanted)) {
    navigation.setState({ route: wanted });
    return;
  }
  // Back and Forward have already changed the address: put it back while the person is asked.
  window.history.pushState(null, "", here);
  if (!(await mayLeave())) return;
  window.history.pushState(null, "", addressOf(wanted));
  navigation.setState({ route: wanted });
}

/** Reads the address once and follows Back, Forward and typed addresses. The returned function stops. */
export function startNavigation(): () => void {
  const follow = () => void followAddress();
  const warn = (event: BeforeUnloadEvent) => {
    if (guard !== null || isAnythingRunning() || holders.some((isHeld) => isHeld())) event.preventDefault();
  };
  const route = routeOf(window.location.hash);
  window.history.replaceState(null, "", addressOf(route));
  navigation.setState({ route });
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeunload", warn);
  return () => {
    window.removeEventListener("popstate", follow);
    window.removeEventListener("hashchange", follow);
    window.removeEventListener("beforeunload", warn);
  };
}
