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
export function movedServers(servers: readonly ServerEntry[], name: string, to: Extract<DraftChange, { kind: "server" }>["to"]): ServerEntry[] {
  switch (to) {
    case "none":
      return untick(servers, name);
    case "last":
      return tick(servers, name);
    case "named":
      return tick(entryOf(servers, name) === undefined ? [...servers, namedServer(name)] : servers, name);
    case "unnamed":
      return normalisePriorities(servers.filter((entry) => entry.name !== name || !isNamedAlone(entry)));
    default:
      return setPriority(servers, name, to);
  }
}

/** The entry of that name. */
export function entryOf(servers: readonly ServerEntry[], name: string): ServerEntry | undefined {
  return servers.find((entry) => entry.name === name);
}

/** Whether a change can be made of a list, however little it changes: another window may have taken the server out. */
export function canMove(servers: readonly ServerEntry[], { name, to }: Extract<DraftChange, { kind: "server" }>): boolean {
  return to === "named" || to === "unnamed" || entryOf(servers, name) !== undefined;
}

/** The form after a change of a value or of a server. */
export function changedForm<T extends MessagingConfiguration>(form: T, change: FieldChange): T {
  if (change.kind === "value") return { ...form, values: { ...form.values, [change.field]: change.value } };
  return { ...form, servers: movedServers(form.servers, change.name, change.to) };
}
