/** Where one can be in the console, and how an address (`#/stores/<id>/history?revision=12`) says it. */
import { aliasPresetIds, type AliasPresetId } from "../../shared/rules/alias-preset-ids.ts";

export type StoreSection = "directory" | "messaging-system" | "mail-objects" | "subscriptions" | "notifications" | "history" | "compare";
/** How mail objects are come by: a new one, those that the directory holds, the lines of a file. */
export const mailWays = ["new", "find", "file"] as const;
export type MailWay = (typeof mailWays)[number];
/** The two parts of handing identity stores over. */
export const handoverWays = ["export", "import", "probe"] as const;
export type HandoverWay = (typeof handoverWays)[number];
/** `team`: the way into a team's database. `move`: moving everything from one place to the other. */
export type DataPart = "team" | "move";

/** What is done with one job: it is edited, its own messaging provider is set up, or it is previewed and run. */
const jobSections = ["edit", "provider", "run"] as const;
type JobSection = (typeof jobSections)[number];

/** A page with its parameters. Those of the query are optional: they say what the page shows, not which page it is. */
export type Route =
  | { readonly page: "stores" }
  | { readonly page: "new-store" }
  | { readonly page: "store"; readonly id: string; readonly section: "directory" | "messaging-system" | "subscriptions" | "notifications" }
  | { readonly page: "store"; readonly id: string; readonly section: "mail-objects"; readonly way?: MailWay }
  /** `revision`: the list begins there. */
  | { readonly page: "store"; readonly id: string; readonly section: "history"; readonly search?: string; readonly revision?: number }
  /** The two sides: `saved`, `draft`, `directory`, `probe` or the number of a revision. With a right one they are compared at once. */
  | { readonly page: "store"; readonly id: string; readonly section: "compare"; readonly left?: string; readonly right?: string }
  | { readonly page: "expiry" }
  | { readonly page: "certificate-bench" }
  | { readonly page: "alias-bench"; readonly preset?: AliasPresetId }
  /** `store`: the id of the identity store whose events are shown. */
  | { readonly page: "activity"; readonly store?: string; readonly search?: string }
  /** `store`: as above; `state`: how far the entries shown have come; `run`: those of one run. */
  | { readonly page: "journal"; readonly store?: string; readonly state?: string; readonly run?: string; readonly search?: string }
  | { readonly page: "jobs" }
  | { readonly page: "new-job" }
  | { readonly page: "job"; readonly store: string; readonly job: string; readonly section: JobSection }
  /** Runs of jobs; `job`: of this one alone. */
  | { readonly page: "job-runs"; readonly job?: string }
  | { readonly page: "job-run"; readonly run: string }
  /** Without a way it is the export. */
  | { readonly page: "handover"; readonly way?: Exclude<HandoverWay, "export"> }
  | { readonly page: "settings" }
  /** What the console works on; `part` is a page of its own. */
  | { readonly page: "data"; readonly part?: DataPart }
  /** An address that leads nowhere. */
  | { readonly page: "unknown"; readonly address: string };

const SECTIONS: readonly string[] = ["directory", "messaging-system", "mail-objects", "subscriptions", "notifications", "history", "compare"] satisfies readonly StoreSection[];

function isSection(text: string): text is StoreSection {
  return SECTIONS.includes(text);
}

function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, String(value)]]));
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

/** The address of a page without its query: two routes with the same place are the same page. */
export function placeOf(route: Route): string {
  switch (route.page) {
    case "new-store":
      return "#/stores/new";
    case "store":
      return `#/stores/${encodeURIComponent(route.id)}/${route.section}`;
    case "new-job":
      return "#/jobs/new";
    case "job":
      return `#/jobs/of/${encodeURIComponent(route.store)}/${encodeURIComponent(route.job)}/${route.section}`;
    case "job-runs":
      return "#/jobs/runs";
    case "job-run":
      return `#/jobs/runs/${encodeURIComponent(route.run)}`;
    case "unknown":
      return route.address;
    case "data":
      return route.part === undefined ? "#/settings/data" : `#/settings/data/${route.part}`;
    case "stores":
    case "expiry":
    case "certificate-bench":
    case "alias-bench":
    case "activity":
    case "journal":
    case "jobs":
    case "handover":
    case "settings":
    default:
      return `#/${route.page}`;
  }
}

function queryOf(route: Route): string {
  switch (route.page) {
    case "store": {
      const { page: _page, id: _id, section: _section, ...parameters } = route;
      return query(parameters);
    }
    case "alias-bench":
      return query({ preset: route.preset });
    case "activity":
      return query({ store: route.store, search: route.search });
    case "handover":
      return query({ way: route.way });
    case "job-runs":
      return query({ job: route.job });
    case "journal":
      return query({ store: route.store, state: route.state, run: route.run, search: route.search });
    case "stores":
    case "new-store":
    case "expiry":
    case "certificate-bench":
    case "jobs":
    case "new-job":
    case "job":
    case "job-run":
    case "settings":
    case "data":
    case "unknown":
    default:
      return "";
  }
}

export function addressOf(route: Route): string {
  return placeOf(route) + queryOf(route);
}

type Query = ReadonlyMap<string, string>;

function textOf(given: Query, name: "search" | "store" | "state" | "run" | "job" | "left" | "right") {
  const text = given.get(name);
  return text === undefined ? {} : { [name]: text };
}

function revisionOf(given: Query): { readonly revision?: number } {
  const text = given.get("revision") ?? "";
  return /^[1-9]\d{0,8}$/.test(text) ? { revision: Number(text) } : {};
}

function presetOf(given: Query): { readonly preset?: AliasPresetId } {
  const preset = aliasPresetIds.find((id) => id === given.get("preset"));
  return preset === undefined ? {} : { preset };
}

function wayOf(given: Query): { readonly way?: MailWay } {
  const way = mailWays.find((one) => one === given.get("way"));
  return way === undefined ? {} : { way };
}

/** Of what stands behind `#/settings/`. */
function routeOfSettings([section, part = "", ...more]: readonly string[]): Route | null {
  if (section !== "data" || more.length > 0) return null;
  if (part === "") return { page: "data" };
  return part === "team" || part === "move" ? { page: "data", part } : null;
}

/** Of what stands behind `#/jobs/`. */
function routeOfJobs([part, first = "", job = "", section = "edit", ...more]: readonly string[], given: Query): Route | null {
  if (part === "new") return first === "" ? { page: "new-job" } : null;
  if (part === "runs" && job === "") return first === "" ? { page: "job-runs", ...textOf(given, "job") } : { page: "job-run", run: first };
  if (part !== "of" || first === "" || job === "" || more.length > 0) return null;
  const known = jobSections.find((one) => one === section);
  return known === undefined ? null : { page: "job", store: first, job, section: known };
}

/** Null for a path that leads nowhere. */
function routeOfPath(path: readonly string[], given: Query): Route | null {
  const [page, id = "", section = "messaging-system", ...more] = path;
  if (page === "settings" && id !== "") return routeOfSettings(path.slice(1));
  if (page === "jobs" && id !== "") return routeOfJobs(path.slice(1), given);
  if (page !== "stores") return id === "" ? routeOfPage(page, given) : null;
  if (id === "") return { page };
  if (id === "new") return section === "messaging-system" ? { page: "new-store" } : null;
  if (!isSection(section) || more.length > 0) return null;
  if (section === "mail-objects") return { page: "store", id, section, ...wayOf(given) };
  if (section === "compare") return { page: "store", id, section, ...textOf(given, "left"), ...textOf(given, "right") };
  return section === "history" ? { page: "store", id, section, ...revisionOf(given), ...textOf(given, "search") } : { page: "store", id, section };
}

function routeOfPage(page: string | undefined, given: Query): Route | null {
  switch (page) {
    case undefined:
    case "":
      return { page: "stores" };
    case "expiry":
    case "certificate-bench":
    case "jobs":
    case "settings":
      return { page };
    case "alias-bench":
      return { page, ...presetOf(given) };
    case "activity":
      return { page, ...textOf(given, "store"), ...textOf(given, "search") };
    case "handover":
      return handoverRoute(given.get("way"));
    case "journal":
      return { page, ...textOf(given, "store"), ...textOf(given, "state"), ...textOf(given, "run"), ...textOf(given, "search") };
    default:
      return null;
  }
}

/** Null where an escape is broken. */
function decoded(path: string): readonly string[] | null {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    return null;
  }
}

/** The route of an address. What is no address of the console's (`#anything`) leads home, an unknown one to its own page. */
export function routeOf(hash: string): Route {
  if (!hash.startsWith("#/")) return { page: "stores" };
  const [path = "", parameters = ""] = hash.slice(2).split("?", 2);
  const parts = decoded(path);
  const route = parts === null ? null : routeOfPath(parts, new Map([...new URLSearchParams(parameters)].filter(([, value]) => value !== "")));
  return route ?? { page: "unknown", address: hash };
}

function handoverRoute(given: string | null | undefined): Route {
  const way = handoverWays.find((one) => one === given);
  return { page: "handover", ...(way === undefined || way === "export" ? {} : { way }) };
}
