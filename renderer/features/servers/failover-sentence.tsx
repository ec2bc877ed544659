/** What will happen to a new mail object, in a sentence that follows the live state. */
import { Text } from "@fluentui/react-components";
import { useStore } from "zustand";
import { failoverPlan, type FailoverPlan } from "../../../shared/rules/failover.ts";
import type { Health, ServerEntry, ServerStatus } from "../../../shared/model/mail-server.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { useNow } from "../../ui/use-now.ts";
import { formatDuration } from "../../text/format.ts";
import { say } from "../../text/text.ts";

/** How many stand-ins, and servers that go last, are named before the rest is counted. */
const NAMED = 3;

/** `EXB` for `exb.contoso.lab` when no other listed server shares the first part; otherwise the whole name. */
export function shortNames(names: readonly string[]): (name: string) => string {
  const counts = new Map<string, number>();
  const head = (name: string) => (name.split(".")[0] ?? name).toUpperCase();
  for (const name of names) counts.set(head(name), (counts.get(head(name)) ?? 0) + 1);
  return (name) => (counts.get(head(name)) === 1 ? head(name) : name);
}

/** The sentences for ticks, priorities and health at a time. */
export function failoverText(entries: readonly ServerEntry[], live: ReadonlyMap<string, ServerStatus>, now: number): string {
  if (!entries.some((entry) => entry.ticked)) return say("servers.failover-none");
  const health = new Map<string, Health>();
  for (const [name, status] of live) health.set(name, status.health);
  const plan = failoverPlan(entries, health);
  const short = shortNames(entries.map((entry) => entry.name));
  const reasonOf = ({ since }: FailoverPlan["last"][number]) =>
    since === null ? say("servers.last-was-offline") : say("servers.last-offline", { duration: formatDuration(Math.max(1000, now - since)) });
  const [first, ...rest] = plan.order;
  if (first === undefined) {
    const servers = plan.last.map((one) => say("servers.failover-nobody-one", { server: short(one.name), reason: reasonOf(one) }));
    return say("servers.failover-nobody", { servers: joined(servers) });
  }
  const sentences: string[] = [];
  if (rest.length > 0) sentences.push(say("servers.failover-first", { first: short(first) }) + say("servers.failover-then", { rest: joined(rest.map(short)) }));
  else sentences.push(say(plan.last.length > 0 ? "servers.failover-alone" : "servers.failover-only", { first: short(first) }));
  if (plan.last.length > NAMED) sentences.push(say("servers.failover-last-many", { count: plan.last.length }));
  else for (const one of plan.last) sentences.push(say("servers.failover-last", { server: short(one.name), reason: reasonOf(one) }));
  return sentences.join(" ");
}

/** The first of several by name, and how many more there are. */
function joined(names: readonly string[]): string {
  const more = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(more > 0 ? [say("servers.failover-more", { count: more })] : [])].join(say("servers.failover-join"));
}

interface FailoverSentenceProps {
  readonly servers: readonly ServerEntry[];
  readonly status: ServerStatusStore;
}

export function FailoverSentence({ servers, status }: FailoverSentenceProps) {
  const now = useNow();
  const text = useStore(status, (state) => failoverText(servers, state.byName, now));
  return <Text>{text}</Text>;
}
