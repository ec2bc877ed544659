/**
 * What a change does to a form: the page shows it before main has answered, main makes it, and both come to the same. Whatever
 * this does not make of a form that was seen is sent back whole.
 */
import type { DraftChange } from "../model/draft.ts";
import type { FieldValue, MessagingConfiguration } from "../model/messaging.ts";
import type { ServerEntry } from "../model/mail-server.ts";
import { isNamedAlone, namedServer } from "./named-server.ts";
import { normalisePriorities, setPriority, tick, untick } from "./priority.ts";

export type FieldChange = Exclude<DraftChange, { kind: "choice" }>;
/** Where a change puts a server. */
export type ServerPlace = Extract<DraftChange, { kind: "server" }>["to"];

/** What is changed: two changes with one key are about the same thing, whatever their values. */
export function changeKey(change: DraftChange): string {
  switch (change.kind) {
    case "choice":
      return "provider";
    case "value":
      return draftKey(change.provider, `values.${change.field}`);
    case "server":
    default:
      return draftKey(change.provider, `servers.${change.name}.priority`);
  }
}

/** A key of a {@link Change}, made unique among the forms of a draft. */
export function draftKey(provider: string | null, key: string): string {
  return provider === null ? key : `${provider}/${key}`;
}

/** Whether two values are the same to a person: absent, null and the empty text are all "nothing". */
export function isSameValue(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  return (one ?? "") === (other ?? "");
}

/** The list with a server where a change puts it. A server that is not listed changes nothing, unless it is named. */
function movedServers(servers: readonly ServerEntry[], name: string, to: ServerPlace): ServerEntry[] {
  switch (to) {
    case "none":
      return untick(servers, name);
    case "last":
      return tick(servers, name);
    case "named":
      return tick(servers.some((entry) => entry.name === name) ? servers : [...servers, namedServer(name)], name);
    case "unnamed":
      return normalisePriorities(servers.filter((entry) => entry.name !== name || !isNamedAlone(entry)));
    default:
      return setPriority(servers, name, to);
  }
}

/** A server before a change of it and after; undefined where the list has it not. */
export interface ServerStep {
  readonly before: ServerEntry | undefined;
  readonly after: ServerEntry | undefined;
}

/** What a change does to a server: `nothing`, or it is `impossible`, because the list has the server no longer. */
export function serverStep(servers: readonly ServerEntry[], name: string, to: ServerPlace): ServerStep | "nothing" | "impossible" {
  const [before, after] = [servers, movedServers(servers, name, to)].map((list) => list.find((entry) => entry.name === name));
  if (before === undefined && after === undefined) return to === "unnamed" ? "nothing" : "impossible";
  const isThere = before !== undefined && after !== undefined;
  return isThere && before.priority === after.priority ? "nothing" : { before, after };
}

/** The form after a change of a value or of a server. */
export function changedForm<T extends MessagingConfiguration>(form: T, change: FieldChange): T {
  if (change.kind === "value") return { ...form, values: { ...form.values, [change.field]: change.value } };
  return { ...form, servers: movedServers(form.servers, change.name, change.to) };
}
