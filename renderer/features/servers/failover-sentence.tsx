/** What will happen to a new mail object, in a sentence that follows the live state. */
import { Text } from "@fluentui/react-components";
import { useStore } from "zustand";
import { failoverPlan } from "../../../shared/rules/failover.ts";
import type { Health, ServerEntry, ServerStatus } from "../../../shared/model/mail-server.ts";
import type { ServerStatusStore } from "../../stores/server-status.ts";
import { useNow } from "../../ui/use-now.ts";
import { formatDuration } from "../../text/format.ts";
import { say } from "../../text/text.ts";

/** How many stand-ins and skipped servers are named before the rest is counted. */
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
  const sentences: string[] = [];
  const [first, ...rest] = plan.order;
  if (first === undefined) {
    sentences.push(say("servers.failover-nobody"));
  } else if (rest.length === 0) {
    sentences.push(say("servers.failover-only", { first: short(first) }));
  } else {
    const named = rest.slice(0, NAMED).map(short);
    const more = rest.length - named.length;
    if (more > 0) named.push(say("servers.failover-more", { count: more }));
    sentences.push(say("servers.failover-first", { first: short(first) }) + say("servers.failover-then", { rest: named.join(say("servers.failover-join")) }));
  }
  if (plan.skipped.length > NAMED) {
    sentences.push(say("servers.failover-skipped-many", { count: plan.skipped.length }));
  } else {
    for (const skipped of plan.skipped) {
      const reason =
        skipped.since === null
          ? say("servers.skip-last-offline")
          : say("servers.skip-offline", { duration: formatDuration(Math.max(1000, now - skipped.since)) });
      sentences.push(say("servers.failover-skipped", { server: short(skipped.name), reason }));
    }
  }
  return sentences.join(" ");
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
