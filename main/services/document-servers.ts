/** The servers of a document: names and priorities by hand, everything else from the list that is known. */
import type { Issue } from "../../shared/fault.ts";
import type { ServerEntry } from "../../shared/model/mail-server.ts";
import type { ProviderDescriptor } from "../../shared/model/messaging.ts";
import type { WrittenServer } from "../../shared/model/written-document.ts";
import { namedServer, parseServerName } from "../../shared/rules/named-server.ts";
import { serverIssues } from "./forms.ts";

interface PlannedServers {
  readonly servers: readonly ServerEntry[];
  readonly issues: readonly Issue[];
}

const at = (index: number, entry: keyof WrittenServer): Issue["path"] => ["messaging", "servers", index, entry];

/**
 * The list that a document names, in the order that is known and with the new ones behind. Refuses a name or a priority
 * that comes twice, priorities with a gap between them, and what the provider has no use for.
 */
export function planServers(written: readonly WrittenServer[], known: readonly ServerEntry[], kind: ProviderDescriptor["servers"]): PlannedServers {
  const read = written.map(({ name, priority }) => ({ name: plainName(name), priority }));
  const wanted = new Map(read.map((server) => [server.name, server]));
  const entries = new Map(known.map((entry) => [entry.name, entry]));
  const names = new Set([...known.map(({ name }) => name).filter((name) => wanted.has(name)), ...wanted.keys()]);
  const servers = [...names].map((name) => {
    const entry = entries.get(name) ?? namedServer(name);
    const priority = wanted.get(name)?.priority ?? null;
    return { ...entry, ticked: priority !== null, priority };
  });
  const unnamed = serverIssues(read).map((issue) => ({ ...issue, path: ["messaging", ...issue.path] }));
  return { servers, issues: [...kindIssues(read, kind), ...unnamed, ...nameIssues(read), ...(kind === "priority" ? priorityIssues(read) : [])] };
}

/** As servers are listed; what is no host's name stays for the rule that says why. */
function plainName(typed: string): string {
  const read = parseServerName(typed);
  return read.ok ? read.value : typed;
}

function kindIssues(servers: readonly WrittenServer[], kind: ProviderDescriptor["servers"]): Issue[] {
  if (kind === "priority" || servers.length === 0) return [];
  if (kind === "none") return [{ path: ["messaging", "servers"], code: "servers-unwanted" }];
  return [
    ...(servers.length > 1 ? [{ path: ["messaging", "servers"], code: "one-server" }] : []),
    ...servers.flatMap(({ priority }, index) => (priority === null ? [] : [{ path: at(index, "priority"), code: "priority-unwanted" }])),
  ];
}

function nameIssues(servers: readonly WrittenServer[]): Issue[] {
  return repeated(servers.map(({ name }) => name)).map((index) => ({ path: at(index, "name"), code: "server-twice" }));
}

function priorityIssues(servers: readonly WrittenServer[]): Issue[] {
  const priorities = servers.map(({ priority }) => priority);
  const twice = repeated(priorities);
  if (twice.length > 0) return twice.map((index) => ({ path: at(index, "priority"), code: "priority-twice" }));
  const ticked = priorities.filter((priority) => priority !== null).length;
  return priorities.flatMap((priority, index) =>
    priority !== null && priority > ticked ? [{ path: at(index, "priority"), code: "priority-gap", facts: { last: ticked } }] : [],
  );
}

/** Where values stand that came before; null is no value. */
function repeated(values: readonly (string | number | null)[]): number[] {
  return values.flatMap((value, index) => (value !== null && values.indexOf(value) < index ? [index] : []));
}
