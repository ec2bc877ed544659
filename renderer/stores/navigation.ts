/** Where the person is. The address (`#/stores/<id>/messaging-system`) and this store always say the same. */
import { createStore } from "zustand/vanilla";
import { isAnythingRunning } from "./running-work.ts";

export type StoreSection = "directory" | "messaging-system" | "history";

export type Route =
  | { readonly page: "stores" }
  | { readonly page: "new-store" }
  | { readonly page: "store"; readonly id: string; readonly section: StoreSection }
  | { readonly page: "expiry" }
  | { readonly page: "certificate-bench" }
  | { readonly page: "alias-bench" }
  | { readonly page: "activity" }
  | { readonly page: "settings" };

/** Asks the person whether to leave unsaved work behind. */
export type LeaveGuard = () => Promise<boolean>;

const SECTIONS: readonly string[] = ["directory", "messaging-system", "history"] satisfies readonly StoreSection[];
const PLAIN = ["expiry", "certificate-bench", "alias-bench", "activity", "settings"] as const;

function isSection(text: string | undefined): text is StoreSection {
  return text !== undefined && SECTIONS.includes(text);
}

export function addressOf(route: Route): string {
  switch (route.page) {
    case "stores":
      return "#/stores";
    case "new-store":
      return "#/stores/new";
    case "store":
      return `#/stores/${encodeURIComponent(route.id)}/${route.section}`;
    case "expiry":
    case "certificate-bench":
    case "alias-bench":
    case "activity":
    case "settings":
    default:
      return `#/${route.page}`;
  }
}

/** The route of an address; anything unknown leads home. */
export function routeOf(hash: string): Route {
  const [page, id, section] = hash.replace(/^#\/?/, "").split("/");
  const plain = PLAIN.find((name) => name === page);
  if (plain !== undefined) return { page: plain };
  if (page !== "stores" || id === undefined || id === "") return { page: "stores" };
  if (id === "new") return { page: "new-store" };
  return { page: "store", id: decodeURIComponent(id), section: isSection(section) ? section : "messaging-system" };
}

export const navigation = createStore<{ readonly route: Route }>(() => ({ route: { page: "stores" } }));

let guard: LeaveGuard | null = null;

/** Sets what must agree before the page is left; null when there is nothing to lose. */
export function setLeaveGuard(next: LeaveGuard | null): void {
  guard = next;
}

async function mayLeave(): Promise<boolean> {
  if (guard === null) return true;
  const asked = guard;
  if (!(await asked())) return false;
  if (guard === asked) guard = null;
  return true;
}

function isHere(route: Route): boolean {
  return addressOf(navigation.getState().route) === addressOf(route);
}

/** Goes to a route, after the leave guard agreed. Answers whether it went. */
export async function navigate(route: Route): Promise<boolean> {
  if (isHere(route)) return true;
  if (!(await mayLeave())) return false;
  window.history.pushState(null, "", addressOf(route));
  navigation.setState({ route });
  return true;
}

async function followAddress(): Promise<void> {
  const wanted = routeOf(window.location.hash);
  if (isHere(wanted)) return;
  const here = addressOf(navigation.getState().route);
  if (guard === null) {
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
    if (guard !== null || isAnythingRunning()) event.preventDefault();
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
